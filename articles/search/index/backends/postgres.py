"""The index on PostgreSQL: a table of documents, GIN over the months they lie in, their words and
which of these follow one another.

GIN is asked along the months, as ``articles.search.index.backends.stretches`` says.
"""
# ruff: noqa: S608 (statements are put together from constants, values are parameters)

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search.index.backend import Document, Match
from articles.search.index.backends.patience import Patience, Rows, rows_of_postgresql
from articles.search.index.backends.stretches import BLOCKS, count_of, positions_of
from articles.search.index.backends.tsearch import pairs, vector
from articles.search.index.positions import LARGEST_ID, month_at

STORAGE = (
    # Words and texts lie apart, so that many documents are counted on a page.
    "ALTER TABLE articles_search_document SET (toast_tuple_target = 128)",
    # A thousand of these are read to rank them: names with the row, texts without unpacking them.
    """
    ALTER TABLE articles_search_document
        ALTER headline SET STORAGE MAIN, ALTER names SET STORAGE MAIN,
        ALTER text SET STORAGE EXTERNAL
    """,
)
"""How the table keeps its columns; known to the migration of an archive that is there already."""

_CREATE = (
    BLOCKS,
    """
    CREATE TABLE articles_search_document (
        article_id bigint PRIMARY KEY,
        position bigint NOT NULL,
        month integer NOT NULL,
        headline text NOT NULL,
        names text NOT NULL,
        text text NOT NULL,
        words tsvector NOT NULL,
        pairs smallint[] NOT NULL DEFAULT '{}'
    )
    """,
    *STORAGE,
    """
    CREATE INDEX articles_search_index
        ON articles_search_document USING gin (articles_search_blocks(month), words, pairs)
        WITH (gin_pending_list_limit = 512)
    """,
    # Triggers instead of a foreign key, which would forbid to truncate articles_article.
    """
    CREATE FUNCTION articles_search_forget() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            DELETE FROM articles_search_document;
        ELSE
            DELETE FROM articles_search_document WHERE article_id = OLD.id;
        END IF;
        RETURN NULL;
    END
    $$
    """,
    """
    CREATE TRIGGER articles_search_deleted AFTER DELETE ON articles_article
        FOR EACH ROW EXECUTE FUNCTION articles_search_forget()
    """,
    """
    CREATE TRIGGER articles_search_truncated AFTER TRUNCATE ON articles_article
        FOR EACH STATEMENT EXECUTE FUNCTION articles_search_forget()
    """,
)
_DROP = (
    "DROP TRIGGER IF EXISTS articles_search_truncated ON articles_article",
    "DROP TRIGGER IF EXISTS articles_search_deleted ON articles_article",
    "DROP FUNCTION IF EXISTS articles_search_forget()",
    "DROP TABLE IF EXISTS articles_search_document",
    "DROP FUNCTION IF EXISTS articles_search_blocks(integer)",
)


@dataclass(frozen=True, slots=True)
class PostgresBackend:
    """See ``articles.search.index.backend.Backend``."""

    patience: Patience | None = None

    columns: ClassVar[tuple[str, ...]] = (
        "article_id",
        "position",
        "month",
        "headline",
        "names",
        "text",
        "words",
        "pairs",
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
        rows = self._rows(
            connection, *positions_of(match, offset + limit, newest_first=newest_first)
        )
        return [position for (position,) in rows[offset:]]

    def count(self, connection: BaseDatabaseWrapper, match: Match, limit: int) -> int:
        (counted,) = self.counts(connection, [match], limit)
        return counted

    def counts(
        self, connection: BaseDatabaseWrapper, matches: Sequence[Match], limit: int
    ) -> list[int]:
        parts, values = [], []
        for number, match in enumerate(matches):
            sql, of_one = count_of(match, limit)
            parts.append(f"SELECT {number}, ({sql})")
            values += of_one
        rows = self._rows(connection, " UNION ALL ".join(parts), values)
        return [counted for _, counted in sorted(rows)]

    def read(self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]) -> list[Document]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT position, article_id, headline, names, text, '' "
                "FROM articles_search_document WHERE article_id = ANY (%s)",
                [list(article_ids)],
            )
            return [Document(*row) for row in cursor.fetchall()]

    def newest(self, connection: BaseDatabaseWrapper, match: Match, limit: int) -> list[Document]:
        sql, values = positions_of(match, limit, newest_first=True)
        # Found again by the key, which is part of the position.
        rows = self._rows(
            connection,
            "SELECT position, article_id, headline, names, text, '' "
            "FROM articles_search_document WHERE article_id = ANY (ARRAY("
            f"SELECT position & {LARGEST_ID} FROM ({sql}) AS found)) ORDER BY position DESC",
            values,
        )
        return [Document(*row) for row in rows]

    def filters(
        self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]
    ) -> dict[int, set[str]]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT article_id, ARRAY(SELECT lexeme FROM unnest(words) "
                "WHERE lexeme LIKE ':%%:%%') FROM articles_search_document "
                "WHERE article_id = ANY (%s)",
                [list(article_ids)],
            )
            return {pk: set(tokens) for pk, tokens in cursor.fetchall()}

    def kept_words(
        self, connection: BaseDatabaseWrapper, language: str, words: Sequence[str]
    ) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT word FROM articles_searchword WHERE language = %s AND word = ANY (%s)",
                [language, list(words)],
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
        # The words stand in the document itself. A version that knew no pairs left them out.
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT position, article_id, headline, names, text, '', pairs::text "
                "FROM articles_search_document WHERE article_id = ANY (%s)",
                [[position & LARGEST_ID for position in positions]],
            )
            return [
                position
                for position, *rest, stored in cursor.fetchall()
                if stored != pairs(Document(position, *rest))
            ]

    def row(self, document: Document) -> tuple[Any, ...]:
        return (
            document.article_id,
            document.position,
            month_at(document.position),
            document.headline,
            document.names,
            document.text,
            vector(document),
            pairs(document),
        )

    def write(self, connection: BaseDatabaseWrapper, documents: Sequence[Document]) -> None:
        values = ", ".join(["%s"] * len(self.columns))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO articles_search_document ({', '.join(self.columns)}) "
                f"VALUES ({values})",
                list(map(self.row, documents)),
            )

    def remove(self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM articles_search_document WHERE article_id = ANY (%s)",
                [list(article_ids)],
            )

    def tidy(self, connection: BaseDatabaseWrapper) -> None:
        # Else whoever finds the list of them full does it while saving an article, in half a second
        # where there are a million.
        self._run(connection, ["SELECT gin_clean_pending_list('articles_search_index')"])

    def settle(self, connection: BaseDatabaseWrapper) -> None:
        self._run(connection, ["ANALYZE articles_search_document"])

    def _rows(self, connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Rows:
        return rows_of_postgresql(connection, sql, values, self.patience)

    def _run(self, connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
