"""Nothing stays in a baked site that the archive no longer shows."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from articles import editing
from articles.baking import baker, pictures
from articles.baking import site as sites
from articles.baking.baker import bake
from articles.baking.site import site_in
from articles.models import Article, Comment, Image
from tests.baking.archive import PICTURE, published
from tests.factories import make_article, make_comment, make_image, make_staff

pytestmark = pytest.mark.django_db

WIND = "2026/02/05/wind/index.html"
OTHER = f"images/cd/{'cd' * 32}.jpg"
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

    def names(self, folder, after):
        yield from sorted(name for name in self.there if f"{folder}/" <= name > after)


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


def delete_picture() -> None:
    Article.objects.update(lead_image=None)
    Image.objects.all().delete()
    default_storage.delete(PICTURE)


def test_a_deleted_picture_is_taken_away_and_others_stay(archive, baked):
    default_storage.save(OTHER, ContentFile(b"another picture"))
    make_article("Other", slug="other", lead_image=make_image(file=OTHER))
    editing.record([Article.objects.get(slug="other")], by=None)
    baked.bake()
    image = Image.objects.get(file=PICTURE)
    assert (baked.public / "media" / PICTURE).exists()

    Article.objects.filter(lead_image=image).update(lead_image=None)
    image.delete()
    default_storage.delete(PICTURE)
    baked.bake()

    assert not (baked.public / "media" / PICTURE).exists()
    assert (baked.public / "media" / OTHER).read_bytes() == b"another picture"


def test_a_picture_whose_file_goes_after_its_row_is_taken_away_a_little_later(archive, baked):
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False) as clock:
        baked.bake()
        Article.objects.update(lead_image=None)
        Image.objects.all().delete()
        baked.bake()
        default_storage.delete(PICTURE)

        clock.shift(timedelta(minutes=1))
        baked.bake()

    assert not (baked.public / "media" / PICTURE).exists()


def test_pictures_are_looked_through_in_portions(archive, baked, monkeypatch):
    baked.bake()
    monkeypatch.setattr(pictures, "_LOOKED_AT", 1)
    folder = baked.public / "media/images"
    for name in ("aa/one.jpg", "zz/three.jpg"):
        (folder / name).parent.mkdir()
        (folder / name).write_bytes(b"left")

    with baked.site() as site:
        pictures.want_sweep(site.manifest, timezone.now())
    baked.bake()

    left = [str(file.relative_to(folder)) for file in folder.rglob("*.jpg")]
    assert left == [PICTURE.removeprefix("images/")]


def test_a_deleted_picture_is_taken_out_of_a_bucket(archive, bucket, tmp_path):
    def bake_it() -> None:
        with site_in(tmp_path, "s3://bucket") as site:
            bake(site)

    bake_it()
    assert f"media/{PICTURE}" in bucket.there
    delete_picture()

    bake_it()

    assert f"media/{PICTURE}" not in bucket.there
    assert WIND in bucket.there
