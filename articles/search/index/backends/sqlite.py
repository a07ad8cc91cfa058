"""The index on SQLite: an FTS5 table over a table of documents.

The documents' key is their position, so FTS5 yields matches in the order of publication and stops
when a page is full. Triggers keep the two tables in step, also when an article's deletion takes its
document along. Written for SQLite 3.35 and later.
"""
# ruff: noqa: S608 (statements are put together from constants, values are parameters)

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search.index.backend import Document, Match
from articles.search.index.backends.patience import Patience, Rows, rows_of_sqlite
from articles.search.index.backends.windows import newest_positions
from articles.search.words.query import Term

_COLUMNS = "headline, names, text, filters"
# Before what must stand in a column, or in one of several.
_HEADLINE = "{headline} : "
_OWN_WORDS = "{headline text} : "

_CREATE = (
    """
    CREATE TABLE articles_search_document (
        position integer NOT NULL PRIMARY KEY,
        article_id bigint NOT NULL UNIQUE
            REFERENCES articles_article (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
        headline text NOT NULL,
        names text NOT NULL,
        text text NOT NULL,
        filters text NOT NULL
    )
    """,
    # The ascii tokenizer leaves every letter beyond ASCII alone: words were made in Python.
    f"""
    CREATE VIRTUAL TABLE articles_search_index USING fts5(
        {_COLUMNS},
        content='articles_search_document', content_rowid='position',
        tokenize="ascii tokenchars ':'"
    )
    """,
    f"""
    CREATE TRIGGER articles_search_added AFTER INSERT ON articles_search_document BEGIN
        INSERT INTO articles_search_index (rowid, {_COLUMNS})
        VALUES (new.position, new.headline, new.names, new.text, new.filters);
    END
    """,
    f"""
    CREATE TRIGGER articles_search_removed AFTER DELETE ON articles_search_document BEGIN
        INSERT INTO articles_search_index (articles_search_index, rowid, {_COLUMNS})
        VALUES ('delete', old.position, old.headline, old.names, old.text, old.filters);
    END
    """,
)
_DROP = (
    "DROP TABLE IF EXISTS articles_search_index",
    "DROP TABLE IF EXISTS articles_search_document",
)
# One parameter, however many articles.
_OF_ARTICLES = "article_id IN (SELECT value FROM json_each(%s))"
_MATCHING = """
    FROM articles_search_index
    WHERE articles_search_index MATCH %s AND rowid BETWEEN %s AND %s
"""


@dataclass(frozen=True, slots=True)
class SQLiteBackend:
    """See ``articles.search.index.backend.Backend``."""

    patience: Patience | None = None

    columns: ClassVar[tuple[str, ...]] = (
        "position",
        "article_id",
        "headline",
        "names",
        "text",
        "filters",
    )

    def create(self, connection: BaseDatabaseWrapper) -> None:
        self._run(connection, _CREATE)

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        self._run(connection, _DROP)

    def positions(
        self,
        connection: BaseDatabaseWrapper,
        match: Match,
        *,
        newest_first: bool,
        limit: int,
        offset: int = 0,
    ) -> list[int]:
        asked = _expression(match), match.lowest, match.highest, limit, offset
        if newest_first:
            sql, values = newest_positions(*asked)
        else:
            sql, values = f"SELECT rowid {_MATCHING} ORDER BY rowid LIMIT %s OFFSET %s", [*asked]
        return [position for (position,) in self._rows(connection, sql, values)]

    def count(self, connection: BaseDatabaseWrapper, match: Match, limit: int) -> int:
        (counted,) = self.counts(connection, [match], limit)
        return counted

    def counts(
        self, connection: BaseDatabaseWrapper, matches: Sequence[Match], limit: int
    ) -> list[int]:
        # From the oldest on, which FTS5 reads in two thirds of the time.
        one = f"SELECT %s, count(*) FROM (SELECT 1 {_MATCHING} ORDER BY rowid LIMIT %s)"
        values: list[Any] = []
        for number, match in enumerate(matches):
            values += [number, _expression(match), match.lowest, match.highest, limit]
        rows = self._rows(connection, " UNION ALL ".join([one] * len(matches)), values)
        return [counted for _, counted in sorted(rows)]

    def read(self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]) -> list[Document]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT position, article_id, {_COLUMNS} FROM articles_search_document "
                f"WHERE {_OF_ARTICLES}",
                [json.dumps(list(article_ids))],
            )
            return [Document(*row) for row in cursor.fetchall()]

    def newest(self, connection: BaseDatabaseWrapper, match: Match, limit: int) -> list[Document]:
        sql, values = newest_positions(_expression(match), match.lowest, match.highest, limit)
        rows = self._rows(
            connection,
            f"SELECT position, article_id, {_COLUMNS} FROM articles_search_document "
            f"WHERE position IN ({sql}) ORDER BY position DESC",
            values,
        )
        return [Document(*row) for row in rows]

    def filters(
        self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]
    ) -> dict[int, set[str]]:
        documents = self.read(connection, article_ids)
        return {document.article_id: set(document.filters.split()) for document in documents}

    def kept_words(
        self, connection: BaseDatabaseWrapper, language: str, words: Sequence[str]
    ) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word FROM articles_searchword "
                "WHERE language = %s AND word IN (SELECT value FROM json_each(%s))",
                [language, json.dumps(words)],
            )
            return [word for (word,) in cursor.fetchall()]

    def article_ids(self, connection: BaseDatabaseWrapper, after: int, limit: int) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT article_id FROM articles_search_document "
                "WHERE article_id > %s ORDER BY article_id LIMIT %s",
                [after, limit],
            )
            return [pk for (pk,) in cursor.fetchall()]

    def unindexed(
        self, connection: BaseDatabaseWrapper, positions: Sequence[int], token: str
    ) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value FROM json_each(%s) WHERE NOT EXISTS ("
                "SELECT 1 FROM articles_search_index "
                "WHERE articles_search_index MATCH %s AND rowid = value)",
                [json.dumps(list(positions)), _quoted(token)],
            )
            return [position for (position,) in cursor.fetchall()]

    def row(self, document: Document) -> tuple[Any, ...]:
        d = document
        return d.position, d.article_id, d.headline, d.names, d.text, d.filters

    def write(self, connection: BaseDatabaseWrapper, documents: Sequence[Document]) -> None:
        # FTS5 appends quickly only while its row ids rise.
        rows = sorted(map(self.row, documents))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO articles_search_document ({', '.join(self.columns)}) "
                f"VALUES ({', '.join(['%s'] * len(self.columns))})",
                rows,
            )

    def remove(self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT position FROM articles_search_document "
                f"WHERE {_OF_ARTICLES} ORDER BY position",
                [json.dumps(list(article_ids))],
            )
            cursor.executemany(
                "DELETE FROM articles_search_document WHERE position = %s", cursor.fetchall()
            )

    def tidy(self, connection: BaseDatabaseWrapper) -> None:
        # FTS5 sorts in as it writes.
        pass

    def settle(self, connection: BaseDatabaseWrapper) -> None:
        self._run(
            connection,
            ["INSERT INTO articles_search_index (articles_search_index) VALUES ('optimize')"],
        )

    def _rows(self, connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Rows:
        return rows_of_sqlite(connection, sql, values, self.patience)

    def _run(self, connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _expression(match: Match) -> str:
    """``match`` in the query language of FTS5."""
    query = match.query
    columns = _OWN_WORDS if match.in_words else ""
    wanted = [columns + _any(map(_term, group)) for group in query.groups_apart]
    wanted += [
        _any(_near(one, other, near.distance) for one, other in near.pairs) for near in query.near
    ]
    wanted += [_any(map(_quoted, group)) for group in match.filters]
    expression = " AND ".join(wanted)
    unwanted = [*map(_term, query.excluded), *map(_quoted, match.excluded)]
    return f"({expression}) NOT {_any(unwanted)}" if unwanted else expression


def _any(alternatives: Iterable[str]) -> str:
    return f"({' OR '.join(alternatives)})"


def _term(term: Term) -> str:
    others = (_quoted(" ".join(form)) for form in term.others)
    return (_HEADLINE if term.in_headline else "") + _any([_phrase(term), *others])


def _near(one: Term, other: Term, distance: int) -> str:
    columns = _HEADLINE if one.in_headline or other.in_headline else _OWN_WORDS
    return f"{columns}NEAR({_phrase(one)} {_phrase(other)}, {distance})"


def _phrase(term: Term) -> str:
    return _quoted(" ".join(term.words)) + (" *" if term.is_prefix else "")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
