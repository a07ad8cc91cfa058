"""How PostgreSQL is asked for matches along the months, and counts them.

A GIN index knows no order. The newest matches are found by asking for the newest month, then for
the two before it, the four before those and so on until a page is full: a word in half of all
articles is answered from one month, a rare one from all of them, and neither by sorting every
match or by walking every article. One statement does it, each stretch of months run only when
the ones before it gave too few.
"""
# ruff: noqa: S608 (statements are put together from constants, values are parameters)

import itertools
from dataclasses import replace
from typing import Any

from articles.search.index.backend import Match
from articles.search.index.backends.tsearch import expression, nearness
from articles.search.index.positions import first_of_month, month_at

Statement = tuple[str, list[Any]]
"""SQL and the values of its parameters."""

# Not for the index, which would look for the words of each way to be near by themselves.
_NEAR = "AND (words @@ %s::tsquery) IS TRUE"
_POSITIONS = """
    SELECT hit.position
    FROM (VALUES {stretches}) AS stretch (months)
    CROSS JOIN LATERAL (
        SELECT position FROM articles_search_document
        WHERE month = ANY (stretch.months) AND words @@ %s::tsquery
            AND position BETWEEN %s AND %s {besides}
        ORDER BY position {order}
        LIMIT %s
    ) AS hit
    LIMIT %s
"""

_AT_ONCE = """
    SELECT 1 FROM articles_search_document
    WHERE words @@ %s::tsquery AND position BETWEEN %s AND %s {besides}
    LIMIT %s
"""
# By month many are counted the sooner, a few in the whole of the index: whether those before the
# recent months are many is told by the recent ones.
_COUNT = """
    WITH recent AS MATERIALIZED (SELECT count(*) AS number FROM ({recent}) AS found)
    SELECT number + CASE
        WHEN number >= %s THEN 0
        WHEN number * %s > %s THEN (SELECT count(*) FROM ({by_month}) AS found)
        ELSE (SELECT count(*) FROM ({at_once}) AS found)
    END FROM recent
"""
_RECENT = 5  # stretches, of 31 months together
_MANY = 20_000


def stretches_of(match: Match, *, newest_first: bool) -> list[list[int]]:
    """The months that ``match``, which is bounded, may reach, in order, each stretch twice as long
    as the last."""
    months = range(month_at(match.lowest), month_at(match.highest) + 1)
    remaining = iter(reversed(months) if newest_first else months)
    widths = (2**power for power in itertools.count())
    return list(iter(lambda: list(itertools.islice(remaining, next(widths))), []))


def positions_of(
    match: Match, stretches: list[list[int]], limit: int, *, newest_first: bool
) -> Statement:
    """The positions of the matches in these stretches, in order and no more than ``limit``."""
    # The nested loop that LATERAL asks for runs in the order of VALUES and ends at the limit.
    besides, values = _condition(match)
    sql = _POSITIONS.format(
        stretches=", ".join(["(%s::integer[])"] * len(stretches)),
        besides=besides,
        order="DESC" if newest_first else "ASC",
    )
    return sql, [*stretches, *values, limit, limit]


def count_of(match: Match, stretches: list[list[int]], limit: int) -> Statement:
    """How many match in these stretches; ``limit`` or more if they are as many."""
    recent, before = stretches[:_RECENT], stretches[_RECENT:]
    in_recent, values = positions_of(match, recent, limit, newest_first=True)
    if not before:
        return f"SELECT count(*) FROM ({in_recent}) AS found", values
    older = replace(match, highest=first_of_month(recent[-1][-1]) - 1)
    by_month, of_months = positions_of(older, before, limit, newest_first=True)
    at_once, of_all = _at_once(older, limit)
    ratio = sum(map(len, before)) / sum(map(len, recent))
    sql = _COUNT.format(recent=in_recent, by_month=by_month, at_once=at_once)
    return sql, [*values, limit, ratio, _MANY, *of_months, *of_all]


def _at_once(match: Match, limit: int) -> Statement:
    """For the matches in no order, without asking month by month."""
    besides, values = _condition(match)
    return _AT_ONCE.format(besides=besides), [*values, limit]


def _condition(match: Match) -> Statement:
    """What is asked besides words and positions, and the values of it all."""
    near = nearness(match.query)
    values = [expression(match), match.lowest, match.highest]
    return (_NEAR, [*values, near]) if near else ("", values)
