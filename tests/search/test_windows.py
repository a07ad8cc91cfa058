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


def windows(lowest: int, highest: int) -> list[tuple[int, int]]:
    sql, values = newest_positions("flood", lowest, highest, 21)
    assert sql.count("%s") == len(values)
    bounds = values[:-2]  # what is left are the limit and the offset of all
    return [(bounds[place + 1], bounds[place + 2]) for place in range(0, len(bounds), 4)]


@given(moments=st.tuples(_MOMENTS, _MOMENTS).map(sorted))
def test_windows_cover_every_position_once_from_the_newest_on(moments: list[datetime]) -> None:
    lowest, highest = (position_of(moment, 7) for moment in moments)

    found = windows(lowest, highest)

    assert found[0][1] == highest
    assert found[-1][0] == lowest
    assert all(later[0] == earlier[1] + 1 for later, earlier in pairwise(found))
    assert all(first <= last for first, last in found)
    assert len(found) <= 14


def test_nothing_is_between_positions_that_are_the_wrong_way_round() -> None:
    assert windows(5, 4) == [(5, 4)]


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
