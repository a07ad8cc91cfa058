"""The index on PostgreSQL: a table of documents, GIN over their month and their words together.

A GIN index knows no order. The newest matches are found by asking for the newest month, then for
the two before it, the four before those and so on until a page is full: a word in half of all
articles is answered from one month, a rare one from all of them, and neither by sorting every
match or by walking every article. One statement does it, each stretch of months run only when
the ones before it gave too few.
"""
# ruff: noqa: S608 (statements are put together from constants, values are parameters)

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import ListingKind
from articles.search.backend import Document, Match
from articles.search.positions import (
    LARGEST_ID,
    end_of,
    first_of_month,
    first_position,
    last_position,
    month_at,
)
from articles.search.tsearch import expression, nearness, vector

_CREATE = (
    "CREATE EXTENSION IF NOT EXISTS btree_gin",
    """
    CREATE TABLE articles_search_document (
        article_id bigint PRIMARY KEY,
        position bigint NOT NULL,
        month integer NOT NULL,
        headline text NOT NULL,
        names text NOT NULL,
        text text NOT NULL,
        words tsvector NOT NULL
    )
    """,
    """
    CREATE INDEX articles_search_index ON articles_search_document USING gin (month, words)
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
)
_SPAN = """
    SELECT min(public_from), max(public_from) FROM articles_listingentry
    WHERE kind = %s AND key = 0 AND public_from < %s
"""
# Not for the index, which would look for the words of each way to be near by themselves.
_NEAR = "AND (words @@ %s::tsquery) IS TRUE"
_POSITIONS = """
    SELECT hit.position
    FROM (VALUES {stretches}) AS stretch (months)
    CROSS JOIN LATERAL (
        SELECT position FROM articles_search_document
        WHERE month = ANY (stretch.months) AND words @@ %s::tsquery
            AND position BETWEEN %s AND %s {besides}
        ORDER BY position {order}
        LIMIT %s
    ) AS hit
    LIMIT %s
"""

_AT_ONCE = """
    SELECT 1 FROM articles_search_document
    WHERE words @@ %s::tsquery AND position BETWEEN %s AND %s {besides}
    LIMIT %s
"""
# By month many are counted the sooner, a few in the whole of the index: whether those before the
# recent months are many is told by the recent ones.
_COUNT = """
    WITH recent AS MATERIALIZED (SELECT count(*) AS number FROM ({recent}) AS found)
    SELECT number + CASE
        WHEN number >= %s THEN 0
        WHEN number * %s > %s THEN (SELECT count(*) FROM ({by_month}) AS found)
        ELSE (SELECT count(*) FROM ({at_once}) AS found)
    END FROM recent
"""
_RECENT = 5  # stretches, of 31 months together
_MANY = 20_000


class PostgresBackend:
    """See ``articles.search.backend.Backend``."""

    columns: tuple[str, ...] = (
        "article_id",
        "position",
        "month",
        "headline",
        "names",
        "text",
        "words",
    )

    def create(self, connection: BaseDatabaseWrapper) -> None:
        self._run(connection, _CREATE)

    def drop(self, connection: BaseDatabaseWrapper) -> None:
        self._run(connection, _DROP)

    def bounded(self, connection: BaseDatabaseWrapper, match: Match) -> Match:
        if match.is_bounded:
            return match
        with connection.cursor() as cursor:
            cursor.execute(_SPAN, [ListingKind.ARCHIVE.value, end_of(match.highest)])
            first, last = cursor.fetchone()
        if first is None:
            return replace(match, lowest=1, highest=0, is_bounded=True)
        return replace(
            match,
            lowest=max(match.lowest, first_position(first)),
            highest=min(match.highest, last_position(last)),
            is_bounded=True,
        )

    def positions(
        self,
        connection: BaseDatabaseWrapper,
        match: Match,
        *,
        newest_first: bool,
        limit: int,
        offset: int = 0,
    ) -> list[int]:
        match = self.bounded(connection, match)
        stretches = _stretches(match, newest_first=newest_first)
        if not stretches:
            return []
        sql, values = _statement(match, stretches, offset + limit, newest_first=newest_first)
        with connection.cursor() as cursor:
            cursor.execute(f"{sql} OFFSET %s", [*values, offset])
            return [position for (position,) in cursor.fetchall()]

    def count(self, connection: BaseDatabaseWrapper, match: Match, limit: int) -> int:
        (counted,) = self.counts(connection, [match], limit)
        return counted

    def counts(
        self, connection: BaseDatabaseWrapper, matches: Sequence[Match], limit: int
    ) -> list[int]:
        parts, values = [], []
        for number, match in enumerate(self.bounded(connection, match) for match in matches):
            if stretches := _stretches(match, newest_first=True):
                sql, of_one = _count(match, stretches, limit)
                parts.append(f"SELECT {number}, ({sql})")
                values += of_one
        if not parts:
            return [0] * len(matches)
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), values)
            found = dict(cursor.fetchall())
        return [min(found.get(number, 0), limit) for number in range(len(matches))]

    def read(self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]) -> list[Document]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT position, article_id, headline, names, text, '' "
                "FROM articles_search_document WHERE article_id = ANY (%s)",
                [list(article_ids)],
            )
            return [Document(*row) for row in cursor.fetchall()]

    def newest(self, connection: BaseDatabaseWrapper, match: Match, limit: int) -> list[Document]:
        match = self.bounded(connection, match)
        stretches = _stretches(match, newest_first=True)
        if not stretches:
            return []
        sql, values = _statement(match, stretches, limit, newest_first=True)
        with connection.cursor() as cursor:
            # Found again by the key, which is part of the position.
            cursor.execute(
                "SELECT position, article_id, headline, names, text, '' "
                "FROM articles_search_document WHERE article_id = ANY (ARRAY("
                f"SELECT position & {LARGEST_ID} FROM ({sql}) AS found)) ORDER BY position DESC",
                values,
            )
            return [Document(*row) for row in cursor.fetchall()]

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
        return []  # the words stand in the document itself

    def row(self, document: Document) -> tuple[Any, ...]:
        return (
            document.article_id,
            document.position,
            month_at(document.position),
            document.headline,
            document.names,
            document.text,
            vector(document),
        )

    def write(self, connection: BaseDatabaseWrapper, documents: Sequence[Document]) -> None:
        values = ", ".join(["%s"] * (len(self.columns) - 1))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO articles_search_document ({', '.join(self.columns)}) "
                f"VALUES ({values}, %s::tsvector)",
                list(map(self.row, documents)),
            )

    def remove(self, connection: BaseDatabaseWrapper, article_ids: Sequence[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "DELETE FROM articles_search_document WHERE article_id = ANY (%s)",
                [list(article_ids)],
            )

    def settle(self, connection: BaseDatabaseWrapper) -> None:
        self._run(connection, ["ANALYZE articles_search_document"])

    def _run(self, connection: BaseDatabaseWrapper, statements: Sequence[str]) -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)


def _stretches(match: Match, *, newest_first: bool) -> list[list[int]]:
    """The months that ``match``, which is bounded, may reach, in order, each stretch twice as long
    as the last."""
    months = range(month_at(match.lowest), month_at(match.highest) + 1)
    remaining = iter(reversed(months) if newest_first else months)
    widths = (2**power for power in itertools.count())
    return list(iter(lambda: list(itertools.islice(remaining, next(widths))), []))


def _statement(
    match: Match, stretches: list[list[int]], limit: int, *, newest_first: bool
) -> tuple[str, list[Any]]:
    # The nested loop that LATERAL asks for runs in the order of VALUES and ends at the limit.
    besides, values = _condition(match)
    sql = _POSITIONS.format(
        stretches=", ".join(["(%s::integer[])"] * len(stretches)),
        besides=besides,
        order="DESC" if newest_first else "ASC",
    )
    return sql, [*stretches, *values, limit, limit]


def _statement_at_once(match: Match, limit: int) -> tuple[str, list[Any]]:
    """For the matches in no order, without asking month by month."""
    besides, values = _condition(match)
    return _AT_ONCE.format(besides=besides), [*values, limit]


def _count(match: Match, stretches: list[list[int]], limit: int) -> tuple[str, list[Any]]:
    recent, before = stretches[:_RECENT], stretches[_RECENT:]
    in_recent, values = _statement(match, recent, limit, newest_first=True)
    if not before:
        return f"SELECT count(*) FROM ({in_recent}) AS found", values
    older = replace(match, highest=first_of_month(recent[-1][-1]) - 1)
    by_month, of_months = _statement(older, before, limit, newest_first=True)
    at_once, of_all = _statement_at_once(older, limit)
    ratio = sum(map(len, before)) / sum(map(len, recent))
    sql = _COUNT.format(recent=in_recent, by_month=by_month, at_once=at_once)
    return sql, [*values, limit, ratio, _MANY, *of_months, *of_all]


def _condition(match: Match) -> tuple[str, list[Any]]:
    """What is asked besides words and positions, and the values of it all."""
    near = nearness(match.query)
    values = [expression(match), match.lowest, match.highest]
    return (_NEAR, [*values, near]) if near else ("", values)
