"""How long lists are in all, and which are the longest."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from articles import listings
from articles.listings import Total, listed_parts, most, totals
from articles.models import ListingKind, Person, Status
from tests.factories import make_article, make_mention, make_person, make_place

pytestmark = pytest.mark.django_db

PERSON = ListingKind.PERSON


def name(person: Person, times: int, **fields: Any) -> None:
    articles = [make_article(**fields) for _ in range(times)]
    for article in articles:
        make_mention(article, person)
    listings.refresh([article.pk for article in articles])


def later() -> dict[str, Any]:
    return {"published": timezone.now() + timedelta(days=1), "status": Status.SCHEDULED}


def test_the_longest_lists_come_first_and_equal_ones_in_the_order_of_their_keys() -> None:
    first, second, third = (make_person() for _ in range(3))
    for person, times in ((first, 1), (second, 3), (third, 1)):
        name(person, times)

    assert most(PERSON, 9) == [Total(second.pk, 3), Total(first.pk, 1), Total(third.pk, 1)]
    assert most(PERSON, 2) == [Total(second.pk, 3), Total(first.pk, 1)]


def test_what_is_due_later_is_neither_counted_nor_a_reason_to_be_there() -> None:
    known, hidden = make_person(), make_person()
    name(known, 1)
    name(known, 2, **later())
    name(hidden, 2, **later())

    assert most(PERSON, 9) == [Total(known.pk, 1)]
    assert totals([PERSON], [known.pk, hidden.pk]) == {(PERSON, known.pk): 1}


def test_the_longest_can_be_read_on_from_one_of_them_and_back() -> None:
    people = [make_person() for _ in range(5)]
    for person, times in zip(people, (2, 3, 1, 2, 1), strict=True):
        name(person, times)
    ranked = [key for key, _ in most(PERSON, 9)]

    assert [key for key, _ in most(PERSON, 2, beyond=ranked[1])] == ranked[2:4]
    assert [key for key, _ in most(PERSON, 2, beyond=ranked[4], backwards=True)] == ranked[2:4]


def test_the_longest_can_be_looked_for_among_some() -> None:
    chosen, other = make_person("A"), make_person("B")
    name(chosen, 1)
    name(other, 2)

    assert most(PERSON, 9, Person.objects.filter(name="A").values("pk")) == [Total(chosen.pk, 1)]


def test_a_place_is_told_apart_from_what_lies_in_it() -> None:
    country = make_place()
    town = make_place(parent=country)
    for place in (country, town, town):
        article = make_article(published=datetime(2020, 1, 1, tzinfo=UTC))
        make_mention(article, place)
        listings.refresh([article.pk])

    counts = totals([ListingKind.PLACE, ListingKind.PLACE_ITSELF], [country.pk])

    assert counts == {
        (ListingKind.PLACE, country.pk): 3,
        (ListingKind.PLACE_ITSELF, country.pk): 1,
    }


def test_parts_without_a_list_are_left_out() -> None:
    people = [make_person() for _ in range(7)]
    keys = [person.pk for person in people]
    for person in (people[0], people[1], people[6]):
        name(person, 1)

    assert listed_parts(PERSON, 2) == sorted({-(-keys[place] // 2) for place in (0, 1, 6)})
