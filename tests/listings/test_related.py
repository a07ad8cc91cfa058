"""What else was about the same, before and after."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from time_machine import TimeMachineFixture

from articles import listings
from articles.models import Article, MentionState, Person, Place, Status
from tests.factories import make_article, make_mention, make_person, make_place

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 2, 1, 12, tzinfo=UTC)


def report(*about: Place | Person, days: int = 0, **fields: Any) -> Article:
    article = make_article(published=DAY + timedelta(days=days), **fields)
    for entity in about:
        make_mention(article, entity, state=MentionState.LINKED)
    listings.refresh([article.pk])
    return article


@pytest.fixture(autouse=True)
def other_news() -> None:
    for number in range(20):
        report(days=number)


def related(article: Article) -> tuple[list[int], list[int]]:
    assert article.public_from
    found = listings.related(article.pk, article.public_from)
    return [one.article_id for one in found.earlier], [one.article_id for one in found.later]


def test_what_names_the_same_rare_things_is_related_and_the_nearest_comes_first() -> None:
    mastung, quetta = make_place("Mastung"), make_place("Quetta")
    before, long_before = report(mastung, days=-20), report(mastung, days=-400)
    report(quetta, days=-1)
    article = report(mastung)
    after = report(mastung, days=3)

    assert related(article) == ([before.pk, long_before.pk], [after.pk])


def test_what_every_other_article_names_relates_nothing() -> None:
    country = make_place("Pakistan")
    for number in range(20):
        report(country, days=-number)

    assert related(report(country)) == ([], [])


def test_more_that_is_shared_outweighs_nearness() -> None:
    mastung, bugti = make_place("Mastung"), make_person("Sarfraz Bugti")
    alike = [report(mastung, bugti, days=-30 - number) for number in range(4)]
    for number in range(4):
        report(mastung, days=-1 - number)

    earlier, _ = related(report(mastung, bugti))

    assert earlier == [article.pk for article in alike]


def test_nothing_is_told_that_readers_may_not_see(time_machine: TimeMachineFixture) -> None:
    mastung = make_place("Mastung")
    report(mastung, days=-1, status=Status.DRAFT)
    withdrawn = report(mastung, days=-2)
    Article.objects.filter(pk=withdrawn.pk).update(status=Status.WITHDRAWN)
    listings.refresh([withdrawn.pk])
    article = report(mastung)
    tomorrow = make_article(published=timezone.now() + timedelta(days=1))
    make_mention(tomorrow, mastung)
    listings.refresh([tomorrow.pk])
    assert related(article) == ([], [])

    time_machine.move_to(timezone.now() + timedelta(days=2))
    assert related(article) == ([], [tomorrow.pk])


def test_it_costs_two_queries_however_much_there_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    places = [make_place(f"Place {number}") for number in range(12)]
    for number in range(12):
        report(*places, days=-number)
    article = report(*places)

    with django_assert_num_queries(2):
        earlier, _ = related(article)
    assert len(earlier) == 4
