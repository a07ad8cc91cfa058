"""How PostgreSQL is asked for matches along the months, and counts them.

A GIN index knows no order. The newest matches are found by asking for the newest month, then for
the two before it, the four before those and so on until a page is full: a word in half of all
articles is answered from one month, a rare one from all of them, and neither by sorting every
match or by walking every article. One statement does it, each stretch of months run only when
the ones before it gave too few.

A stretch is asked for once, however long. For that the index knows in which blocks of months a
document lies, of one month, of two, of four and so on: no more than five blocks, each a quarter as
long, cover a stretch, and the month itself leaves out what reaches beyond it.
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
# Stretches up to this power hold all the months of which there are positions.
_LONGEST_POWER = 14
# Blocks are as many months long as 2 to their level; a stretch asks for those of a level so much
# lower than its own power. Another choice of levels takes an index made anew.
_SHORTER = 2
_LEVELS = range(_LONGEST_POWER - _SHORTER + 1)
# A block is a number: its level and, in so many bits below, its place among those of that level.
_BLOCK_BITS = 16

_BLOCKS_OF_MONTH = ", ".join(f"{level << _BLOCK_BITS} | (month >> {level})" for level in _LEVELS)
BLOCKS = f"""
    CREATE OR REPLACE FUNCTION articles_search_blocks(month integer) RETURNS integer[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ SELECT ARRAY[{_BLOCKS_OF_MONTH}] $$
"""
"""Makes the function that tells the blocks of a month, which the index calls."""

# Those of the stretch that is as many months long as 2 to the ``power``.
_NEWEST_FIRST = "greatest(first, last + 2 - (2 << power)) AS since, last + 1 - (1 << power)"
_OLDEST_FIRST = "first - 1 + (1 << power) AS since, least(last, first - 2 + (2 << power))"
# The nested loop that LATERAL asks for runs in the order of the stretches and ends at the limit.
# OFFSET and MATERIALIZED keep the ends of a stretch from being worked out for each document.
_MATCHES = f"""
    SELECT hit.position
    FROM (
        SELECT since, until, ARRAY(
            SELECT level << {_BLOCK_BITS} | block
            FROM generate_series(since >> level, until >> level) AS block
        ) AS blocks
        FROM (
            SELECT greatest(power - {_SHORTER}, 0) AS level, {{months}} AS until
            FROM span CROSS JOIN generate_series(0, {_LONGEST_POWER}) AS power
            WHERE 1 << power <= last - first + 1
        ) AS of_power
        OFFSET 0
    ) AS stretch
    CROSS JOIN LATERAL (
        SELECT position FROM articles_search_document
        WHERE articles_search_blocks(month) && stretch.blocks
            AND month BETWEEN since AND until AND {{condition}}
        {{order}}
        LIMIT %s
    ) AS hit
    LIMIT %s
"""
# Not for the index, which would look for all of the words by themselves.
_STANDING = "(words @@ %s::tsquery) IS TRUE"


def positions_of(match: Match, limit: int, *, newest_first: bool) -> Statement:
    """The positions of the matches in order and no more than ``limit``."""
    order = f"ORDER BY position {'DESC' if newest_first else 'ASC'}"
    return _matches(match, limit, _NEWEST_FIRST if newest_first else _OLDEST_FIRST, order)


def count_of(match: Match, limit: int) -> Statement:
    """How many match; ``limit`` if they are as many or more."""
    sql, values = _matches(match, limit, _NEWEST_FIRST)
    return f"SELECT count(*) FROM ({sql}) AS found", values


def _matches(match: Match, limit: int, months: str, order: str = "") -> Statement:
    condition, values = _condition(match)
    sql = _MATCHES.format(months=months, condition=condition, order=order)
    return f"WITH span AS MATERIALIZED ({_SPAN}) {sql}", [*_span(match), *values, limit, limit]


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
