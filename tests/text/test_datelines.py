"""Datelines as agencies write them, and what looks like one and is not."""

import csv
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text.datelines import (
    ReportedDay,
    nearest_year,
    parse,
    parse_marked,
    reported_days,
    settle_year,
)
from tests.growth import no_faster_than_its_input


@pytest.mark.parametrize(
    ("copy", "places", "day", "agency", "rest"),
    [
        ("Islamabad, Feb 1: Violent clashes", ("Islamabad",), (2, 1, None), "", "Violent clashes"),
        ("ISLAMABAD, Feb 1 (Agency) — Two", ("ISLAMABAD",), (2, 1, None), "Agency", "Two"),
        ("ISLAMABAD, Feb 01 (APP):Prime", ("ISLAMABAD",), (2, 1, None), "APP", "Prime"),
        ("(New York, NY - October 21) A firm", ("New York", "NY"), (10, 21, None), "", "A firm"),
        ("Tel Aviv/Beirut (dpa) - Israel", ("Tel Aviv", "Beirut"), None, "dpa", "Israel"),
        (
            "Gaza City, Palestinian Territories, May 16, 2021 (AFP) - A",
            ("Gaza City", "Palestinian Territories"),
            (5, 16, 2021),
            "AFP",
            "A",
        ),
        ("LONDON, Feb. 1 /PRNewswire/ -- A", ("LONDON",), (2, 1, None), "PRNewswire", "A"),
        ("SAN FRANCISCO--(BUSINESS WIRE)--A", ("SAN FRANCISCO",), None, "BUSINESS WIRE", "A"),
        ("Islamabad, 1 February 2026 — Two", ("Islamabad",), (2, 1, 2026), "", "Two"),
        ("KARACHI, 2026-02-01: Two", ("KARACHI",), (2, 1, 2026), "", "Two"),
        ("Rio de Janeiro, 3 May: Uma", ("Rio de Janeiro",), (5, 3, None), "", "Uma"),
        ("WASHINGTON (AP) _ The", ("WASHINGTON",), None, "AP", "The"),
        ("BERLIN (AFP) -The", ("BERLIN",), None, "AFP", "The"),
        ("BERLIN (AFP) – The", ("BERLIN",), None, "AFP", "The"),
        ("LAHORE, Sept 14: The", ("LAHORE",), (9, 14, None), "", "The"),
        ("ISLAMABAD, FEB. 1 (APP)- The", ("ISLAMABAD",), (2, 1, None), "APP", "The"),
        ("ISLAMABAD, Feb 1, Sunday: The", ("ISLAMABAD",), (2, 1, None), "", "The"),
        ("MUZAFFARABAD : Feb 01 (APP): The", ("MUZAFFARABAD",), (2, 1, None), "APP", "The"),
        ("GENEVA (1 February 2026) – The", ("GENEVA",), (2, 1, 2026), "", "The"),
        (
            "ISLAMABAD/QUETTA/KARACHI/LAHORE, 1 Feb: Two",
            ("ISLAMABAD", "QUETTA", "KARACHI", "LAHORE"),
            (2, 1, None),
            "",
            "Two",
        ),
        ("لاہور، 14 ستمبر: پنجاب", ("لاہور",), (9, 14, None), "", "پنجاب"),
        ("اسلام آباد، یکم فروری: پاک", ("اسلام آباد",), (2, 1, None), "", "پاک"),
        ("کوئٹہ۔۱۴ستمبر (اے پی پی): پاک", ("کوئٹہ",), (9, 14, None), "اے پی پی", "پاک"),
    ],
)
def test_a_dateline_is_read(
    copy: str,
    places: tuple[str, ...],
    day: tuple[int, int, int | None] | None,
    agency: str,
    rest: str,
) -> None:
    dateline = parse(copy)

    assert dateline is not None
    assert dateline.is_certain
    assert dateline.places == places
    assert (dateline.month, dateline.day, dateline.year) == (day or (None, None, None))
    assert dateline.agency == agency
    assert copy[dateline.length :] == rest
    assert copy.lstrip("(").startswith(dateline.text)


def test_a_weekday_alone_is_no_date() -> None:
    dateline = parse("MOSCOW, Monday (Reuters) - The")

    assert dateline is not None
    assert (dateline.weekday, dateline.day) == (0, None)


@pytest.mark.parametrize(
    ("copy", "place", "rest"),
    [
        ("QUETTA: Gunmen opened fire", "QUETTA", "Gunmen opened fire"),
        ("WASHINGTON - The president", "WASHINGTON", "The president"),
        ("THE SUN: a paper with a past", "THE SUN", "a paper with a past"),
        ("کوئٹہ (نمائندہ خصوصی) بلوچستان میں", "کوئٹہ", "بلوچستان میں"),
    ],
)
def test_a_place_alone_must_be_known_as_a_place(copy: str, place: str, rest: str) -> None:
    dateline = parse(copy)

    assert dateline is not None
    assert not dateline.is_certain
    assert dateline.places == (place,)
    assert copy[dateline.length :] == rest


@pytest.mark.parametrize(
    "copy",
    [
        "Result: the vote was tied.",
        "Note: the figures are provisional.",
        "Analysis | The war that nobody wanted",
        "BREAKING NEWS (Reuters) - Oil prices rose.",
        "Feb 1 (Reuters) - Oil prices rose.",
        "Update (Feb 1): a second body was found.",
        "(Reuters) - Oil prices rose.",
        "The minister said: we will answer.",
        "Dera Ismail Khan, Feb 31: no such day.",
        "Violent clashes have erupted across several parts of the province: 129 are dead.",
        "",
    ],
)
def test_what_only_looks_like_a_dateline_is_left_alone(copy: str) -> None:
    assert parse(copy) is None


@pytest.mark.parametrize("words", ["Unnao", "New York (dpa) -", "MOSCOW, Monday (Reuters)"])
def test_a_format_that_marks_its_dateline_needs_nothing_to_close_it(words: str) -> None:
    dateline = parse_marked(words)

    assert dateline is not None
    assert dateline.is_certain
    assert dateline.text == words


def test_a_marked_dateline_with_more_behind_it_is_none() -> None:
    assert parse_marked("Quetta: the fighting goes on, and nobody knows for how long") is None


@pytest.mark.parametrize(
    "hostile", ["Aa-", "Aa/", "A of ", "(A ", "Aa, ", "Aa--", "Aa : 1 ", "آ، "]
)
def test_hostile_copy_is_turned_down_at_once(hostile: str) -> None:
    with no_faster_than_its_input():
        for length in range(100, 140):
            parse((hostile * 50)[:length])


def test_the_place_comes_out_of_what_agencies_themselves_mark(data_dir: Path) -> None:
    with (data_dir / "newsxml" / "datelines.csv").open(encoding="utf-8") as file:
        marked = [row["dateline"] for row in csv.DictReader(file)]

    assert {words: _first_place(words) for words in marked} == {
        "New York (dpa) -": "New York",
        "Berlin (dpa) -": "Berlin",
        "Gaza City, Palestinian Territories, May 16, 2021 (AFP) -": "Gaza City",
        "Unnao": "Unnao",
        "Paris (dpa) -": "Paris",
        "MOSCOW, Monday (Reuters)": "MOSCOW",
    }


def _first_place(words: str) -> str:
    dateline = parse_marked(words)
    return dateline.places[0] if dateline else ""


@given(st.text(max_size=200))
def test_no_text_breaks_the_parser(copy: str) -> None:
    dateline = parse(copy)

    assert dateline is None or 0 < dateline.length <= len(copy)


class TestYear:
    today = date(2026, 11, 22)

    def test_the_latest_year_in_which_the_day_has_come(self) -> None:
        assert settle_year(2, 1, today=self.today) == 2026
        assert settle_year(12, 30, today=self.today) == 2025

    def test_the_dateline_s_own_weekday_decides(self) -> None:
        saturday = 5
        assert settle_year(2, 1, today=self.today, weekday=saturday) == 2025

    def test_a_weekday_in_the_copy_was_at_most_two_days_before(self) -> None:
        # 1 February was a Sunday in 2026, a Saturday in 2025, a Thursday in 2024.
        assert settle_year(2, 1, today=self.today, reported=(ReportedDay(5, None),)) == 2026
        assert settle_year(2, 1, today=self.today, reported=(ReportedDay(2, None),)) == 2024

    def test_yesterday_with_its_weekday_is_exact(self) -> None:
        friday = ReportedDay(4, 1)
        assert settle_year(2, 1, today=self.today, reported=(friday,)) == 2025

    def test_days_that_fit_no_year_leave_the_latest(self) -> None:
        contradiction = (ReportedDay(0, 0), ReportedDay(1, 0))
        assert settle_year(2, 1, today=self.today, reported=contradiction) == 2026

    def test_29_february_is_in_a_leap_year(self) -> None:
        assert settle_year(2, 29, today=self.today) == 2024


def test_a_dateline_is_of_the_year_nearest_to_its_publication() -> None:
    assert nearest_year(12, 31, date(2024, 1, 1)) == 2023
    assert nearest_year(1, 1, date(2023, 12, 31)) == 2024
    assert nearest_year(2, 29, date(2023, 12, 31)) == 2024


def test_the_days_that_copy_reports() -> None:
    copy = "On Saturday (yesterday) and Friday; today, Sunday; next Monday and every Tuesday."

    assert set(reported_days(copy)) == {
        ReportedDay(5, 1),
        ReportedDay(4, None),
        ReportedDay(6, 0),
    }
