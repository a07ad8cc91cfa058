"""How long a search may look through the index.

Some searches cost in proportion to the archive, whatever the limit on what is found: a rare phrase
of common words, or a common word with everything that has it excluded. So readers' statements are
ended by the database when their time is up, and each kind of answer says what that means for it.
"""

import sqlite3
import time
from collections.abc import Sequence
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

LONGEST = 2.0
"""Seconds that one statement of a search may take: many times what any ordinary one does."""

# Instructions of SQLite between two looks at the clock, some of which read whole pages.
_INSTRUCTIONS = 500
_POSTGRESQL_CANCELED = "57014"

Rows = list[tuple[Any, ...]]


class TooLongError(Exception):
    """The time of a statement was up before its answer was there."""


def rows_of_sqlite(
    connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any], seconds: float | None
) -> Rows:
    """What ``sql`` selects; raises ``TooLongError`` after ``seconds``, None for as long as it
    takes."""
    with connection.cursor() as cursor:
        if seconds is None:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
        end = time.monotonic() + seconds
        database = connection.connection
        database.set_progress_handler(lambda: time.monotonic() >= end, _INSTRUCTIONS)
        try:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
        except OperationalError as error:
            if getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_INTERRUPT:
                raise TooLongError from error
            raise
        finally:
            database.set_progress_handler(None, _INSTRUCTIONS)


def rows_of_postgresql(
    connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any], seconds: float | None
) -> Rows:
    """The same on PostgreSQL."""
    with connection.cursor() as cursor:
        if seconds is None:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
        # In one message, which is one transaction where there is none: the limit ends with it. A
        # transaction that is under way goes on as it was, through a savepoint.
        begin, end = f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}", ""
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


_BACK = "ROLLBACK TO SAVEPOINT search; RELEASE SAVEPOINT search"
