"""Gives what was noted its place in the order, once nobody can come before it any more."""

import logging

from django.db import DatabaseError, connection, router, transaction
from django.utils import timezone

from articles.models import Change

logger = logging.getLogger(__name__)

BATCH = 5_000

# Any number will do, as long as nothing else takes the same one.
_LOCK = 0x6368616E676573

_SETTLE = """
    UPDATE articles_change SET position = placed.last + placed.number, settled_at = %s
    FROM (
        SELECT id, row_number() OVER (ORDER BY at, id) AS number,
            (SELECT coalesce(max(position), 0) FROM articles_change) AS last
        FROM (
            SELECT id, at FROM articles_change WHERE position IS NULL AND at <= %s
            ORDER BY at, id LIMIT %s
        ) AS due
    ) AS placed
    WHERE placed.id = articles_change.id
"""


def try_to_settle() -> None:
    """``settle`` for whoever only reads: where nothing can be written at the moment, what is
    settled already is enough, and the next to come settles the rest."""
    read_what_is_written()
    try:
        settle()
    except DatabaseError as error:
        logger.warning("Changes could not be settled: %s", error)


def read_what_is_written() -> None:
    """Have this request ask no replica: one that lags would give an article as it was to somebody
    who has read that it changed, and who never asks again."""
    router.db_for_write(Change)


def settle(limit: int = BATCH) -> int:
    """Give at most ``limit`` changes whose time has come their positions; returns how many.

    A number that is drawn when a change is written says nothing: whoever writes the next may be
    done before, and who has read that one never looks back. So numbers are given here, one call at
    a time, to what is committed. Reading on costs one look at an index when there is nothing new.
    """
    if not Change.objects.filter(position__isnull=True, at__lte=timezone.now()).exists():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # SQLite has one writer at a time as it is.
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        now = timezone.now()
        stamp = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(_SETTLE, [stamp, stamp, limit])
        settled: int = cursor.rowcount
        return settled
