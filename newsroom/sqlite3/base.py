"""Where Django looks for an engine.

A page asks a dozen statements that were asked before, and reads dozens of moments. Django writes
each statement anew for SQLite, and takes three functions to read a moment and two to make it aware;
together that is a tenth of the time in which a page is drawn.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from sqlite3 import register_converter
from typing import Any

from django.db.backends.sqlite3 import base, operations

_LONGEST = 10_000
"""Characters of a statement that is kept; a longer one writes many rows."""


class DatabaseOperations(operations.DatabaseOperations):
    """Django's, for columns that give aware moments."""

    def adapt_datetimefield_value(self, value: datetime | None) -> str | None:
        if value is None or value.tzinfo is None:
            return super().adapt_datetimefield_value(value)
        return str(value.astimezone(UTC).replace(tzinfo=None))

    def convert_datetimefield_value(
        self, value: Any, expression: Any, connection: Any
    ) -> datetime | None:
        if isinstance(value, datetime):
            return value
        moment: datetime | None = super().convert_datetimefield_value(value, expression, connection)
        return moment


class Cursor(base.SQLiteCursorWrapper):
    """Django's, which keeps how SQLite takes a statement."""

    def convert_query(self, query: str, *, param_names: Iterable[str] | None = None) -> str:
        if param_names is None and len(query) < _LONGEST:
            return _with_question_marks(query)
        converted: str = super().convert_query(query, param_names=param_names)
        return converted


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def create_cursor(self, name: str | None = None) -> Cursor:
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        return cursor


@lru_cache(maxsize=500)
def _with_question_marks(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


def _moment(stored: bytes) -> datetime:
    return datetime.fromisoformat(f"{stored.decode()}+00:00")


# For all connections of the process, after Django's own.
register_converter("datetime", _moment)
