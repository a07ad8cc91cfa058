"""Who and what is meant: decided by the dates of positions, and by what else the copy names."""

from dataclasses import replace
from datetime import date

import pytest

from articles.linking.ambiguity import COMMON_WORD
from articles.linking.analyse import find_mentions
from articles.linking.findings import Copy, FoundMention
from articles.linking.known import Known, KnownOrganisation, KnownPerson
from articles.linking.names import Vocabulary
from articles.linking.positions import Held, Then, days_of
from articles.models import DatePrecision, MentionState
from tests.linking.world import PLACES, PUNJAB, SINDH

DAY, MONTH, YEAR = DatePrecision.DAY, DatePrecision.MONTH, DatePrecision.YEAR
AGENCY = KnownOrganisation(51, "Rescue Agency")


def held(title: str, start: str = "", end: str = "", **belongs: int) -> Held:
    def days(text: str) -> tuple[date, date] | None:
        precision = {4: YEAR, 7: MONTH, 10: DAY}.get(len(text), DAY)
        known = date.fromisoformat(f"{text}-01-01"[:10]) if text else None
        return days_of(known, precision)

    return Held(title, days(start), days(end), **belongs)


ELDER = KnownPerson(1, "Rashid Mengal", (held("Chief Minister", "1997-02-22", "1998-08"),))
YOUNGER = KnownPerson(2, "Rashid Mengal", (held("Chief Minister", "2015", "2018-01-09"),))
OF_SINDH = KnownPerson(3, "Amna Shah", (held("Secretary", place_id=SINDH.id),))
OF_AGENCY = KnownPerson(4, "Amna Shah", (held("Director", organisation_id=AGENCY.id),))
MAY = KnownPerson(5, "Theodora May", (held("Home Secretary", "2010"),))

KNOWN: list[Known] = [*PLACES, ELDER, YOUNGER, OF_SINDH, OF_AGENCY, MAY, AGENCY]
VOCABULARY = Vocabulary.of(
    [
        *((known.name, known) for known in KNOWN),
        ("Mengal", YOUNGER),
        ("May", replace(MAY, is_common_word=True)),
    ]
)


def mentions(text: str, day: str = "", dateline: str = "") -> dict[str, FoundMention]:
    on = date.fromisoformat(day) if day else None
    copy = Copy((("p1", text),), dateline=dateline, day=on)
    return {mention.name: mention for mention in find_mentions(copy, VOCABULARY).mentions}


def linked(text: str, name: str, day: str = "", dateline: str = "") -> int | None:
    """The id of whom ``name`` is linked to; None where it is only suggested, or not found."""
    mention = mentions(text, day, dateline).get(name)
    return mention.entity_id if mention and mention.state is MentionState.LINKED else None


# --- Dated positions ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "then"),
    [
        ("2009-12-31", Then.NOT_YET),
        ("2010-01-01", Then.PERHAPS),  # some day of 2010
        ("2010-12-31", Then.HELD),
        ("2012-02-15", Then.PERHAPS),  # until some day of February
        ("2012-03-01", Then.OVER),
    ],
)
def test_a_date_says_no_more_than_is_known(day: str, then: Then) -> None:
    assert held("Minister", "2010", "2012-02").on(date.fromisoformat(day)) is then


def test_a_position_without_dates_may_have_been_held_on_any_day() -> None:
    assert held("Minister").on(date(1950, 1, 1)) is Then.PERHAPS


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("1998-04-09", 1),
        ("2016-02-02", 2),
        ("2015-06-01", 2),  # perhaps he held it; the other surely did not
        ("2005-06-01", 1),  # the younger was not yet anything
        ("1990-01-01", None),
        ("2020-01-01", None),
        ("", None),
    ],
)
def test_who_held_the_title_on_the_day_is_meant(day: str, expected: int | None) -> None:
    assert linked("Chief Minister Rashid Mengal spoke.", "Rashid Mengal", day) == expected


def test_a_former_title_is_of_who_held_it_before() -> None:
    text = "Former Chief Minister Rashid Mengal spoke."
    assert linked(text, "Rashid Mengal", "2012-01-01") == 1


def test_two_who_both_may_be_meant_are_offered_with_a_reason() -> None:
    mention = mentions("Chief Minister Rashid Mengal spoke.", "2020-01-01")["Rashid Mengal"]
    assert mention.state is MentionState.SUGGESTED
    assert set(mention.candidates) == {1, 2}
    assert mention.reason.startswith("May be Rashid Mengal (Chief Minister)")


def test_one_word_of_a_name_is_linked_by_a_title_held_and_by_no_later_one() -> None:
    text = "Chief Minister Mengal spoke."
    assert linked(text, "Rashid Mengal", "2016-02-02") == 2
    assert linked(text, "Rashid Mengal", "2001-02-02") is None


# --- Organisations and places of positions --------------------------------------------------------


def test_the_organisation_of_a_position_tells_people_apart() -> None:
    assert linked("Amna Shah of the Rescue Agency spoke.", "Amna Shah") == 4


@pytest.mark.parametrize("dateline", ["KARACHI, May 2", "SINDH"])
def test_the_place_of_a_position_tells_people_apart(dateline: str) -> None:
    assert linked("Amna Shah spoke.", "Amna Shah", dateline=dateline) == 3


def test_where_both_may_be_nobody_is_linked() -> None:
    text = "Amna Shah of the Rescue Agency spoke."
    assert linked(text, "Amna Shah", dateline="KARACHI, May 2") is None
    assert linked("Amna Shah spoke.", "Amna Shah", dateline="LAHORE, May 2") is None
    assert PUNJAB.id not in {position.place_id for position in OF_SINDH.positions}


# --- Ordinary words -------------------------------------------------------------------------------


def test_a_month_is_nobody_s_name() -> None:
    text = "Theodora May said in May that May 14 was near. Early May was cold; this May, too."
    may = mentions(text)["Theodora May"]
    assert [occurrence.words for occurrence in may.occurrences] == ["Theodora May"]


def test_a_surname_like_a_month_is_still_a_surname() -> None:
    may = mentions("Theodora May spoke. May then left.")["Theodora May"]
    assert [occurrence.words for occurrence in may.occurrences] == ["Theodora May", "May"]


@pytest.mark.parametrize(
    "text", ["Trains from Leeds and Reading stopped.", "They serve Reading and Leeds."]
)
def test_a_place_joined_to_another_is_one(text: str) -> None:
    assert linked(text, "Reading", dateline="LONDON, May 2") is not None


def test_an_ordinary_word_that_begins_a_report_from_the_place_is_not_linked() -> None:
    text = "Reading aloud helps, and nice books help."
    reading = mentions(text, dateline="READING, May 2")["Reading"]
    assert (reading.state, reading.reason) == (MentionState.SUGGESTED, COMMON_WORD)
