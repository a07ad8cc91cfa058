"""How SQLite is asked for the newest matches.

FTS5 reads in the order of its row ids, from either end. Read backwards it leaves matches out: where
several words must meet and one of them stands in hundreds of thousands of documents, SQLite 3.40
passed over dozens that it found when it read forwards. So it reads forwards only, through windows
of time: the last eight days, the sixteen before them and so on until a page is full. A word in half
of all articles is answered from the first, a rare one from all of them, and what is sorted is at
most about twice what is wanted. One statement does it: each part of a UNION ALL is run when those
before it gave too few.
"""
# ruff: noqa: S608 (statements are put together from constants, values are parameters)

from collections.abc import Iterator
from typing import Any

from articles.search.index.positions import days_before

_FIRST_DAYS = 8
# The last of those in which the widths double begins a hundred years and more before the first
# ends; what is older is one window.
_DOUBLED = 13

# The sum keeps the order from FTS5, which would read backwards for it.
_WINDOW = """
    SELECT * FROM (
        SELECT rowid AS position FROM articles_search_index
        WHERE articles_search_index MATCH %s AND rowid BETWEEN %s AND %s
        ORDER BY rowid + 0 DESC
        LIMIT %s
    )
"""


def newest_positions(
    expression: str, lowest: int, highest: int, limit: int, offset: int = 0
) -> tuple[str, list[Any]]:
    """A statement for the positions from ``lowest`` to ``highest``, both included, that match
    ``expression``, the highest first, and the values of its parameters."""
    windows = list(_windows(lowest, highest))
    sql = " UNION ALL ".join([_WINDOW] * len(windows))
    values = [value for one in windows for value in (expression, *one, offset + limit)]
    return f"SELECT position FROM ({sql}) LIMIT %s OFFSET %s", [*values, limit, offset]


def _windows(lowest: int, highest: int) -> Iterator[tuple[int, int]]:
    """From the last to the first, without gaps; one at least, which may be empty."""
    days = _FIRST_DAYS
    for _ in range(_DOUBLED):
        first = days_before(highest, days) + 1
        if first <= lowest:
            break
        yield first, highest
        highest, days = first - 1, days * 2
    yield lowest, highest
