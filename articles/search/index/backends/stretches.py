"""How PostgreSQL is asked for matches along the months, and counts them.

A GIN index knows no order. The newest matches are found by asking for the newest month, then for
the two before it, the four before those and so on until a page is full: a word in half of all
articles is answered from one month, a rare one from all of them, and neither by sorting every
match or by walking every article. One statement does it, each stretch of months run only when
the ones before it gave too few.
"""
# ruff: noqa: S608 (statements are put together from constants, values are parameters)

from typing import Any

from articles.models import ListingKind
from articles.search.index.backend import Match
from articles.search.index.backends.tsearch import expression, pairs_in, standing
from articles.search.index.positions import month_at

Statement = tuple[str, list[Any]]
"""SQL and the values of its parameters."""

_MONTH = """
    (extract(year FROM {0} AT TIME ZONE 'UTC') * 12
        + extract(month FROM {0} AT TIME ZONE 'UTC') - 1)::integer
"""
# The months of the archive that a match may reach, counted as ``month_at`` does. Each end is one
# look into the index of the lists.
_SPAN = f"""
    SELECT greatest(%s, {_MONTH.format("min(public_from)")}) AS first,
        least(%s, {_MONTH.format("max(public_from)")}) AS last
    FROM articles_listingentry WHERE kind = {ListingKind.ARCHIVE.value} AND key = 0
"""
# Those of the stretch that is as many months long as 2 to the ``power``.
_NEWEST_FIRST = "greatest(first, last + 2 - (2 << power)), last + 1 - (1 << power)"
_OLDEST_FIRST = "first - 1 + (1 << power), least(last, first - 2 + (2 << power))"
# The nested loop that LATERAL asks for runs in the order of the stretches and ends at the limit.
_POSITIONS = """
    SELECT hit.position
    FROM (
        SELECT ARRAY(SELECT generate_series({months})) AS months
        FROM span CROSS JOIN generate_series({powers}) AS power
        WHERE 1 << power <= last - first + 1
    ) AS stretch
    CROSS JOIN LATERAL (
        SELECT position FROM articles_search_document
        WHERE month = ANY (stretch.months) AND {condition}
        ORDER BY position {order}
        LIMIT %s
    ) AS hit
    LIMIT %s
"""
# Not for the index, which would look for all of the words by themselves.
_STANDING = "(words @@ %s::tsquery) IS TRUE"

# By month many are counted the sooner, a few in the whole of the index: whether those before the
# recent months are many is told by the recent ones.
_COUNT = """
    WITH span AS ({span}),
        recent AS MATERIALIZED (SELECT count(*) AS number FROM ({recent}) AS found)
    SELECT CASE
        WHEN number >= %s OR last - first < {months} THEN number
        WHEN number * (last - first - {months}) > {many} * {months}
            THEN number + (SELECT count(*) FROM ({by_month}) AS found)
        ELSE (SELECT count(*) FROM ({at_once}) AS found)
    END
    FROM recent, span
"""
_AT_ONCE = "SELECT 1 FROM articles_search_document WHERE {condition} LIMIT %s"
_MANY = 20_000

# So many stretches hold all the months of which there are positions.
_ALL = range(15)
_RECENT, _BEFORE = _ALL[:5], _ALL[5:]


def positions_of(match: Match, limit: int, *, newest_first: bool) -> Statement:
    """The positions of the matches in order and no more than ``limit``."""
    sql, values = _positions(match, limit, _ALL, newest_first=newest_first)
    return f"WITH span AS ({_SPAN}) {sql}", [*_span(match), *values]


def count_of(match: Match, limit: int) -> Statement:
    """How many match; ``limit`` or more if they are as many."""
    recent, of_recent = _positions(match, limit, _RECENT, newest_first=True)
    by_month, of_months = _positions(match, limit, _BEFORE, newest_first=True)
    condition, values = _condition(match)
    sql = _COUNT.format(
        span=_SPAN,
        recent=recent,
        months=sum(1 << power for power in _RECENT),
        many=_MANY,
        by_month=by_month,
        at_once=_AT_ONCE.format(condition=condition),
    )
    return sql, [*_span(match), *of_recent, limit, *of_months, *values, limit]


def _positions(match: Match, limit: int, powers: range, *, newest_first: bool) -> Statement:
    """The same in the stretches of these ``powers``, for a statement that has the span."""
    condition, values = _condition(match)
    sql = _POSITIONS.format(
        months=_NEWEST_FIRST if newest_first else _OLDEST_FIRST,
        powers=f"{powers[0]}, {powers[-1]}",
        condition=condition,
        order="DESC" if newest_first else "ASC",
    )
    return sql, [*values, limit, limit]


def _span(match: Match) -> list[int]:
    return [month_at(match.lowest), month_at(match.highest)]


def _condition(match: Match) -> Statement:
    """What is asked besides the month, and the values of it."""
    asked: list[tuple[str, Any]] = [
        ("position >= %s", match.lowest),
        ("position <= %s", match.highest),
        *((f"pairs {operator} %s::smallint[]", pairs) for operator, pairs in pairs_in(match)),
    ]
    if words := expression(match):
        asked.append(("words @@ %s::tsquery", words))
    if words := standing(match):
        asked.append((_STANDING, words))
    conditions, values = zip(*asked, strict=True)
    return " AND ".join(conditions), list(values)
