"""`make run` fills an archive that nobody has begun, and no other."""

import pytest

from articles.models import Article, Comment, Correction
from articles.sample.load import load
from tests.factories import make_place, make_section

pytestmark = pytest.mark.django_db


def test_an_empty_archive_gets_the_sample_once(client):
    told: list[str] = []

    assert load(told.append)
    assert not load(told.append)

    assert "47 articles" in told
    assert Article.objects.public().count() == 47
    assert Comment.objects.approved().exists()
    assert Correction.objects.exists()
    assert "Nepali climbers" in client.get("/").content.decode()


@pytest.mark.parametrize("begin", [make_place, make_section])
def test_an_archive_that_somebody_has_begun_stays_theirs(begin):
    begin()

    assert not load(print)
    assert not Article.objects.exists()
