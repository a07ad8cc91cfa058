"""Answers criteria for readers: a page of articles, from one look into the index.

What is read for it, the newest thousand matches, is ranked for the best of them, says how many
match, and tells what they are about (see ``articles.search.finding.facets``). In a large archive to
look takes longer than all else, in proportion.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.listings import Listing, lines, lines_with_body
from articles.models import Article, ListingKind
from articles.search.asking.criteria import Criteria, CriteriaError, Order, listing_of
from articles.search.asking.vocabulary import ENTITIES
from articles.search.finding.matching import (
    Count,
    match_of,
    newest_documents,
    positions_of,
    refusing,
)
from articles.search.finding.ranking import RANKED, ranked
from articles.search.index.backend import Match
from articles.search.index.backends.patience import Patience, TooLongError
from articles.search.index.positions import article_at

READ = RANKED
"""As many matches are read for a page, which counts no further."""

MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Results:
    """A page of what was found. With words in the search the articles have their bodies.

    ``newest`` are the positions of the newest that match, one more than ``READ`` where there are
    more; None when finding the page did not tell.
    """

    articles: list[Article]
    count: Count
    page: int
    size: int
    has_next: bool
    newest: Sequence[int] | None = None

    @property
    def has_previous(self) -> bool:
        return self.page > 1


@dataclass(frozen=True, slots=True)
class _Found:
    """The positions of a page, and of the next article if there is one; and see ``Results``."""

    positions: Sequence[int]
    count: Count
    newest: Sequence[int] | None = None


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
        listed = replace(listing, findable=True).page(page, size)
        return Results(listed.articles, Count(listed.count), page, size, listed.has_next)
    if page > (last := last_page(criteria.order, size)):
        message = f"Pages end at {last}. Narrow the search by dates to see what comes after."
        raise CriteriaError({"page": [message]})
    match = match_of(criteria)
    if match is None:
        return Results([], Count(0), page, size, has_next=False, newest=())
    offset = (page - 1) * size
    patience = patience or Patience()
    with refusing(criteria):
        found = (
            _best(match, patience, offset, size)
            if criteria.order == Order.RELEVANCE
            else _in_time(match, patience, offset, size, criteria.order == Order.NEWEST)
        )
    articles = _articles(criteria, found.positions[:size])
    has_next = len(found.positions) > size and page < last
    return Results(articles, found.count, page, size, has_next, found.newest)


def last_page(order: Order, size: int) -> int:
    """How far pages go that are not of one list: by relevance to the end of what is ranked."""
    return min(MOST_PAGES, -(-RANKED // size)) if order == Order.RELEVANCE else MOST_PAGES


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


def _best(match: Match, patience: Patience, offset: int, size: int) -> _Found:
    documents = newest_documents(match, patience, RANKED + 1)
    newest = [document.position for document in documents]
    best = ranked(match.query, documents[:RANKED])
    return _Found(best[offset : offset + size + 1], _counted(newest, RANKED), newest)


def _in_time(
    match: Match, patience: Patience, offset: int, size: int, newest_first: bool
) -> _Found:
    """The page out of all that is read; by itself where that takes too long."""
    most = max(READ, offset + size)
    try:
        with patience.halved():
            read = positions_of(match, patience, newest_first=newest_first, limit=most + 1)
    except TooLongError:
        return _alone(match, patience, offset, size, newest_first)
    count = _counted(read, most)
    newest = None
    if newest_first:
        newest = read[: READ + 1]
    elif count.is_exact:
        newest = read[::-1][: READ + 1]
    return _Found(read[offset : offset + size + 1], count, newest)


def _alone(match: Match, patience: Patience, offset: int, size: int, newest_first: bool) -> _Found:
    read = positions_of(match, patience, newest_first=newest_first, limit=size + 1, offset=offset)
    if offset and not read:
        raise TooLongError
    patience.end()
    return _Found(read, Count(offset + min(len(read), size), is_exact=len(read) <= size))


def _counted(read: Sequence[int], most: int) -> Count:
    return Count(min(len(read), most), is_exact=len(read) <= most)


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
