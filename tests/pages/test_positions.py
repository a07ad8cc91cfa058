"""Which office somebody held on a day, as far as the dates that are known can tell."""

from datetime import date

import pytest

from articles.models import DatePrecision, Position
from articles.pages.positions import Office, chart, iso, office_on, terms
from articles.text.partial_dates import parse_partial

TODAY = date(2026, 2, 1)


def position(title: str, start: str, end: str = "", person: int = 1) -> Position:
    (started_on, start_precision), (ended_on, end_precision) = map(parse_partial, (start, end))
    return Position(
        title=title,
        person_id=person,
        started_on=started_on,
        start_precision=start_precision,
        ended_on=ended_on,
        end_precision=end_precision,
    )


MINISTER = position("Minister", "2016", "2018-06")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2015, 12, 31), None),
        (date(2016, 7, 1), Office("Minister", "about then")),
        (date(2017, 1, 1), Office("Minister", "that day")),
        (date(2018, 6, 1), Office("Minister", "that day")),
        (date(2018, 6, 15), Office("Minister", "about then")),
        (date(2018, 7, 1), None),
    ],
)
def test_a_title_is_given_for_sure_only_where_the_dates_leave_no_doubt(day, expected):
    assert office_on(day, terms([MINISTER])) == expected


def test_the_title_in_the_copy_stands_where_no_position_surely_covers_the_day():
    held = terms([MINISTER])

    assert office_on(date(2016, 7, 1), held, "Senator") == Office("Senator", "in the article")
    assert office_on(date(2017, 7, 1), held, "Senator") == Office("Minister", "that day")
    assert office_on(date(1990, 7, 1), held, "Senator") == Office("Senator", "in the article")


def test_two_offices_at_a_time_are_both_named_the_older_first():
    held = terms([position("President", "2001-06-20"), position("Chief", "1998", "2007-11-28")])

    assert office_on(date(2005, 1, 1), held) == Office("Chief and President", "that day")


def test_an_office_without_an_end_is_held_until_another_begins():
    held = terms([position("President", "2001"), position("Chief", "1998-10-06")])

    assert office_on(date(2000, 6, 1), held) == Office("Chief", "that day")
    assert office_on(date(2026, 1, 1), held) == Office("President", "that day")


def test_an_office_ends_at_the_latest_when_somebody_else_has_it():
    held = terms([position("Chair", "2020-01-05", person=2), position("Chair", "2010", person=1)])

    assert [term.surely_covers(date(2022, 1, 1)) for term in held] == [True, False]


def test_an_office_of_which_no_beginning_is_known_is_said_of_no_day():
    assert office_on(TODAY, terms([position("Chair", "")])) is None


def test_bars_are_faint_where_an_office_may_have_been_held():
    drawn = chart(terms([MINISTER, position("Senator", "2010-01-01", "2010-12-31")]), TODAY)

    minister, senator = (bar.svg for bar in drawn.bars)
    assert (drawn.first, drawn.last) == (2010, 2018)
    assert 'class="perhaps"' in minister
    assert 'class="surely"' in minister
    assert 'x="0"' in senator


def test_an_office_that_goes_on_is_drawn_until_today():
    drawn = chart(terms([position("Chair", "2010-01-01")]), TODAY)

    assert drawn.last == TODAY.year


def test_a_few_months_are_not_worth_a_drawing():
    drawn = chart(terms([position("Viceroy", "1947-03", "1947-08-15")]), TODAY)

    assert (drawn.first, drawn.bars[0].svg) == (None, "")


def test_a_date_for_machines_says_no_more_than_is_known():
    day = date(1947, 8, 15)

    assert iso(day, DatePrecision.YEAR) == "1947"
    assert iso(day, DatePrecision.MONTH) == "1947-08"
    assert iso(day, DatePrecision.DAY) == "1947-08-15"
    assert iso(None, DatePrecision.DAY) == ""
