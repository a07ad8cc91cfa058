"""Counters in an SQLite file, for all processes of one machine."""

import sqlite3
import threading
import time

from newsroom.counters.count import Count

SECONDS_TO_WAIT = 0.25
"""For another process that counts; each takes some microseconds."""

SECONDS_BETWEEN_SWEEPS = 60

# Nothing is lost with the file but who has asked how often in the last minute.
_OPENING = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = OFF;
    CREATE TABLE IF NOT EXISTS counter (name TEXT PRIMARY KEY, used INTEGER, ends REAL)
        WITHOUT ROWID;
"""
_TAKE = """
    INSERT INTO counter (name, used, ends) VALUES (:name, :cost, :now + :seconds)
    ON CONFLICT (name) DO UPDATE SET
        used = CASE WHEN ends <= :now THEN :cost ELSE used + :cost END,
        ends = CASE WHEN ends <= :now THEN :now + :seconds ELSE ends END
    WHERE ends <= :now OR used + :cost <= :most
    RETURNING used, ends
"""
_LOOK = "SELECT used, ends FROM counter WHERE name = :name"
_SWEEP = "DELETE FROM counter WHERE ends <= :now"


class FileCounters:
    """A connection for each thread; they share nothing but the file."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._local = threading.local()
        self._swept_at = 0.0

    def take(self, name: str, cost: int, most: int, seconds: int) -> Count:
        """Count ``cost`` under ``name`` unless that makes more than ``most``.

        Raises ``sqlite3.Error``.
        """
        now = time.time()
        values = {"name": name, "cost": cost, "most": most, "seconds": seconds, "now": now}
        connection = self._connection()
        self._sweep(connection, now)
        row = connection.execute(_TAKE, values).fetchone()
        taken = row is not None
        used, ends = row or connection.execute(_LOOK, values).fetchone()
        return Count(taken, used, max(0.0, ends - now))

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(self._path, timeout=SECONDS_TO_WAIT, isolation_level=None)
            connection.executescript(_OPENING)
            self._local.connection = connection
        return connection

    def _sweep(self, connection: sqlite3.Connection, now: float) -> None:
        if now - self._swept_at > SECONDS_BETWEEN_SWEEPS:
            self._swept_at = now
            connection.execute(_SWEEP, {"now": now})
