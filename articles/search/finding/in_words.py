"""Which articles have a name in their own words, whoever is linked in them.

The index folds and parts words as ``articles.search.words.tokens`` says, which is coarser than
linking: what it finds are candidates. It answers for the articles that have a document; drafts,
withdrawn ones and those taken out of search have none, and are found by reading their texts, which
``stand_in`` tests by the same rules.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from django.db import connections, router

from articles.models import Article
from articles.search.index.backend import Match
from articles.search.index.backends import backend_of
from articles.search.index.positions import article_at, first_position, last_position
from articles.search.words.query import Query, Term
from articles.search.words.tokens import words

Phrases = tuple[Term, ...]


def phrases(names: Iterable[str]) -> Phrases:
    """What to look for to find any of ``names``: each as a phrase, and an abbreviation also
    without its full stops. Empty when no name has a word in it."""
    found: dict[tuple[str, ...], None] = {}
    for name in names:
        for spelling in (name, name.replace(".", "")):
            found[tuple(words(spelling))] = None
    return tuple(Term(each) for each in found if each)


def articles_with(wanted: Phrases, limit: int) -> list[int]:
    """The ids of articles that have any of the phrases in headline or text, the newest first;
    those scheduled for later are among them."""
    if not wanted:
        return []
    connection = connections[router.db_for_read(Article)]
    positions = backend_of(connection).positions(
        connection, _match(wanted), newest_first=True, limit=limit
    )
    return [article_at(position) for position in positions]


def count_with(wanted: Phrases, limit: int) -> int:
    """How many articles those are, counted no further than ``limit``."""
    if not wanted:
        return 0
    connection = connections[router.db_for_read(Article)]
    return backend_of(connection).count(connection, _match(wanted), limit)


def stand_in(text: str, wanted: Sequence[Term]) -> bool:
    """Whether any of the phrases stands in ``text``, by the same rules."""
    # Between spaces, as no word contains one.
    spaced = f" {' '.join(words(text))} "
    return any(f" {' '.join(term.words)} " in spaced for term in wanted)


def _match(wanted: Phrases) -> Match:
    return Match(
        Query(groups=(wanted,)),
        filters=(),
        lowest=first_position(datetime.min.replace(tzinfo=UTC)),
        highest=last_position(datetime.max.replace(tzinfo=UTC)),
        in_words=True,
    )
