from datetime import UTC, date, datetime

import pytest

from articles.templatetags.moments import day, imprecise, minute, short_day

MOMENT = datetime(1935, 5, 31, 21, 33, tzinfo=UTC)


def test_a_day_is_written_out_with_the_machine_s_form_beside_it():
    assert day(MOMENT) == '<time datetime="1935-05-31T21:33+00:00">31 May 1935</time>'


def test_a_day_can_be_short_and_a_minute_exact():
    assert ">1 Feb 2026<" in short_day(datetime(2026, 2, 1, tzinfo=UTC))
    assert ">31 May 1935, 21:33<" in minute(MOMENT)


def test_a_day_is_that_of_the_site_s_time_zone(settings):
    settings.TIME_ZONE = "Asia/Karachi"

    assert ">1 June 1935<" in day(MOMENT)


def test_no_time_is_nothing():
    assert day(None) == ""


@pytest.mark.parametrize(
    ("precision", "shown"), [("year", "1973"), ("month", "August 1973"), ("day", "9 August 1973")]
)
def test_a_date_is_shown_only_as_exactly_as_it_is_known(precision, shown):
    assert imprecise(date(1973, 8, 9), precision) == shown
