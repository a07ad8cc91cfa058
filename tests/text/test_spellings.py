import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.spellings import distance, near_skeletons, near_spellings, skeleton

WORDS = st.text("abkqtm", max_size=7)


@pytest.mark.parametrize(
    "spellings",
    [
        ("quetta", "queta", "kuetta"),
        ("mohsin", "mohsen", "muhsin"),
        ("balochistan", "baluchestan", "balouchistan"),
        ("khuzdar", "kuzdar"),
        ("محسن", "مہسن"),
        ("طلبا", "تلبا"),
    ],
)
def test_spellings_of_one_sound_share_a_skeleton(spellings):
    assert len({skeleton(each) for each in spellings}) == 1


def test_other_consonants_are_another_skeleton():
    assert len({skeleton(word) for word in ("quetta", "quebec", "sibi", "gwadar")}) == 4


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("quetta", "quetta", 0),
        ("quetta", "queta", 1),
        ("pakitsan", "pakistan", 1),
        ("goverment", "governmant", 2),
        ("gas", "oil", 3),
    ],
)
def test_distances(one, other, expected):
    assert distance(one, other, 5) == expected


@given(WORDS, WORDS)
def test_distance_goes_both_ways_and_no_further_than_asked(one, other):
    far = distance(one, other, 9)
    assert far == distance(other, one, 9)
    assert (far == 0) == (one == other)
    assert distance(one, other, 1) == min(far, 2)


@given(WORDS)
def test_every_near_spelling_is_one_step_away(word):
    assert all(distance(word, near, 2) == 1 for near in near_spellings(word))


@given(st.text("abk", max_size=5), st.text("at", max_size=5))
def test_one_consonant_more_or_less_is_a_near_skeleton(one, other):
    assert skeleton(one) in near_skeletons(one)
    assert skeleton(f"{one}m{other}") in near_skeletons(f"{one}{other}")
