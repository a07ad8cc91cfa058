"""What is baked: each page, whether it is as it should be, and what it shows.

A SQLite file of its own, beside the pages. Its size is bounded by what pages show, and a change
finds the pages that show it by one index.
"""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from articles.freshness import Span, Thing
from articles.models import EVERY, Subject

_SCHEMA = """
CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS page (
    id INTEGER PRIMARY KEY,
    address TEXT NOT NULL UNIQUE,
    state INTEGER NOT NULL,
    digest BLOB,
    until INTEGER,
    things BLOB
);
CREATE INDEX IF NOT EXISTS page_due ON page (id) WHERE state = 0;
CREATE INDEX IF NOT EXISTS page_until ON page (until) WHERE until IS NOT NULL;
CREATE TABLE IF NOT EXISTS shown (
    subject INTEGER NOT NULL,
    key INTEGER NOT NULL,
    page INTEGER NOT NULL,
    first INTEGER,
    last INTEGER,
    PRIMARY KEY (subject, key, page)
) WITHOUT ROWID;
"""
_EVERYWHERE = (int(Subject.SITE), EVERY)
_TOUCHED = (
    "UPDATE page SET state = 0 WHERE id IN (SELECT page FROM shown WHERE subject = ? AND {keys}"
    " AND (first IS NULL OR ?{last} IS NULL OR first <= ?{last})"
    " AND (last IS NULL OR ?{first} IS NULL OR last >= ?{first}))"
)


class State(IntEnum):
    """Of a page."""

    DUE = 0
    """To be made, anew or for the first time."""
    BAKED = 1
    LEFT = 2
    """Left to the application, for a file cannot say all that the page says."""
    FAILED = 3
    """The file is as it was; it is tried again when ``until`` has come."""


class Page(NamedTuple):
    """A page to be made; ``digest`` is of the file that is there, if there is one."""

    id: int
    address: str
    digest: bytes | None


class Made(NamedTuple):
    """What became of a page: a state, or None when there is nothing at its address any more.

    ``things`` is what it shows, ``onward`` the addresses that it leads to, ``why`` what failed.
    """

    page: Page
    state: State | None
    digest: bytes | None = None
    until: datetime | None = None
    things: Mapping[Thing, Span] = {}
    onward: tuple[str, ...] = ()
    why: str = ""


class Manifest:
    """The manifest in a file, which is made if it is not there."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        self._connection.executescript(
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; {_SCHEMA}"
        )

    def close(self) -> None:
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def note(self, name: str) -> str | None:
        """What was noted under this name."""
        row = self._connection.execute("SELECT value FROM note WHERE name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def drop(self, name: str) -> None:
        """Remove a note."""
        self._connection.execute("DELETE FROM note WHERE name = ?", [name])

    def put(self, **notes: str) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO note VALUES (?, ?)", notes.items())

    def add(self, addresses: Iterable[str]) -> None:
        """Have the pages made that are not known yet."""
        self._insert("ON CONFLICT (address) DO NOTHING", addresses)

    def want(self, addresses: Iterable[str]) -> None:
        """Have the pages made, anew if they are known."""
        self._insert("ON CONFLICT (address) DO UPDATE SET state = 0", addresses)

    def _insert(self, otherwise: str, addresses: Iterable[str]) -> None:
        self._connection.executemany(
            f"INSERT INTO page (address, state) VALUES (?, 0) {otherwise}",  # noqa: S608
            ((address,) for address in addresses),
        )

    def want_everything(self) -> None:
        """Have all known pages made anew."""
        self._connection.execute("UPDATE page SET state = 0 WHERE state <> 0")

    def want_failed(self) -> None:
        """Have the pages tried again that failed."""
        self._connection.execute("UPDATE page SET state = 0 WHERE state = 3")

    def begin_anew(self) -> None:
        """Forget all but which pages there are, and have every file written again."""
        self._connection.execute("DELETE FROM note")
        self._connection.execute("UPDATE page SET state = 0, digest = NULL")

    def forget_due_files(self) -> None:
        """Have the files of due pages written again, whatever is there."""
        self._connection.execute("UPDATE page SET digest = NULL WHERE state = 0")

    def want_touched(self, changes: Iterable[tuple[Thing, Span]]) -> None:
        """Have the pages made anew that show one of these things."""
        for (subject, key), (first, last) in changes:
            if (subject, key) == _EVERYWHERE:
                self.want_everything()
            elif key == EVERY:
                sql = _TOUCHED.format(keys="1", first=2, last=3)
                self._connection.execute(sql, [subject, first, last])
            else:
                sql = _TOUCHED.format(keys=f"key IN (?2, {EVERY})", first=3, last=4)
                self._connection.execute(sql, [subject, key, first, last])

    def want_outlived(self, now: datetime) -> None:
        """Have the pages made anew that the clock alone has changed."""
        self._connection.execute(
            "UPDATE page SET state = 0, until = NULL WHERE until <= ?", [int(now.timestamp())]
        )

    def has_outlived(self, now: datetime) -> bool:
        """Whether there is a page that the clock alone has changed."""
        sql = "SELECT EXISTS (SELECT 1 FROM page WHERE until <= ?)"
        return bool(self._connection.execute(sql, [int(now.timestamp())]).fetchone()[0])

    def due(self, after: int, most: int) -> list[Page]:
        """The next pages to be made, by their ids."""
        rows = self._connection.execute(
            "SELECT id, address, digest FROM page WHERE state = 0 AND id > ? ORDER BY id LIMIT ?",
            [after, most],
        )
        return [Page(*row) for row in rows]

    def count_due(self) -> int:
        """How many pages are to be made."""
        sql = "SELECT count(*) FROM page WHERE state = 0"
        return int(self._connection.execute(sql).fetchone()[0])

    def record(self, made: Iterable[Made]) -> None:
        """Note what became of pages, and where they lead on."""
        for page, state, digest, until, things, onward, _ in made:
            if state is not State.FAILED:
                self._show(page.id, {} if state is None else things)
            if state is None:
                self._connection.execute("DELETE FROM page WHERE id = ?", [page.id])
                continue
            self._connection.execute(
                "UPDATE page SET state = ?, digest = ?, until = ? WHERE id = ?",
                [state, digest, until and int(until.timestamp()), page.id],
            )
            self.add(onward)

    def _show(self, page: int, things: Mapping[Thing, Span]) -> None:
        """Have ``shown`` say what a page shows. Its row has the same once more, packed, so that
        what it no longer shows is found without an index on pages."""
        rows = sorted((*thing, *span) for thing, span in things.items() if thing != _EVERYWHERE)
        packed = zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 1)
        sql = "SELECT things FROM page WHERE id = ?"
        ((before,),) = self._connection.execute(sql, [page]).fetchall() or [(None,)]
        if packed == before:
            return
        if before:
            self._connection.executemany(
                "DELETE FROM shown WHERE subject = ? AND key = ? AND page = ?",
                ((subject, key, page) for subject, key, *_ in json.loads(zlib.decompress(before))),
            )
        self._connection.executemany(
            "INSERT INTO shown (subject, key, first, last, page) VALUES (?, ?, ?, ?, ?)",
            ((*row, page) for row in rows),
        )
        self._connection.execute("UPDATE page SET things = ? WHERE id = ?", [packed, page])
