"""Loading into SQLite."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search.index.backend import TABLE as DOCUMENTS
from articles.synthetic.loading.loader import Loader
from articles.synthetic.rows import Row, Table

# A log written ahead would hold the whole archive once more. This journal holds what was there
# before, which is next to nothing, and is rolled back by whoever opens the file next.
_JOURNAL = ("PRAGMA busy_timeout = 0", "PRAGMA journal_mode = DELETE")
_SETTINGS = (
    "PRAGMA busy_timeout = 30000",
    "PRAGMA synchronous = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA cache_size = -524288",
    "PRAGMA threads = 4",
)
# Each statement looks its table's last key up and writes it down again: of many rows, once.
_ROWS_EACH = 100
# The index gathers as much as it may in memory before it writes, and merges nothing meanwhile: it
# is settled once, at the end.
_INDEX_IN_BULK = {"automerge": 0, "crisismerge": 1999, "hashsize": 2**29}
_INDEX_AS_EVER = {"automerge": 4, "crisismerge": 16, "hashsize": 2**20}
_CONFIGURE = "INSERT INTO articles_search_index (articles_search_index, rank) VALUES ('{}', {})"
# A trigger would have it write at every document.
_TRIGGER = "articles_search_added"
_INDEX_DOCUMENTS = """
    INSERT INTO articles_search_index (rowid, headline, names, text, filters)
    SELECT position, headline, names, text, filters FROM articles_search_document
    WHERE position > ? ORDER BY position
"""
_BEFORE_ALL = -(2**63)
_KEPT_IN_ORDER = """
    SELECT type, name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND (type = 'index' AND tbl_name IN ({tables}) OR name = %s)
    ORDER BY rowid
"""


class SQLiteLoader(Loader):
    """See ``Loader``. What is packed are the values of all rows, one after another."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        super().__init__(connection)
        self._last_indexed: int | None = None
        """The position of the last document in the index, if it has no trigger."""

    @staticmethod
    def pack(table: Table, rows: Iterable[Row]) -> list[Any]:  # noqa: ARG004 (PostgreSQL's does)
        return list(chain.from_iterable(rows))

    def write(self, table: Table, packed: list[Any]) -> None:
        width = len(table.columns)
        most = _ROWS_EACH * width
        for start in range(0, len(packed), most):
            values = packed[start : start + most]
            self._execute(_insert(table, len(values) // width), [*table.rest.values(), *values])
        if table.name == DOCUMENTS and packed and self._last_indexed is not None:
            self._execute(_INDEX_DOCUMENTS, [self._last_indexed])
            self._last_indexed = packed[-width + table.columns.index("position")]

    def begin(self) -> None:
        # Who has the file open keeps the journal as it is; then the log takes its room.
        with suppress(OperationalError):
            self.run(_JOURNAL)
        self.run(_SETTINGS)

    def take_away(self, tables: Sequence[str]) -> list[str]:
        with self.connection.cursor() as cursor:
            query = _KEPT_IN_ORDER.format(tables=", ".join(["%s"] * len(tables)))
            cursor.execute(query, [*tables, _TRIGGER])
            kept = cursor.fetchall()
        self.run(f'DROP {kind} "{name}"' for kind, name, _ in kept)
        self.run(_CONFIGURE.format(*item) for item in _INDEX_IN_BULK.items())
        self._last_indexed = _BEFORE_ALL
        as_ever = (_CONFIGURE.format(*item) for item in _INDEX_AS_EVER.items())
        return [*(sql for *_, sql in kept), *as_ever]

    def _execute(self, sql: str, values: Sequence[Any]) -> None:
        """Execute it as it is: Django would look for each place of a value in it, every time."""
        self.connection.ensure_connection()
        with self.connection.wrap_database_errors:
            self.connection.connection.execute(sql, values)


def _insert(table: Table, rows: int) -> str:
    """The statement that writes so many rows, after what they have in common."""
    names = ", ".join(f'"{name}"' for name in (*table.rest, *table.columns))
    common = "?, " * len(table.rest)
    row = f"({', '.join('?' * len(table.columns))})"
    return (
        f'INSERT INTO "{table.name}" ({names}) '  # noqa: S608 (ours)
        f"SELECT {common}* FROM (VALUES {', '.join([row] * rows)})"
    )
