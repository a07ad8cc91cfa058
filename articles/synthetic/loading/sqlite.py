"""Loading into SQLite."""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from django.db import OperationalError

from articles.synthetic.loading.loader import Loader
from articles.synthetic.rows import Row

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
# The index gathers as much as it may in memory before it writes, and merges nothing meanwhile: it
# is settled once, at the end.
_INDEX_IN_BULK = {"automerge": 0, "hashsize": 2**29}
_INDEX_AS_EVER = {"automerge": 4, "hashsize": 2**20}
_CONFIGURE = "INSERT INTO articles_search_index (articles_search_index, rank) VALUES ('{}', {})"
_INDEXES = """
    SELECT name, sql FROM sqlite_master
    WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({tables}) ORDER BY rowid
"""


class SQLiteLoader(Loader):
    """See ``Loader``."""

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        names, places = ", ".join(f'"{name}"' for name in columns), ", ".join(["%s"] * len(columns))
        with self.connection.cursor() as cursor:
            cursor.executemany(
                f'INSERT INTO "{table}" ({names}) VALUES ({places})',  # noqa: S608 (ours)
                list(rows),
            )

    def begin(self) -> None:
        # Who has the file open keeps the journal as it is; then the log takes its room.
        with suppress(OperationalError):
            self.run(_JOURNAL)
        self.run(_SETTINGS)

    def take_away(self, tables: Sequence[str]) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute(_INDEXES.format(tables=", ".join(["%s"] * len(tables))), list(tables))
            indexes = dict(cursor.fetchall())
        self.run(f'DROP INDEX "{name}"' for name in indexes)
        self.run(_CONFIGURE.format(*item) for item in _INDEX_IN_BULK.items())
        as_ever = (_CONFIGURE.format(*item) for item in _INDEX_AS_EVER.items())
        return [*indexes.values(), *as_ever]

    def put_back(self, statements: Sequence[str]) -> None:
        self.run(statements)
