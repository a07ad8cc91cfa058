"""What criteria ask the index for, and asking it with the patience there is."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from articles.models import Article
from articles.search.asking.criteria import Criteria, CriteriaError, Filter
from articles.search.index.backend import Document, Match
from articles.search.index.backends import for_readers
from articles.search.index.backends.patience import Patience, TooLongError
from articles.search.index.documents import EVERY_ARTICLE, filter_token
from articles.search.index.positions import first_position, last_position

NARROW = "Add a rarer word or a filter, or narrow it by dates"


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles match, or at least match."""

    number: int
    is_exact: bool = True


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


def newest_matches(criteria: Criteria, limit: int, patience: Patience | None = None) -> list[int]:
    """The positions of the newest articles that match, whatever order ``criteria`` ask for; raises
    ``CriteriaError`` when that looks through too much."""
    match = match_of(criteria)
    if match is None:
        return []
    with refusing(criteria):
        return positions_of(match, patience or Patience(), newest_first=True, limit=limit)


def positions_of(
    match: Match, patience: Patience, *, newest_first: bool, limit: int, offset: int = 0
) -> list[int]:
    """The positions of matches in order; raises ``TooLongError``."""
    connection = _connection()
    return for_readers(connection, patience).positions(
        connection, match, newest_first=newest_first, limit=limit, offset=offset
    )


def newest_documents(match: Match, patience: Patience, limit: int) -> list[Document]:
    """The documents of the newest matches, the newest first; raises ``TooLongError``."""
    connection = _connection()
    return for_readers(connection, patience).newest(connection, match, limit)


def count_of(match: Match, patience: Patience, limit: int) -> int:
    """How many match, counted no further than ``limit``; raises ``TooLongError``."""
    connection = _connection()
    return for_readers(connection, patience).count(connection, match, limit)


@contextmanager
def refusing(criteria: Criteria) -> Iterator[None]:
    """Raises ``CriteriaError`` when what is done within looks through too much."""
    try:
        yield
    except TooLongError as error:
        raise too_much(criteria) from error


def too_much(criteria: Criteria) -> CriteriaError:
    """Says so of ``criteria``, and what to do."""
    (parameter, _), *_others = criteria.params or [("q", "")]
    return CriteriaError({parameter: [f"This search looks through too much. {NARROW}."]})


def _tokens(chosen: Filter) -> tuple[str, ...]:
    return tuple(filter_token(chosen.parameter, choice.key) for choice in chosen.choices)


def _connection() -> BaseDatabaseWrapper:
    return connections[router.db_for_read(Article)]
