"""The tables that an article fills, and rows of them as values that any database reads as text.

A moment is ``YYYY-MM-DD HH:MM:SS`` in UTC, JSON is text; everything else is itself. So rows can be
made in one process and written in another, by ``executemany`` as well as by ``COPY``.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Field, JSONField, Model

from articles.models import (
    Address,
    Article,
    ArticleFacets,
    Byline,
    Change,
    Comment,
    CommentCount,
    ListingCount,
    ListingEntry,
    ListingTotal,
    Mention,
    Revision,
    Tagging,
)
from articles.search.index.backend import TABLE as DOCUMENTS
from articles.search.index.backends import backend_of

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table, as rows are written into it."""

    name: str
    columns: tuple[str, ...]
    """Those that each row gives."""
    rest: dict[str, Any]
    """What the others have in every row."""

    @classmethod
    def of(cls, model: type[Model], *given: str) -> "Table":
        """The table of ``model``, of which rows give these fields; any other has its default."""
        fields: dict[str, Field[Any, Any]] = {
            field.name: field for field in model._meta.concrete_fields
        }
        rest = {
            str(field.column): value
            for name, field in fields.items()
            if name not in given and (value := _default(field)) is not None
        }
        columns = tuple(str(fields[name].column) for name in given)
        return cls(model._meta.db_table, columns, rest)


def text_of(moment: datetime) -> str:
    """``moment``, which is in UTC, as rows have it: to the second."""
    assert moment.tzinfo is UTC
    return str(moment)[:19]


def json_of(value: object) -> str:
    """``value`` as the models' own fields write it."""
    return json.dumps(value)


def _default(field: "Field[Any, Any]") -> Any:
    """What a row has in a field that it says nothing of; None where the database knows best."""
    if field.generated or field.primary_key or (field.has_db_default() and not field.has_default()):
        return None
    value = field.get_default()
    return json_of(value) if isinstance(field, JSONField) else field.get_prep_value(value)


ARTICLES = Table.of(
    Article,
    "id", "headline", "slug", "summary", "body", "word_count", "status", "published_at",
    "created_at", "updated_at", "section", "dateline_place", "dateline_date", "dateline_text",
    "comment_count", "source", "path", "revision",
)  # fmt: skip
ADDRESSES = Table.of(Address, "path", "article", "created_at")
BYLINES = Table.of(Byline, "article", "author")
TAGGINGS = Table.of(Tagging, "content_object", "tag")
MENTIONS = Table.of(
    Mention,
    "article", "kind", "place", "person", "organisation", "role", "state", "quote", "paragraph",
    "start", "occurrences",
)  # fmt: skip
REVISIONS = Table.of(
    Revision,
    "article", "number", "created_at", "actor", "public_from", "snapshot", "digest",
)  # fmt: skip
CHANGES = Table.of(Change, "position", "settled_at", "kind", "at", "article", "path")
ENTRIES = Table.of(ListingEntry, "kind", "key", "public_from", "article")
COUNTS = Table.of(ListingCount, "kind", "key", "month", "count")
TOTALS = Table.of(ListingTotal, "kind", "key", "count")
FACETS = Table.of(ArticleFacets, "article", "lists")
COMMENTS = Table.of(
    Comment,
    "id", "article", "parent", "root", "path", "depth", "state", "author_name", "text",
    "html", "revision", "created_at", "reason", "thread_size",
)  # fmt: skip
COMMENT_COUNTS = Table.of(CommentCount, "article", "state", "number")

TABLES = {
    "articles": ARTICLES,
    "addresses": ADDRESSES,
    "bylines": BYLINES,
    "taggings": TAGGINGS,
    "mentions": MENTIONS,
    "revisions": REVISIONS,
    "changes": CHANGES,
    "entries": ENTRIES,
    "facets": FACETS,
    "comments": COMMENTS,
    "comment_counts": COMMENT_COUNTS,
}
"""Those that each batch of articles fills, an article's own first, by the field of ``Batch``."""


def tables() -> dict[str, Table]:
    """The same with that of the documents, which each database has of its own."""
    return {**TABLES, "documents": Table(DOCUMENTS, backend_of(connection).columns, {})}
