"""Answers criteria: a page of articles, or those after a cursor."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from articles.listings import Listing, lines, lines_with_body
from articles.models import Article, ListingKind
from articles.search.backend import Match
from articles.search.backends import backend_of
from articles.search.criteria import Criteria, CriteriaError, Filter, Order, listing_of
from articles.search.documents import EVERY_ARTICLE, filter_token
from articles.search.positions import article_at, first_position, last_position, position_of
from articles.search.ranking import RANKED, ranked
from articles.search.vocabulary import ENTITIES

COUNTED = 10_000
MOST_PAGES = 500

Cursor = tuple[datetime, int]


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
    """The articles on one side of a cursor, in the order asked for, and whether there are more."""

    articles: list[Article]
    has_next: bool
    has_previous: bool


def find(criteria: Criteria, *, page: int = 1, size: int = 20) -> Results:
    """Page ``page``, counted from 1, of what ``criteria`` ask for.

    One list, without words, is read from the listings: any page of it, and its exact count. Else
    pages go as far as ``MOST_PAGES``; beyond raises ``CriteriaError``. Neither holds what was
    taken out of search.
    """
    listing = listing_for(criteria) if criteria.order == Order.NEWEST else None
    if listing:
        found = replace(listing, findable=True).page(page, size)
        return Results(found.articles, found.count, True, page, size, found.has_next)
    if page > MOST_PAGES:
        message = f"Pages end at {MOST_PAGES}. Narrow the search by dates to see what comes after."
        raise CriteriaError({"page": [message]})
    match = _match(criteria)
    if match is None:
        return Results([], 0, True, page, size, has_next=False)
    offset = (page - 1) * size
    positions = _positions(criteria, match, limit=size + 1, offset=offset)
    shown, has_next = positions[:size], len(positions) > size and page < MOST_PAGES
    # The last page tells the count, unless it is the last only of those that are ranked.
    is_last = len(positions) <= size and (shown or page == 1) and offset + size < RANKED
    total = Count(offset + len(shown)) if is_last else _count(match)
    return Results(_articles(criteria, shown), total.number, total.is_exact, page, size, has_next)


def find_after(
    criteria: Criteria, after: Cursor | None, *, size: int, backwards: bool = False
) -> Slice:
    """At most ``size`` articles that follow ``after``, or with ``backwards`` precede it.

    ``after`` is the ``public_from`` and id of an article of an earlier answer. It costs the same
    however deep. Relevance is read within the thousand articles that are ranked.
    """
    match = _match(criteria)
    if match is None:
        return Slice([], has_next=False, has_previous=False)
    if criteria.order == Order.RELEVANCE:
        positions = _beside(_ranked(criteria, match), after, size, backwards=backwards)
    else:
        positions = _streamed(criteria, match, after, size, backwards=backwards)
    has_more = len(positions) > size
    positions = positions[:size]
    if backwards:
        positions.reverse()
    return Slice(
        _articles(criteria, positions),
        has_next=backwards or has_more,
        has_previous=has_more if backwards else after is not None,
    )


def count(criteria: Criteria, *, exact: bool = False) -> Count:
    """How many articles match: exact up to 10,000, for a single list, and when asked to be."""
    listing = listing_for(criteria)
    if listing:
        return Count(listing.count())
    match = _match(criteria)
    return _count(match, exact=exact) if match else Count(0)


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


def newest_matches(criteria: Criteria, limit: int) -> list[int]:
    """The positions of the newest articles that match, whatever order ``criteria`` ask for."""
    match = _match(criteria)
    if match is None:
        return []
    connection = _connection()
    return backend_of(connection).positions(connection, match, newest_first=True, limit=limit)


def _match(criteria: Criteria) -> Match | None:
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


def _positions(criteria: Criteria, match: Match, *, limit: int, offset: int) -> list[int]:
    if criteria.order == Order.RELEVANCE:
        return _ranked(criteria, match)[offset : offset + limit]
    connection = _connection()
    return backend_of(connection).positions(
        connection,
        match,
        newest_first=criteria.order == Order.NEWEST,
        limit=limit,
        offset=offset,
    )


def _ranked(criteria: Criteria, match: Match) -> list[int]:
    connection = _connection()
    backend = backend_of(connection)
    newest = backend.positions(connection, match, newest_first=True, limit=RANKED)
    documents = backend.read(connection, [article_at(position) for position in newest])
    return ranked(match.query, documents)


def _streamed(
    criteria: Criteria, match: Match, after: Cursor | None, size: int, *, backwards: bool
) -> list[int]:
    """One position more than ``size``, outwards from the cursor."""
    newest_first = (criteria.order == Order.NEWEST) != backwards
    if after:
        position = position_of(*after)
        match = (
            replace(match, highest=min(match.highest, position - 1))
            if newest_first
            else replace(match, lowest=max(match.lowest, position + 1))
        )
    connection = _connection()
    return backend_of(connection).positions(
        connection, match, newest_first=newest_first, limit=size + 1
    )


def _beside(positions: list[int], after: Cursor | None, size: int, *, backwards: bool) -> list[int]:
    """One position more than ``size``, outwards from the cursor; nothing when it has gone."""
    if backwards:
        positions.reverse()
    if after is None:
        return positions[: size + 1]
    position = position_of(*after)
    if position not in positions:
        return []
    start = positions.index(position) + 1
    return positions[start : start + size + 1]


def _count(match: Match, *, exact: bool = False) -> Count:
    connection = _connection()
    limit = sys.maxsize if exact else COUNTED + 1
    counted = backend_of(connection).count(connection, match, limit)
    if counted > COUNTED and not exact:
        return Count(COUNTED, is_exact=False)
    return Count(counted)


def _articles(criteria: Criteria, positions: Sequence[int]) -> list[Article]:
    """The articles at ``positions``, in that order, by the one public rule."""
    # Passages are shown of what is searched by words.
    read = lines_with_body if criteria.q else lines
    return [
        article
        for article in read([article_at(position) for position in positions])
        if article.is_public()
    ]


def _connection() -> BaseDatabaseWrapper:
    return connections[router.db_for_read(Article)]
