"""What an index is asked and given, whichever database holds it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Protocol

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search.words.query import Query

TABLE = "articles_search_document"
"""The table of the documents, in both databases."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article as the index holds it: words separated by single spaces.

    ``position`` is its place in the order of publication (see
    ``articles.search.index.positions``). ``filters`` names the lists it stands in and its language,
    such as ``:place:22``; the colon keeps these tokens apart from every word of a text.
    ``compounds`` are words of the texts that others may write as one (see
    ``articles.search.words.tokens``); the index has no column for them.
    """

    position: int
    article_id: int
    headline: str
    names: str
    text: str
    filters: str
    compounds: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Match:
    """What to look for: the words of a query, of each group of filter tokens at least one, and none
    of the tokens ``excluded``, between two positions, both included. There is at least one word or
    token that is not excluded. With ``in_words`` the query's words must be the article's own, not
    what is known of it besides: its names do not count."""

    query: Query
    filters: tuple[tuple[str, ...], ...]
    lowest: int
    highest: int
    excluded: tuple[str, ...] = ()
    in_words: bool = False


class Backend(Protocol):
    """A full-text index. What matches is found along the positions, as far as a limit: how much is
    looked through for that depends on the words; for readers it ends when their patience does, and
    ``positions``, ``count``, ``counts`` and ``newest`` raise ``TooLongError``."""

    columns: ClassVar[tuple[str, ...]]
    """Of the table of documents, without what the database finds itself."""

    def create(self, connection: BaseDatabaseWrapper) -> None:
        """Create the tables of the index."""

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        """Remove them and what they hold."""

    def positions(
        self,
        connection: BaseDatabaseWrapper,
        match: Match,
        *,
        newest_first: bool,
        limit: int,
        offset: int = 0,
    ) -> list[int]:
        """The positions of matching articles in order."""

    def count(self, connection: BaseDatabaseWrapper, match: Match, limit: int) -> int:
        """How many articles match, counted no further than ``limit``."""

    def counts(
        self, connection: BaseDatabaseWrapper, matches: Sequence[Match], limit: int
    ) -> list[int]:
        """How many articles each of several matches, counted no further than ``limit``. One query;
        there is at least one match."""

    def read(self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]) -> list[Document]:
        """The documents of these articles, in no order; their filters may be left out."""

    def newest(self, connection: BaseDatabaseWrapper, match: Match, limit: int) -> list[Document]:
        """The documents of the newest matching articles; their filters may be left out."""

    def filters(
        self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]
    ) -> dict[int, set[str]]:
        """The filter tokens in the documents of these articles."""

    def kept_words(
        self, connection: BaseDatabaseWrapper, language: str, words: Sequence[str]
    ) -> list[str]:
        """Those of ``words`` that are kept as words of the archive in ``language``."""

    def article_ids(self, connection: BaseDatabaseWrapper, after: int, limit: int) -> list[int]:
        """The ids above ``after`` of articles that have a document, the lowest first."""

    def unindexed(
        self, connection: BaseDatabaseWrapper, positions: Sequence[int], token: str
    ) -> list[int]:
        """Those of the positions whose documents, though stored, are not found by a filter token
        that they have, or by which of their words follow one another."""

    def row(self, document: Document) -> tuple[Any, ...]:
        """The document as a row of ``TABLE``, its values in the order of ``columns``, in a form
        that can be copied into it as text."""

    def write(self, connection: BaseDatabaseWrapper, documents: Sequence[Document]) -> None:
        """Add documents of articles that have none."""

    def remove(self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]) -> None:
        """Remove the documents of these articles, if they have any."""

    def tidy(self, connection: BaseDatabaseWrapper) -> None:
        """Sort in what was written lately, where each search looks through that until then."""

    def settle(self, connection: BaseDatabaseWrapper) -> None:
        """Put the index in its quickest form, after it was filled."""
