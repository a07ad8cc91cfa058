"""How SQLite is asked for the newest matches.

FTS5 reads in the order of its row ids, from either end. Read backwards it leaves matches out: where
several words must meet and one of them stands in hundreds of thousands of documents, SQLite 3.40
passed over dozens that it found when it read forwards. So it reads forwards only, through windows
of time: the last eight days that have documents, the sixteen before them and so on until a page is
full. A word in half of all articles is answered from the first, a rare one from all of them, and
what is sorted is at most about twice what is wanted. One statement does it: each part of a UNION
ALL is run when those before it gave too few.
"""
# ruff: noqa: S608 (statements are put together from constants, values are parameters)

from collections.abc import Iterator
from typing import Any

from articles.search.index.positions import distance_of

_FIRST_DAYS = 8
# The last of those in which the widths double begins a hundred years and more before the first
# ends; what is older is one window.
_DOUBLED = 13

# An archive may have ended long before the highest position asked for.
_NEWEST = """
    SELECT coalesce(max(position), %s) AS position FROM articles_search_document
    WHERE position <= %s
"""
_BEFORE_NEWEST = "(SELECT position FROM newest) - %s"
# The sum keeps the order from FTS5, which would read backwards for it.
_WINDOW = f"""
    SELECT * FROM (
        SELECT rowid AS position FROM articles_search_index
        WHERE articles_search_index MATCH %s
            AND rowid BETWEEN {{first}} AND {_BEFORE_NEWEST}
        ORDER BY rowid + 0 DESC
        LIMIT %s
    )
"""
_DOUBLED_WINDOW = _WINDOW.format(first=f"max(%s, {_BEFORE_NEWEST})")
_LAST_WINDOW = _WINDOW.format(first="%s")


def newest_positions(
    expression: str, lowest: int, highest: int, limit: int, offset: int = 0
) -> tuple[str, list[Any]]:
    """A statement for the positions from ``lowest`` to ``highest``, both included, that match
    ``expression``, the highest first, and the values of its parameters."""
    parts: list[str] = []
    values: list[Any] = [highest, highest]
    near = 0
    for far in _distances(highest - lowest):
        parts.append(_DOUBLED_WINDOW)
        values += [expression, lowest, far - 1, near, offset + limit]
        near = far
    parts.append(_LAST_WINDOW)
    values += [expression, lowest, near, offset + limit]
    sql = f"WITH newest AS ({_NEWEST}) SELECT position FROM ({' UNION ALL '.join(parts)})"
    return f"{sql} LIMIT %s OFFSET %s", [*values, limit, offset]


def _distances(whole: int) -> Iterator[int]:
    """How far from the newest document each window ends but the last, which ends at the lowest
    position: ``whole`` from there at most."""
    for number in range(1, _DOUBLED + 1):
        far = distance_of((_FIRST_DAYS << number) - _FIRST_DAYS)
        if far > whole:
            break
        yield far
