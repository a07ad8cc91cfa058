"""The tables that an article fills, and rows of them as values that any database reads as text.

A moment is ``YYYY-MM-DD HH:MM:SS`` in UTC, JSON is text; everything else is itself. So rows can be
made in one process and written in another, by ``executemany`` as well as by ``COPY``.
"""

import json
from datetime import UTC, datetime
from typing import Any

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

Row = tuple[Any, ...]


class Table:
    """A table, and which of its columns rows give; each of the others has the model's default."""

    def __init__(self, model: type[Model], *given: str) -> None:
        self.name = model._meta.db_table
        fields: dict[str, Field[Any, Any]] = {
            field.name: field for field in model._meta.concrete_fields
        }
        defaults = {
            name: value
            for name, field in fields.items()
            if name not in given and (value := _default(field)) is not None
        }
        self.columns = [str(fields[name].column) for name in (*given, *defaults)]
        self.rest = tuple(defaults.values())
        """What follows the values that a row gives."""


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


ARTICLES = Table(
    Article,
    "id", "headline", "slug", "summary", "body", "word_count", "status", "published_at",
    "created_at", "updated_at", "section", "dateline_place", "dateline_date", "dateline_text",
    "comment_count", "source", "path", "revision",
)  # fmt: skip
ADDRESSES = Table(Address, "path", "article", "created_at")
BYLINES = Table(Byline, "article", "author")
TAGGINGS = Table(Tagging, "content_object", "tag")
MENTIONS = Table(
    Mention,
    "article", "kind", "place", "person", "organisation", "role", "state", "quote", "paragraph",
    "start", "occurrences",
)  # fmt: skip
REVISIONS = Table(
    Revision,
    "article", "number", "created_at", "actor", "public_from", "snapshot", "digest",
)  # fmt: skip
CHANGES = Table(Change, "position", "settled_at", "kind", "at", "article", "path")
ENTRIES = Table(ListingEntry, "kind", "key", "public_from", "article")
COUNTS = Table(ListingCount, "kind", "key", "month", "count")
TOTALS = Table(ListingTotal, "kind", "key", "count")
FACETS = Table(ArticleFacets, "article", "lists")
COMMENTS = Table(
    Comment,
    "id", "article", "parent", "root", "path", "depth", "state", "author_name", "text",
    "html", "revision", "created_at", "reason", "thread_size",
)  # fmt: skip
COMMENT_COUNTS = Table(CommentCount, "article", "state", "number")

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
