"""SQLite is asked for the newest matches through windows of time, and misses none between them."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.search.index.backends.windows import newest_positions
from articles.search.index.positions import position_of
from tests.search.archive import headlines, publish

_FTS5_DESCENDING = 0x80  # in the number that FTS5 gives its plan
_MOMENTS = st.timedeltas(timedelta(days=-390_000), timedelta(days=370_000)).map(
    datetime(1970, 1, 1, tzinfo=UTC).__add__
)


def windows(lowest: int, highest: int, newest: int) -> list[tuple[int, int]]:
    """Where each window begins and ends in an archive whose newest document is at ``newest``."""
    sql, values = newest_positions("flood", lowest, highest, 21)
    assert sql.count("%s") == len(values)
    assert values[:2] == [highest, highest]
    *doubled, last_lowest, last_near, _limit = values[2:-2]
    assert doubled.pop() == "flood"
    found = [
        (max(doubled[place + 1], newest - doubled[place + 2]), newest - doubled[place + 3])
        for place in range(0, len(doubled), 5)
    ]
    return [*found, (last_lowest, newest - last_near)]


@given(moments=st.tuples(_MOMENTS, _MOMENTS, _MOMENTS).map(sorted))
def test_windows_cover_every_position_once_from_the_newest_on(moments: list[datetime]) -> None:
    lowest, newest, highest = (position_of(moment, 7) for moment in moments)

    found = windows(lowest, highest, newest)

    covered = [(first, last) for first, last in found if first <= last]
    assert covered[0][1] == newest
    assert covered[-1][0] == lowest
    assert all(later[0] == earlier[1] + 1 for later, earlier in pairwise(covered))
    assert len(found) <= 14


def test_nothing_is_between_positions_that_are_the_wrong_way_round() -> None:
    assert windows(5, 4, newest=4) == [(5, 4)]


@pytest.mark.django_db
def test_an_archive_that_ended_long_ago_is_found_up_to_any_date() -> None:
    for year in (1850, 1899, 1900, 1901):
        publish(f"Flood of {year}", published=datetime(year, 6, 1, tzinfo=UTC))

    assert headlines(q="flood") == [f"Flood of {year}" for year in (1901, 1900, 1899, 1850)]
    assert headlines(q="flood", to="1900") == [f"Flood of {year}" for year in (1900, 1899, 1850)]
    assert headlines(q="flood", to="1900", **{"from": "1899"}) == ["Flood of 1900", "Flood of 1899"]
    assert headlines(q="flood", to="1849") == []


@pytest.mark.django_db
def test_a_page_goes_on_from_one_window_into_the_next() -> None:
    now = datetime.now(UTC)
    days = (1, 9, 10, 40, 400, 4_000, 40_000)
    for number in days:
        publish(f"Flood {number}", published=now - timedelta(days=number))

    assert headlines(q="flood") == [f"Flood {number}" for number in days]
    assert headlines(q="flood", order="oldest") == [f"Flood {number}" for number in days[::-1]]


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="its index reads forwards and backwards")
def test_the_index_is_never_read_backwards() -> None:
    sql, values = newest_positions("flood AND gas", 0, position_of(datetime.now(UTC), 1), 21)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", values)
        steps = [step for *_, step in cursor.fetchall() if "articles_search_index" in step]

    plans = [int(plan[1]) for step in steps if (plan := re.search(r"INDEX (\d+):", step))]
    assert len(plans) == len(steps) > 1
    assert not any(plan & _FTS5_DESCENDING for plan in plans)
