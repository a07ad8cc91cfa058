"""How long a search may look through the index.

Some searches cost in proportion to the archive, whatever the limit on what is found: a rare phrase
of common words, or a common word with everything that has it excluded. So readers' statements are
ended by the database when the time of the asking is up, of which each takes from the next, and each
kind of answer says what that means for it.
"""

import math
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST = 2.0
"""Seconds that the statements of one asking may take: many times what any ordinary ones do."""

# Instructions of SQLite between two looks at the clock, some of which read whole pages.
_INSTRUCTIONS = 500
_POSTGRESQL_CANCELED = "57014"

Rows = list[tuple[Any, ...]]


class TooLongError(Exception):
    """The time of an asking was up before its answer was there."""


class Patience:
    """How long the index may be looked through for one who asks: for a page, for how many there are
    and for what to narrow them by, all together."""

    def __init__(self, seconds: float = LONGEST) -> None:
        self._left = seconds

    @property
    def is_at_end(self) -> bool:
        """Whether something was left out for want of time, or might have been."""
        return self._left <= 0

    @contextmanager
    def spent(self) -> Iterator[float]:
        """Takes what is done within from the seconds that are left, which it gives; raises
        ``TooLongError`` if there are none."""
        if self._left <= 0:
            raise TooLongError
        begun = time.monotonic()
        try:
            yield self._left
        finally:
            self._left -= time.monotonic() - begun

    @contextmanager
    def halved(self) -> Iterator[None]:
        """Within it half of what is left is all there is: for what can be done without."""
        kept = self._left / 2
        self._left -= kept
        try:
            yield
        finally:
            self._left += kept

    def end(self) -> None:
        """Have nothing more looked for: what was left out would take too long again."""
        self._left = 0


def rows_of_sqlite(
    connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any], patience: Patience | None
) -> Rows:
    """What ``sql`` selects; raises ``TooLongError`` when ``patience`` is at its end, None for as
    long as it takes."""
    if patience is None:
        return _rows(connection, sql, values)
    with patience.spent() as seconds:
        end = time.monotonic() + seconds
        connection.ensure_connection()
        database = connection.connection
        database.set_progress_handler(lambda: time.monotonic() >= end, _INSTRUCTIONS)
        try:
            return _rows(connection, sql, values)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                raise TooLongError from error
            raise
        finally:
            database.set_progress_handler(None, _INSTRUCTIONS)


def rows_of_postgresql(
    connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any], patience: Patience | None
) -> Rows:
    """The same on PostgreSQL."""
    if patience is None:
        return _rows(connection, sql, values)
    with patience.spent() as seconds, connection.cursor() as cursor:
        # In one message, which is one transaction where there is none: the limit ends with it. A
        # transaction that is under way goes on as it was, through a savepoint.
        begin = f"SET LOCAL statement_timeout = {math.ceil(seconds * 1000)}; {_BY_INDEX}"
        end = ""
        is_inside = connection.in_atomic_block
        if is_inside:
            begin, end = f"SAVEPOINT search; {begin}", f"; {_BACK}"
        try:
            cursor.execute(f"{begin}; {sql}{end}", values)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != _POSTGRESQL_CANCELED:
                raise
            if is_inside:
                cursor.execute(_BACK)
            raise TooLongError from error
        while cursor.description is None:
            cursor.nextset()
        return list(cursor.fetchall())


# It would read every document for a word in most of them, not knowing that words lie packed apart.
_BY_INDEX = "SET LOCAL enable_seqscan = off"
_BACK = "ROLLBACK TO SAVEPOINT search; RELEASE SAVEPOINT search"


def _rows(connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
