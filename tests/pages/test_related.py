"""What stands below an article: what came before it, and what followed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from articles import listings
from articles.models import Article, Person, Place
from tests.factories import make_article, make_mention, make_person, make_place

pytestmark = pytest.mark.django_db

DAY = datetime(2026, 2, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def other_news() -> None:
    articles = [make_article(published=DAY - timedelta(days=number)) for number in range(20)]
    listings.refresh(article.pk for article in articles)


def report(headline: str, *about: Place | Person, days: int = 0, **fields: Any) -> Article:
    article = make_article(headline, published=DAY + timedelta(days=days), **fields)
    for entity in about:
        make_mention(article, entity)
    listings.refresh([article.pk])
    return article


def test_it_says_in_words_what_an_article_has_to_do_with_it(client: Client) -> None:
    mastung, bugti = make_place("Mastung"), make_person("Sarfraz Bugti")
    report("A road is closed", mastung, bugti, days=-21)
    report("It opens again", mastung, days=1)
    article = report("An attack", mastung, bugti)

    page = client.get(article.get_absolute_url()).content.decode()

    earlier, later = page[page.index("Earlier from here") :].split("What followed")
    assert "A road is closed" in earlier
    assert "Also about Sarfraz Bugti and Mastung, three weeks earlier" in earlier
    assert "It opens again" in later
    assert "Also about Mastung, the day after" in later


def test_what_only_was_filed_from_the_same_place_says_so(client: Client) -> None:
    quetta = make_place("Quetta")
    report("Rain", days=-2, dateline_place=quetta)
    article = report("Wind", dateline_place=quetta)

    page = client.get(article.get_absolute_url()).content.decode()

    assert "Also from Quetta, two days earlier" in page


def test_without_anything_related_nothing_is_said_of_it(client: Client) -> None:
    page = client.get(report("Alone").get_absolute_url()).content.decode()

    assert "Earlier from here" not in page
    assert "What followed" not in page


def test_the_report_that_it_brings_up_to_date_is_not_told_twice(client: Client) -> None:
    mastung = make_place("Mastung")
    first = report("First news", mastung, days=-1)
    second = report("Later news", mastung, updates=first)

    page = client.get(second.get_absolute_url()).content.decode()

    assert "This brings up to date" in page
    assert "Earlier from here" not in page
