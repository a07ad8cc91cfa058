"""Answers criteria: a page of articles, or those after a cursor."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from articles.listings import Listing, lines, lines_with_body
from articles.models import Article, ListingKind
from articles.search.asking.criteria import Criteria, CriteriaError, Filter, Order, listing_of
from articles.search.asking.vocabulary import ENTITIES
from articles.search.finding.ranking import RANKED, Scale, Weighed, ranked, weigh
from articles.search.index.backend import Match
from articles.search.index.backends import for_readers
from articles.search.index.backends.patience import Patience, TooLongError
from articles.search.index.documents import EVERY_ARTICLE, filter_token
from articles.search.index.positions import article_at, first_position, last_position

COUNTED = 10_000
"""As far as is counted for programs."""

COUNTED_FOR_READERS = 2_000
"""As far as is counted for a page: so many are counted for facets, too. In a large archive to count
takes longer than to find, in proportion."""

MOST_PAGES = 500

_NARROW = "Add a rarer word or a filter, or narrow it by dates"

Mark = tuple[float, ...]
"""Where an article stands in the order of a search: plain numbers, to be kept in a cursor."""

_Marked = tuple[int, Mark]


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles match, or at least match."""

    number: int
    is_exact: bool = True


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found. With words in the search the articles have their bodies."""

    articles: list[Article]
    count: int
    count_is_exact: bool
    page: int
    size: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.page > 1


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


def find(
    criteria: Criteria, *, page: int = 1, size: int = 20, patience: Patience | None = None
) -> Results:
    """Page ``page``, counted from 1, of what ``criteria`` ask for.

    One list, without words, is read from the listings: any page of it, and its exact count. Else
    pages go as far as ``last_page``; beyond raises ``CriteriaError``, and so does a search that
    looks through too much. Neither holds what was taken out of search.
    """
    listing = listing_for(criteria) if criteria.order == Order.NEWEST else None
    if listing:
        found = replace(listing, findable=True).page(page, size)
        return Results(found.articles, found.count, True, page, size, found.has_next)
    if page > (last := last_page(criteria.order, size)):
        message = f"Pages end at {last}. Narrow the search by dates to see what comes after."
        raise CriteriaError({"page": [message]})
    match = match_of(criteria)
    if match is None:
        return Results([], 0, True, page, size, has_next=False)
    offset = (page - 1) * size
    patience = patience or Patience()
    with _refusing(criteria):
        positions = _positions(criteria, match, patience, limit=size + 1, offset=offset)
    shown, has_next = positions[:size], len(positions) > size and page < last
    # The last page tells the count, unless it is the last only of those that are ranked.
    is_last = len(positions) <= size and (shown or page == 1) and offset + size < RANKED
    known = offset + len(positions) - 1 if positions else 0
    total = (
        Count(offset + len(shown))
        if is_last
        else _count(criteria, match, patience, known, COUNTED_FOR_READERS)
    )
    return Results(_articles(criteria, shown), total.number, total.is_exact, page, size, has_next)


def last_page(order: Order, size: int) -> int:
    """How far pages go that are not of one list: by relevance to the end of what is ranked."""
    return min(MOST_PAGES, -(-RANKED // size)) if order == Order.RELEVANCE else MOST_PAGES


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
    with _refusing(criteria):
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


def listing_for(criteria: Criteria) -> Listing | None:
    """The one list, read from either end, that ``criteria`` amount to, or None."""
    if criteria.q or len(criteria.filters) > 1:
        return None
    since, until = criteria.bounds
    if not criteria.filters:
        return Listing(ListingKind.ARCHIVE, since=since, until=until)
    chosen = criteria.filters[0]
    if chosen.parameter not in ENTITIES or len(chosen.choices) > 1 or chosen.excluded:
        return None
    return Listing(listing_of(chosen.parameter), int(chosen.choices[0].key), since, until)


def newest_matches(criteria: Criteria, limit: int, patience: Patience | None = None) -> list[int]:
    """The positions of the newest articles that match, whatever order ``criteria`` ask for; raises
    ``CriteriaError`` when that looks through too much."""
    match = match_of(criteria)
    if match is None:
        return []
    connection = _connection()
    index = for_readers(connection, patience or Patience())
    with _refusing(criteria):
        return index.positions(connection, match, newest_first=True, limit=limit)


def match_of(criteria: Criteria) -> Match | None:
    """What to ask the index; None when words were typed of which none can be searched for."""
    query = criteria.query
    if criteria.q and not query:
        return None
    wanted = [_tokens(chosen) for chosen in criteria.filters if not chosen.excluded]
    unwanted = [_tokens(chosen) for chosen in criteria.filters if chosen.excluded]
    if not wanted and not query.groups:
        wanted = [(EVERY_ARTICLE,)]
    since, until = criteria.bounds
    now = last_position(timezone.now())
    return Match(
        query,
        tuple(wanted),
        lowest=first_position(since or datetime.min.replace(tzinfo=UTC)),
        highest=min(now, first_position(until) - 1) if until else now,
        excluded=tuple(chain.from_iterable(unwanted)),
    )


def _tokens(chosen: Filter) -> tuple[str, ...]:
    return tuple(filter_token(chosen.parameter, choice.key) for choice in chosen.choices)


def _positions(
    criteria: Criteria, match: Match, patience: Patience, *, limit: int, offset: int
) -> list[int]:
    if criteria.order == Order.RELEVANCE:
        return _ranked(match, patience)[offset : offset + limit]
    connection = _connection()
    return for_readers(connection, patience).positions(
        connection,
        match,
        newest_first=criteria.order == Order.NEWEST,
        limit=limit,
        offset=offset,
    )


def _ranked(match: Match, patience: Patience) -> list[int]:
    connection = _connection()
    return ranked(match.query, for_readers(connection, patience).newest(connection, match, RANKED))


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
    connection = _connection()
    positions = for_readers(connection, patience).positions(
        connection, match, newest_first=newest_first, limit=size + 1
    )
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
    connection = _connection()
    scale, limit = None, RANKED
    if after:
        lowest, highest, mean, newest_day, *rarities = after[2:]
        match = replace(match, lowest=int(lowest), highest=int(highest))
        scale, limit = Scale(mean, int(newest_day), tuple(rarities)), 2 * RANKED
    newest = for_readers(connection, patience).newest(connection, match, limit)
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
    connection = _connection()
    limit = sys.maxsize if most is None else most + 1
    try:
        counted = for_readers(connection, patience).count(connection, match, limit)
    except TooLongError as error:
        if most is None:
            message = f"Counting all of these takes too long. {_NARROW}, or leave count out."
            raise CriteriaError({"count": [message]}) from error
        if not known:
            raise _too_much(criteria) from error
        return Count(known, is_exact=False)
    if most is not None and counted > most:
        return Count(max(most, known), is_exact=False)
    return Count(counted)


@contextmanager
def _refusing(criteria: Criteria) -> Iterator[None]:
    try:
        yield
    except TooLongError as error:
        raise _too_much(criteria) from error


def _too_much(criteria: Criteria) -> CriteriaError:
    (parameter, _), *_others = criteria.params or [("q", "")]
    return CriteriaError({parameter: [f"This search looks through too much. {_NARROW}."]})


def _articles(criteria: Criteria, positions: Sequence[int]) -> list[Article]:
    """The articles at ``positions``, in that order, by the one public rule, and without what was
    taken out of search since."""
    # Passages are shown of what is searched by words.
    read = lines_with_body if criteria.q else lines
    return [
        article
        for article in read([article_at(position) for position in positions])
        if article.is_public() and not article.deindexed_at
    ]


def _connection() -> BaseDatabaseWrapper:
    return connections[router.db_for_read(Article)]
