"""Whatever the database, an index gives the matches between two positions in order, each once."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from articles.search import Patience
from articles.search.finding.matching import match_of
from articles.search.index.backend import Match
from articles.search.index.backends import for_readers
from articles.search.index.backends.stretches import BLOCKS, positions_of
from articles.search.index.positions import LARGEST_ID, month_at, position_of
from tests.factories import make_article
from tests.search.archive import criteria, index

pytestmark = pytest.mark.django_db

# The first and the last second of months, neighbours, and years with nothing between.
MOMENTS = [
    datetime(year, month, 1, tzinfo=UTC) - timedelta(seconds=seconds)
    for year, month in [
        (1850, 1),
        (1947, 8),
        (1947, 9),
        (2001, 1),
        (2019, 12),
        (2020, 1),
        (2020, 2),
    ]
    for seconds in (0, 1)
]


def publish_at(*moments: datetime) -> list[int]:
    """The positions of articles published then, the oldest first."""
    articles = [make_article("Floods", published=moment) for moment in moments]
    index(*articles)
    return sorted(
        position_of(moment, one.pk) for moment, one in zip(moments, articles, strict=True)
    )


def floods(lowest: int, highest: int) -> Match:
    found = match_of(criteria(q="flood"))
    assert found is not None
    return Match(found.query, found.filters, lowest, highest)


@pytest.mark.parametrize("newest_first", [True, False])
def test_matches_come_in_order_from_any_place_on(newest_first: bool) -> None:
    in_order = publish_at(*MOMENTS)
    if newest_first:
        in_order.reverse()
    reader = for_readers(connection, Patience())
    match = floods(min(in_order), max(in_order))
    for offset in range(len(in_order) + 1):
        for limit in (1, 2, 5, 30):
            found = reader.positions(
                connection, match, newest_first=newest_first, limit=limit, offset=offset
            )
            assert found == in_order[offset : offset + limit]


def test_nothing_beyond_either_end_is_found_or_counted() -> None:
    positions = publish_at(*MOMENTS)
    reader = for_readers(connection, Patience(20))
    for lowest in positions:
        for highest in positions:
            expected = [one for one in positions if lowest <= one <= highest]
            match = floods(lowest, highest)
            assert reader.positions(connection, match, newest_first=False, limit=30) == expected
            assert reader.count(connection, match, 30) == len(expected)
            assert reader.count(connection, match, 3) == min(3, len(expected))


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's index only")
def test_an_empty_archive_is_asked_for_a_few_stretches_of_a_thousand_years() -> None:
    match = match_of(criteria(q="flood"))
    assert match is not None
    sql, values = positions_of(match, 21, newest_first=True)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN ANALYZE {sql}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    _, _, scan = plan.partition("Bitmap Index Scan on articles_search_index")
    searches = re.search(r"Index Searches: (\d+)", scan)
    assert searches
    assert 1 < int(searches[1]) <= 15


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's index only")
def test_blocks_of_months_hold_every_month_that_a_position_has() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BLOCKS)
        for position in (position_of(datetime.min.replace(tzinfo=UTC), 1), (1 << 63) - 1):
            month = month_at(position & ~LARGEST_ID)
            cursor.execute("SELECT articles_search_blocks(%s)", [month])
            (blocks,) = cursor.fetchone()
            assert blocks == [level << 16 | month >> level for level in range(13)]


@given(st.integers(0, (1 << 35) - 1))
def test_a_month_is_told_of_every_second(second: int) -> None:
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    assert month_at(position_of(moment, 7)) == moment.year * 12 + moment.month - 1
