"""Documents as PostgreSQL's full text takes them."""

from itertools import pairwise

from articles.search.index.backend import Document
from articles.search.index.backends.tsearch import pairs, vector


def document(headline: str = "", names: str = "", text: str = "", filters: str = "") -> Document:
    return Document(1, 1, headline, names, text, filters)


def places_of(word: str, stored: str) -> list[str]:
    (found,) = (one for one in stored.split() if one.startswith(f"'{word}':"))
    return found.rpartition(":")[2].split(",")


def test_a_word_has_its_places_and_in_which_field_they_are() -> None:
    stored = vector(document("floods in sindh", "sindh", "heavy floods", ":place:22"))
    in_headline, in_text = places_of("floods", stored)
    assert in_headline == "1A"
    assert in_text.isdecimal()
    assert places_of("sindh", stored)[0] == "3A"
    assert places_of("sindh", stored)[1].endswith("B")
    assert {"'^floods'", "'^in'", "'^sindh'", "':place:22'"} <= set(stored.split())


def test_fields_lie_apart() -> None:
    stored = vector(document("one", "two", "three"))
    places = [int(places_of(word, stored)[0].rstrip("AB")) for word in ("one", "two", "three")]
    assert all(later - earlier > 1 for earlier, later in pairwise(places))


def test_what_is_no_letter_is_quoted() -> None:
    assert "'it''s':" in vector(document(text="it's"))
    assert "'a\\\\b':" in vector(document(text="a\\b"))


def test_a_very_long_text_keeps_to_the_limits_of_the_database() -> None:
    stored = vector(document(text="word " * 300 + "other " * 20_000 + "last"))
    assert len(places_of("word", stored)) == 255
    assert places_of("last", stored) == ["16383"]
    assert max(map(int, places_of("other", stored))) < 16_383


def test_two_words_have_a_number_wherever_they_stand() -> None:
    in_headline = pairs(document("floods in sindh"))
    of_text = pairs(document(text="rain and floods in sindh"))
    numbers = set(in_headline.strip("{}").split(","))
    assert len(numbers) == 2
    assert numbers < set(of_text.strip("{}").split(","))
    assert all(-(2**15) <= int(number) < 2**15 for number in numbers)


def test_nothing_follows_across_fields_or_alone() -> None:
    assert pairs(document("floods", "sindh", "rain")) == "{}"
