"""Nothing stays in a baked site that the archive no longer shows."""

import pytest

from articles import editing
from articles.baking import baker
from articles.baking import site as sites
from articles.baking.baker import bake
from articles.baking.site import site_in
from articles.models import Article, Comment
from tests.baking.archive import published
from tests.factories import make_comment, make_staff

pytestmark = pytest.mark.django_db

WIND = "2026/02/05/wind/index.html"
SNOW = "2026/02/03/snow/index.html"


def withdraw(slug: str) -> None:
    editing.withdraw(Article.objects.get(slug=slug), by=make_staff(), notice="It did not.")


class Objects:
    """A bucket whose objects are held in memory."""

    def __init__(self) -> None:
        self.there: dict[str, bytes] = {}

    def write(self, name, content, *_):
        self.there[name] = content

    def copy(self, name, source, *_):
        self.there[name] = source.read_bytes()

    def remove(self, name):
        self.there.pop(name, None)


@pytest.fixture
def bucket(monkeypatch):
    there = Objects()
    monkeypatch.setattr(sites, "Bucket", lambda address: there)
    return there


@pytest.fixture
def dying(monkeypatch):
    """A baker that dies when it has written files and before it has noted them."""

    def die(*_):
        raise KeyboardInterrupt

    def bake_and_die(site):
        with monkeypatch.context() as patched:
            patched.setattr(baker, "_record", die)
            with pytest.raises(KeyboardInterrupt):
                site.bake()

    return bake_and_die


def test_a_page_that_was_written_and_never_noted_goes_when_it_is_withdrawn(archive, baked, dying):
    baked.bake()
    published("Fog", day=9)
    dying(baked)
    assert (baked.public / "2026/02/09/fog/index.html").exists()

    withdraw("fog")
    baked.bake()

    assert not (baked.public / "2026/02/09/fog").exists()


def test_a_change_that_was_written_and_never_noted_is_taken_back_with_it(archive, baked, dying):
    baked.bake()
    comment = make_comment(Article.objects.get(slug="snow"), text="For days.")
    dying(baked)
    assert "For days." in baked.content(SNOW)

    Comment.objects.filter(pk=comment.pk).delete()
    baked.bake()

    assert "For days." not in baked.content(SNOW)


def test_a_bucket_that_is_filled_anew_loses_what_has_gone_since(archive, bucket, tmp_path):
    with site_in(tmp_path, "s3://bucket") as site:
        bake(site)
    assert WIND in bucket.there
    withdraw("wind")

    with site_in(tmp_path, "s3://bucket", anew=True) as site:
        bake(site)

    assert WIND not in bucket.there
    assert SNOW in bucket.there
