"""Has the database itself note purges where rows are written from many sides.

An entry of the vocabulary, its names and positions, an image or a comment is saved by forms of the
desk, by the API, by imports, merges and commands. Whoever does, the database writes the purge. What
changes articles and their lists goes one way, and says so itself (``articles.freshness.purging``).
"""
# ruff: noqa: S608 (statements are put together from constants)

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import EVERY, Purge, Subject


class Watched(NamedTuple):
    """A table whose rows are shown: as which subject, by which column or ``EVERY``, whether a new
    row can be on a page already, which rows readers see, and which of their columns; without any,
    all."""

    table: str
    subject: Subject
    column: str = "id"
    inserted: bool = False
    where: str = "{row}.id IS NOT NULL"
    columns: tuple[str, ...] = ()


_APPROVED = "{row}.state = 'approved'"
_OF_A_COMMENT = (
    "article_id", "parent_id", "root_id", "path", "depth", "state", "author_name",
    "author_website", "badge", "html", "revision", "created_at", "edited_at", "withdrawn_at",
    "featured_at",
)  # fmt: skip

WATCHED = (
    Watched("articles_place", Subject.PLACE),
    Watched("articles_placename", Subject.PLACE, "place_id", inserted=True),
    Watched("articles_containment", Subject.PLACE, "inner_id", inserted=True),
    Watched("articles_containment", Subject.PLACE, "outer_id", inserted=True),
    Watched("articles_person", Subject.PERSON),
    Watched("articles_personname", Subject.PERSON, "person_id", inserted=True),
    Watched("articles_position", Subject.PERSON, "person_id", inserted=True),
    Watched(
        "articles_position",
        Subject.ORGANISATION,
        "organisation_id",
        inserted=True,
        where="{row}.organisation_id IS NOT NULL",
    ),
    Watched("articles_organisation", Subject.ORGANISATION),
    Watched("articles_organisationname", Subject.ORGANISATION, "organisation_id", inserted=True),
    Watched("articles_tag", Subject.TAG),
    Watched("articles_section", Subject.SECTION),
    Watched("articles_author", Subject.AUTHOR),
    Watched("articles_image", Subject.IMAGE),
    Watched("articles_comment", Subject.DISCUSSION, "article_id", True, _APPROVED, _OF_A_COMMENT),
    Watched("articles_comment", Subject.COMMENTS, "", True, _APPROVED, _OF_A_COMMENT),
    Watched("articles_correction", Subject.ARTICLE, "article_id", inserted=True),
    Watched("articles_correction", Subject.CORRECTIONS, "", inserted=True),
    Watched("articles_commentrules", Subject.SITE, "", inserted=True),
)

Statements = Callable[[str, Watched], Iterator[str]]

_PURGES = Purge._meta.db_table
_COLUMNS = "(subject, key, transaction_id, at)"

_SQLITE = """
    CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN
        INSERT INTO {purges} {columns}
        {changed};
    END
"""
_CHANGED = "SELECT {subject}, {key}, 0, CAST(strftime('%s', 'now') AS integer) WHERE {where}"
_POSTGRESQL = """
    CREATE OR REPLACE TRIGGER {name} AFTER {event} ON {table}
        REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {name}()
"""
_FUNCTION = """
    CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO {purges} {columns}
        SELECT DISTINCT {subject}, {key}, pg_current_xact_id()::text::bigint,
            extract(epoch FROM now())::bigint
        FROM {source} WHERE {where};
        RETURN NULL;
    END
    $$
"""


def create(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, in place of those that are there; a table that was made anew has lost
    its own."""
    _run(connection, _creating)


def drop(connection: BaseDatabaseWrapper) -> None:
    """Remove the triggers."""
    _run(connection, _dropping)


def _run(connection: BaseDatabaseWrapper, statements: Statements) -> None:
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for watched in WATCHED:
            if {watched.table, _PURGES} <= tables:
                for statement in statements(connection.vendor, watched):
                    cursor.execute(statement)


def _events(watched: Watched) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What happens to rows, and as which the changed ones can be named then."""
    if watched.inserted:
        yield "INSERT", ("new",)
    yield "UPDATE", ("old", "new")
    yield "DELETE", ("old",)


def _name(watched: Watched, event: str) -> str:
    of = watched.column.removesuffix("_id") or "all"
    return f"{watched.table}_{watched.subject.name.lower()}_{of}_{event.lower()}"


def _creating(vendor: str, watched: Watched) -> Iterator[str]:
    for event, rows in _events(watched):
        parts = {
            "name": _name(watched, event),
            "event": event,
            "table": watched.table,
            "purges": _PURGES,
            "columns": _COLUMNS,
            "subject": watched.subject.value,
        }
        if vendor == "sqlite":
            changed = [
                _CHANGED.format(
                    subject=watched.subject.value,
                    key=f"{row}.{watched.column}" if watched.column else EVERY,
                    where=watched.where.format(row=row),
                )
                for row in rows
            ]
            if event == "UPDATE" and watched.columns:
                parts["event"] = f"UPDATE OF {', '.join(watched.columns)}"
            yield f"DROP TRIGGER IF EXISTS {parts['name']}"
            yield _SQLITE.format(**parts, changed=" UNION ".join(changed))
        else:
            key = f"changed.{watched.column}" if watched.column else EVERY
            source = " UNION ALL ".join(_changed_rows(row, rows, watched.columns) for row in rows)
            where = watched.where.format(row="changed")
            yield _FUNCTION.format(**parts, key=key, source=f"({source}) AS changed", where=where)
            named = " ".join(f"{row.upper()} TABLE AS {row}_rows" for row in rows)
            yield _POSTGRESQL.format(**parts, rows=named)


def _changed_rows(row: str, rows: tuple[str, ...], columns: tuple[str, ...]) -> str:
    """The rows before or after; of an update those alone of which a column that is shown changed,
    for where there are transition tables a trigger cannot be on columns."""
    if len(rows) == 1 or not columns:
        return f"SELECT * FROM {row}_rows"
    other = next(one for one in rows if one != row)
    here, there = (", ".join(f"{one}_rows.{column}" for column in columns) for one in (row, other))
    return (
        f"SELECT {row}_rows.* FROM {row}_rows JOIN {other}_rows USING (id) "
        f"WHERE ({here}) IS DISTINCT FROM ({there})"
    )


def _dropping(vendor: str, watched: Watched) -> Iterator[str]:
    for event, _ in _events(watched):
        name = _name(watched, event)
        if vendor == "sqlite":
            yield f"DROP TRIGGER IF EXISTS {name}"
        else:
            yield f"DROP TRIGGER IF EXISTS {name} ON {watched.table}"
            yield f"DROP FUNCTION IF EXISTS {name}()"
