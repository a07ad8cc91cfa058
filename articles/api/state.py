"""The state that the database is in: what every commit makes another, wherever it was made.

On PostgreSQL it is the snapshot that a query would see (equal snapshots see equal rows), on its
replicas the place in the log up to which they have followed, on SQLite the number that a connection
which never writes gives of the file.
"""

import sqlite3
import threading
from functools import cache

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
        return _watcher(str(connection.settings_dict["NAME"])).state()
    with connection.cursor() as cursor:
        cursor.execute(_SNAPSHOT if alias == DEFAULT else _REPLAYED)
        (found,) = cursor.fetchone()
    return found and f"{alias} {found}"


_SNAPSHOT = "SELECT pg_current_snapshot()::text"
# A replica's snapshots leave out who is at work on the primary, so that two may look alike.
_REPLAYED = "SELECT pg_last_wal_replay_lsn()::text"


class _Watcher:
    """A connection to an SQLite file that only asks whether another one has committed.

    Its numbers mean nothing to other connections, hence one for the whole process.
    """

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(
            path, timeout=0.25, isolation_level=None, check_same_thread=False
        )
        self._lock = threading.Lock()

    def state(self) -> str | None:
        try:
            with self._lock:
                (version,) = self._connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:
            return None
        return str(version)


@cache
def _watcher(path: str) -> _Watcher:
    return _Watcher(path)
