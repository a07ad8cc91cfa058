"""A search that names something shows what that is."""

from datetime import UTC, date, datetime

import pytest

from articles import search
from articles.models import Status
from articles.search.finding.cards import Card, cards
from tests.factories import (
    make_organisation,
    make_person,
    make_place,
    make_tag,
)
from tests.search.archive import criteria, publish

pytestmark = pytest.mark.django_db


def shown(**params: str) -> list[tuple[str, str]]:
    return [_told(card) for card in cards(criteria(**params))]


def _told(card: Card) -> tuple[str, str]:
    return card.named.choice.name, card.note


def test_a_place_says_what_it_is_and_where():
    pakistan = make_place("Pakistan", kind="country")
    balochistan = make_place("Balochistan", pakistan, kind="division")
    publish(about=[make_place("Quetta", balochistan, names=["کوئٹہ"])])
    for text in ("quetta", "QUETTA", '"Quetta"', "کوئٹہ", "Quetta earthquake"):
        assert shown(q=text) == [("Quetta", "City in Balochistan, Pakistan")], text


def test_a_person_says_the_latest_office_and_that_it_is_over():
    person, former = make_person("Mohsin Naqvi"), make_person("Ali Shah")
    person.positions.create(title="Chief Minister", started_on=date(2023, 1, 1))
    person.positions.create(title="Interior Minister", started_on=date(2024, 3, 1))
    former.positions.create(
        title="Governor", started_on=date(1999, 1, 1), ended_on=date(2003, 5, 6)
    )
    publish(about=[person, former])
    assert shown(q="mohsin naqvi") == [("Mohsin Naqvi", "Interior Minister")]
    assert shown(q="ali shah") == [("Ali Shah", "Governor, until 2003")]


def test_an_organisation_says_what_it_is_and_a_tag_nothing():
    bank = make_organisation("State Bank", kind="central bank", place=make_place("Karachi"))
    publish(about=[bank], tags=[make_tag("gas")])
    assert shown(q="state bank") == [("State Bank", "Central bank, Karachi")]
    assert shown(q="gas") == [("gas", "")]


def test_two_of_one_name_are_both_shown_the_most_written_about_first():
    here, there = make_place("Hyderabad"), make_person("Hyderabad")
    publish(about=[here])
    publish(about=[there])
    publish(about=[there])
    found = cards(criteria(q="hyderabad"))
    assert [(card.named.parameter, card.named.count) for card in found] == [
        ("person", 2),
        ("place", 1),
    ]


def test_three_at_most():
    publish(about=[make_person("Ali Shah", slug=f"ali-shah-{number}") for number in range(5)])
    assert len(shown(q="Ali Shah")) == 3


def test_a_card_leads_to_what_is_about_it():
    publish("About", about=[make_place("Quetta")])
    (whole,) = cards(criteria(q="quetta", order="relevance", tag=""))
    assert whole.criteria.params == [("place", "quetta")]
    (with_words,) = cards(criteria(q="quetta earthquake", from_="1935"))
    assert with_words.criteria.params == [
        ("q", "quetta earthquake"),
        ("place", "quetta"),
        ("from", "1935"),
    ]


def test_the_longest_name_that_words_begin_with_is_meant():
    publish(about=[make_place("New York"), make_place("New")])
    assert shown(q="new york marathon")[0][0] == "New York"


@pytest.mark.parametrize(
    "text", ["naqvi", "quett", "quett*", "earthquake quetta", "gas OR quetta", "-quetta", "…", ""]
)
def test_what_names_nothing_shows_nothing(text):
    publish(about=[make_place("Quetta"), make_person("Mohsin Naqvi")])
    assert shown(q=text) == []


def test_what_is_asked_for_already_is_not_offered():
    publish(about=[make_place("Quetta")])
    assert shown(q="quetta", place="quetta") == []


def test_what_could_not_be_asked_for_is_not_offered():
    places = [make_place(f"Town {number}") for number in range(20)]
    publish(about=[make_place("Quetta"), *places], tags=[make_tag("quetta")])
    found = cards(criteria(q="quetta", place="|".join(place.slug for place in places)))
    assert [card.named.parameter for card in found] == ["tag"]


def test_what_only_hidden_articles_name_is_not_shown():
    publish(about=[make_person("Secretive")], published=None)
    publish(about=[make_person("Withdrawn")], status=Status.WITHDRAWN)
    assert shown(q="secretive") == shown(q="withdrawn") == []


def test_a_card_tells_of_as_many_as_its_search_finds():
    quetta = make_place("Quetta")
    publish(about=[quetta])
    publish(about=[quetta], deindexed_at=datetime(2026, 1, 1, tzinfo=UTC))
    (card,) = cards(criteria(q="quetta"))
    assert card.named.count == search.find(card.criteria).count.number == 1


def test_a_search_that_names_nothing_costs_one_query(django_assert_num_queries):
    asked = criteria(q="unheard of")
    with django_assert_num_queries(1):
        cards(asked)
