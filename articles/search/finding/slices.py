"""Answers criteria for programs: the articles on one side of a mark, however deep."""

import sys
from dataclasses import dataclass, replace

from articles.search.asking.criteria import Criteria, CriteriaError, Order
from articles.search.finding.matching import (
    NARROW,
    Count,
    count_of,
    match_of,
    newest_documents,
    positions_of,
    refusing,
    too_much,
)
from articles.search.finding.ranking import RANKED, Scale, Weighed, weigh
from articles.search.index.backend import Match
from articles.search.index.backends.patience import Patience, TooLongError
from articles.search.index.positions import article_at

COUNTED = 10_000
"""As far as is counted, unless a program wants to know exactly."""

Mark = tuple[float, ...]
"""Where an article stands in the order of a search: plain numbers, to be kept in a cursor."""

_Marked = tuple[int, Mark]


@dataclass(frozen=True, slots=True)
class Slice:
    """The articles on one side of a mark, in the order asked for, how many match in all, whether
    there are more on each side, and the marks of the first and the last; None when there is none.
    """

    article_ids: list[int]
    count: Count
    has_next: bool = False
    has_previous: bool = False
    first: Mark | None = None
    last: Mark | None = None


def find_after(
    criteria: Criteria,
    after: Mark | None,
    *,
    size: int,
    backwards: bool = False,
    exact: bool = False,
    patience: Patience | None = None,
) -> Slice:
    """At most ``size`` articles that follow ``after``, or with ``backwards`` precede it; all that
    match are counted, to ``COUNTED`` or with ``exact`` to the end. Raises ``CriteriaError`` when
    that, or finding them, takes longer than ``patience`` lasts.

    ``after`` is a mark of an earlier answer; whether its article is still there does not matter.
    It costs the same however deep. By relevance, the articles are those among the thousand newest
    when the first page was read, measured as they were then: nothing published, changed or
    withdrawn since moves another article.
    """
    match = match_of(criteria)
    if match is None:
        return Slice([], Count(0))
    patience = patience or Patience()
    beyond = _ranked_after if criteria.order == Order.RELEVANCE else _streamed
    with refusing(criteria):
        found = beyond(criteria, match, patience, after, size, backwards)
    known, has_more = len(found), len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    count = _count(criteria, match, patience, known, None if exact else COUNTED)
    if not found:
        return Slice([], count)
    return Slice(
        [pk for pk, _ in found],
        count,
        has_next=backwards or has_more,
        has_previous=has_more if backwards else after is not None,
        first=found[0][1],
        last=found[-1][1],
    )


def _streamed(
    criteria: Criteria,
    match: Match,
    patience: Patience,
    after: Mark | None,
    size: int,
    backwards: bool,
) -> list[_Marked]:
    """One article more than ``size``, outwards from the mark: its position."""
    newest_first = (criteria.order == Order.NEWEST) != backwards
    if after:
        position = int(after[0])
        match = (
            replace(match, highest=min(match.highest, position - 1))
            if newest_first
            else replace(match, lowest=max(match.lowest, position + 1))
        )
    positions = positions_of(match, patience, newest_first=newest_first, limit=size + 1)
    return [(article_at(position), (position,)) for position in positions]


def _ranked_after(
    criteria: Criteria,
    match: Match,
    patience: Patience,
    after: Mark | None,
    size: int,
    backwards: bool,
) -> list[_Marked]:
    """The same by relevance. The mark is a score and a position, between which positions were
    ranked, and by which scale."""
    scale, limit = None, RANKED
    if after:
        lowest, highest, mean, newest_day, *rarities = after[2:]
        match = replace(match, lowest=int(lowest), highest=int(highest))
        scale, limit = Scale(mean, int(newest_day), tuple(rarities)), 2 * RANKED
    newest = newest_documents(match, patience, limit)
    weighed, scale = weigh(match.query, newest, scale)
    if after:
        mark = Weighed(after[0], int(after[1]))
        weighed = [one for one in weighed if (one > mark if backwards else one < mark)]
    elif len(newest) == limit:
        match = replace(match, lowest=newest[-1].position)
    if backwards:
        weighed.reverse()
    measured_by = (match.lowest, match.highest, scale.mean, scale.newest, *scale.rarities)
    return [(article_at(one.position), (*one, *measured_by)) for one in weighed[: size + 1]]


def _count(
    criteria: Criteria, match: Match, patience: Patience, known: int, most: int | None
) -> Count:
    """As many as match, up to ``most`` if that is said, or where counting takes too long the
    ``known``."""
    limit = sys.maxsize if most is None else most + 1
    try:
        counted = count_of(match, patience, limit)
    except TooLongError as error:
        if most is None:
            message = f"Counting all of these takes too long. {NARROW}, or leave count out."
            raise CriteriaError({"count": [message]}) from error
        if not known:
            raise too_much(criteria) from error
        return Count(known, is_exact=False)
    if most is not None and counted > most:
        return Count(max(most, known), is_exact=False)
    return Count(counted)
