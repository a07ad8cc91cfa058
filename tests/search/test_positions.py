from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from articles.search.index.positions import (
    article_at,
    first_position,
    last_position,
    moment_at,
    month_at,
    position_of,
)

MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(3000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
IDS = st.integers(1, 2**28 - 1)


@given(MOMENTS, IDS, MOMENTS, IDS)
def test_positions_sort_as_the_public_lists_do(moment, pk, other_moment, other_pk):
    a = (moment.replace(microsecond=0), pk)
    b = (other_moment.replace(microsecond=0), other_pk)
    assert (position_of(*a) < position_of(*b)) == (a < b)


@given(MOMENTS, IDS)
def test_a_position_tells_its_article_and_its_second(moment, pk):
    position = position_of(moment, pk)
    assert article_at(position) == pk
    assert moment_at(position) == moment.replace(microsecond=0)
    assert first_position(moment) < position <= last_position(moment)
    assert last_position(moment) < first_position(moment + timedelta(seconds=1))
    assert month_at(position) == moment.year * 12 + moment.month - 1


@given(st.sampled_from([1, 9999]), IDS)
def test_the_ends_of_the_calendar_fit_64_bits(year, pk):
    position = position_of(datetime(year, 6, 1, tzinfo=UTC), pk)
    assert -(2**63) <= position < 2**63
    assert article_at(position) == pk
