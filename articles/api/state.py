"""The state that the database is in: what every commit makes another, wherever it was made.

On PostgreSQL it is the snapshot that a query would see (equal snapshots see equal rows), on its
replicas the place in the log up to which they have followed, on SQLite the number that a connection
which never writes gives of the file.
"""

import os
import sqlite3
import threading
from functools import cache
from pathlib import Path

from django.db import connections, router
from django.http import HttpRequest
from rest_framework.request import Request

from articles.models import Article
from newsroom.databases import DEFAULT

_SEEN = "newsroom.state"


def of(request: HttpRequest | Request) -> str | None:
    """The state before anything was read for ``request``, which is asked for once.

    None where it cannot be told, as in a transaction, which sees its own changes.
    """
    if _SEEN not in request.META:
        request.META[_SEEN] = _now()
    seen: str | None = request.META[_SEEN]
    return seen


def look_again(request: Request) -> None:
    """Have the state asked for anew: ``request`` has written something itself."""
    request.META.pop(_SEEN, None)


def _now() -> str | None:
    alias = router.db_for_read(Article)
    connection = connections[alias]
    if connection.in_atomic_block:
        return None
    if connection.vendor == "sqlite":
        process = os.getpid()
        seen = _watcher(str(connection.settings_dict["NAME"]), process).state()
        return seen and f"{process} {seen}"
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT if alias == DEFAULT else _REPLAYED)
        (found,) = cursor.fetchone()
    return found and f"{alias} {found}"


_SNAPSHOT = "SELECT pg_current_snapshot()::text"
# A replica's snapshots leave out who is at work on the primary, so that two may look alike.
_REPLAYED = "SELECT pg_last_wal_replay_lsn()::text"


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
