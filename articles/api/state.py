"""The state that the database is in: what every commit makes another, wherever it was made.

On PostgreSQL it is the snapshot that a query would see (equal snapshots see equal rows), on its
replicas the place in the log up to which they have followed, on SQLite the number that a connection
which never writes gives of the file.

Beside it is told what the clock alone will change in that state: on PostgreSQL by the same
statement, so that a client of an archive that always changes costs no further one.
"""

import os
import sqlite3
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest
from django.utils import timezone
from rest_framework.request import Request

from articles.models import Article, CommentRules
from newsroom.databases import DEFAULT

_SEEN = "newsroom.state"


class Clock(NamedTuple):
    """What time alone changes: when the next article is due, and whether comments close by age."""

    next_due: datetime | None
    closes_comments: bool


@dataclass(frozen=True, slots=True)
class State:
    """Of the database ``alias``; two states of one name hold the same rows."""

    name: str
    alias: str
    _clock: Clock | None = None

    def clock(self, at: datetime) -> Clock:
        """What time changes in this state after ``at``, when it was looked for or later."""
        return self._clock or _remembered_clock(self, at)


def of(request: HttpRequest | Request) -> State | None:
    """The state before anything was read for ``request``, which is asked for once.

    None where it cannot be told, as in a transaction, which sees its own changes.
    """
    if _SEEN not in request.META:
        request.META[_SEEN] = _now()
    seen: State | None = request.META[_SEEN]
    return seen


def look_again(request: Request) -> None:
    """Have the state asked for anew: ``request`` has written something itself."""
    request.META.pop(_SEEN, None)


def _now() -> State | None:
    alias = router.db_for_read(Article)
    connection = connections[alias]
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        process = os.getpid()
        seen = _watcher(str(connection.settings_dict["NAME"]), process).state()
        return State(f"{process} {seen}", alias) if seen else None
    if alias != DEFAULT:
        # What is read afterwards is of this place in the log or a later one. A replica's snapshots
        # leave out who is at work on the primary, so that two of them may look alike.
        (place,) = _row(connection, "SELECT pg_last_wal_replay_lsn()::text")
        return State(f"{alias} {place}", alias) if place else None
    snapshot, *of_clock = _row(connection, _SNAPSHOT, _adapted(connection, timezone.now()))
    return State(f"{alias} {snapshot}", alias, Clock(*of_clock))


_CLOCK = f"""
    SELECT {{}} (
        SELECT public_from FROM {Article._meta.db_table}
        WHERE public_from > %s ORDER BY public_from LIMIT 1
    ), EXISTS (SELECT 1 FROM {CommentRules._meta.db_table} WHERE close_after_days > 0)
"""  # noqa: S608 (the tables are ours)
_SNAPSHOT = _CLOCK.format("pg_current_snapshot()::text,")

_last_clock: tuple[str, datetime, Clock] | None = None


def _remembered_clock(state: State, at: datetime) -> Clock:
    """What is asked for once in each state, and again when somebody asks what comes after an
    article that is due by then."""
    global _last_clock  # noqa: PLW0603 - as many requests have one state, so they have one clock
    if _last_clock:
        name, since, clock = _last_clock
        if name == state.name and since <= at and (clock.next_due is None or at < clock.next_due):
            return clock
    connection = connections[state.alias]
    next_due, closes = _row(connection, _CLOCK.format(""), _adapted(connection, at))
    if next_due and connection.vendor == "sqlite":
        next_due = next_due.replace(tzinfo=UTC)
    clock = Clock(next_due, bool(closes))
    _last_clock = state.name, at, clock
    return clock


def _adapted(connection: BaseDatabaseWrapper, at: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(at)


def _row(connection: BaseDatabaseWrapper, sql: str, *values: Any) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: tuple[Any, ...] = cursor.fetchone()
    return found


class _Watcher:
    """A connection to an SQLite file that only asks whether another one has committed.

    Its numbers mean nothing to other connections, hence one for the whole process. It is opened
    anew when another file lies in the place of the one it watches, as after a restore.
    """

    def __init__(self, path: str) -> None:
        self._path = Path(path)
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._file = (0, 0)
        self._openings = 0

    def state(self) -> str | None:
        try:
            with self._lock:
                connection = self._current()
                (version,) = connection.execute("PRAGMA data_version").fetchone()
                return f"{self._openings} {version}"
        except (OSError, sqlite3.Error):
            return None

    def _current(self) -> sqlite3.Connection:
        found = self._path.stat()
        file = (found.st_dev, found.st_ino)
        if self._connection is None or file != self._file:
            if self._connection:
                self._connection.close()
            self._connection = sqlite3.connect(
                self._path, timeout=0.25, isolation_level=None, check_same_thread=False
            )
            self._file = file
            self._openings += 1
        return self._connection


# A connection is of no use to a process that was forked from the one which opened it.
@cache
def _watcher(path: str, process: int) -> _Watcher:
    return _Watcher(path)
