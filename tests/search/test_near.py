"""Words near each other, and words of the headline."""

import pytest

from articles.search.words.query import MOST_PAIRS, read
from articles.search.words.typed import LONGEST_DISTANCE, USUAL_DISTANCE
from tests.factories import make_place
from tests.search.archive import headlines, publish


@pytest.mark.parametrize(
    ("typed", "distance"),
    [
        ("gas NEAR oil", USUAL_DISTANCE),
        ("gas NEAR/3 oil", 3),
        ("gas AROUND(3) oil", 3),
        ("gas NEAR/0 oil", 0),
        ("gas NEAR/99999999 oil", LONGEST_DISTANCE),
    ],
)
def test_a_distance_is_a_number_of_words_between(typed, distance):
    (near,) = read(typed).near
    assert near.distance == distance


@pytest.mark.parametrize(
    "typed", ["gas near oil", "NEAR gas oil", "gas oil NEAR", "gas NEAR -oil", "-gas NEAR oil"]
)
def test_what_is_not_between_two_words_is_nothing(typed):
    assert not read(typed).near


def test_each_is_near_the_next():
    first, second = read("gas NEAR oil NEAR/2 coal").near
    assert first.second == second.first
    assert (first.distance, second.distance) == (USUAL_DISTANCE, 2)


def test_no_more_pairs_than_a_database_answers_soon():
    query = read("x" + " NEAR x" * 30)
    assert len(query.near) == MOST_PAIRS
    assert query.is_cut


@pytest.mark.django_db
def test_as_many_words_may_stand_between_as_are_said():
    publish("Apart", paragraphs=[f"Gas {'x ' * LONGEST_DISTANCE} oil."])
    assert headlines(q=f"oil NEAR/{LONGEST_DISTANCE} gas") == ["Apart"]
    assert headlines(q=f"oil NEAR/{LONGEST_DISTANCE - 1} gas") == []


@pytest.mark.django_db
def test_nothing_is_near_across_headline_names_and_text():
    publish("Gas", paragraphs=["Oil."], about=[make_place("Coal")])
    for typed in ("gas NEAR/30 oil", "gas NEAR/30 coal", "coal NEAR/30 oil", "coal NEAR coal"):
        assert headlines(q=typed) == []


@pytest.mark.django_db
def test_a_word_of_the_headline_is_not_one_of_the_names_or_the_text():
    publish("Gas", paragraphs=["Oil."], about=[make_place("Coal")])
    assert headlines(q="headline:gas coal oil") == ["Gas"]
    for typed in ("headline:oil", "headline:coal", "headline:oil*", "-headline:gas*"):
        assert headlines(q=typed) == []
