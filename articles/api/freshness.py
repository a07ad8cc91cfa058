"""Knows without building an answer whether it would still be the same.

An answer depends on the database and, in a few places, on the clock. So beside an answer's tag is
kept in which state the database was before it was read, and until when the clock changes nothing.
While the state is that one, a client that has the tag has the answer.

A state is what every commit makes another, wherever it was made: on PostgreSQL the snapshot that a
query would see (equal snapshots see equal rows), on its replicas the place in the log up to which
they have followed, on SQLite the number that a connection which never writes gives of the file.
"""

import hashlib
import sqlite3
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import NamedTuple

from django.db import connections, router
from django.http import HttpResponseBase
from django.utils import timezone
from rest_framework.request import Request

from articles.api.etags import of_plain_content
from articles.models import Article, CommentRules
from newsroom.databases import DEFAULT

KEPT = 2_000
"""Answers whose tags are kept, the most recently asked for; some hundred bytes each."""

LONGEST = timedelta(minutes=1)
LONGEST_WITH_AGE_LIMIT = timedelta(seconds=2)
"""Where comments close by age, any second may be the one."""


class Known(NamedTuple):
    """The tag of an answer, when it changed last, and what it holds as long as."""

    etag: str
    modified: str | None
    state: str
    until: datetime


_answers: OrderedDict[bytes, Known] = OrderedDict()
_limit: tuple[str, datetime] = ("", datetime.min.replace(tzinfo=UTC))
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that reads: what tells its answer from all others, which tags the client has; the
    time, and the state of the database, before the answer is built."""

    key: bytes
    tags: str
    at: datetime
    state: str

    def known(self) -> Known | None:
        """What is known of the answer, if it is still the same and the client has it."""
        if not self.tags:
            return None
        with _lock:
            found = _answers.get(self.key)
        if found is None or found.state != self.state or found.until <= self.at:
            return None
        return found if of_plain_content(found.etag) in self.tags else None

    def remember(self, answer: HttpResponseBase) -> None:
        """Keep the tag of the answer that was built."""
        headers = answer.headers
        modified = headers.get("Last-Modified")
        known = Known(headers["ETag"], modified, self.state, _until(self.state, self.at))
        with _lock:
            _answers[self.key] = known
            _answers.move_to_end(self.key)
            while len(_answers) > KEPT:
                _answers.popitem(last=False)


def visit(request: Request, coding: str) -> Visit | None:
    """The visit of a request that is answered in ``coding``; to be called before anything is read.

    None for what writes, and where the state of the database cannot be told.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    at, state = timezone.now(), state_now()
    if state is None:
        return None
    is_short = "If-Match" not in request.headers
    tags = of_plain_content(request.headers.get("If-None-Match", "")) if is_short else ""
    return Visit(_key(request, coding), tags, at, state)


def state_now() -> str | None:
    """The state of the database that this request reads.

    None where it cannot be told, as in a transaction, which sees its own changes.
    """
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


def _key(request: Request, coding: str) -> bytes:
    """Who asks, by which address, for what, and how."""
    parts = (
        str(getattr(request.auth, "pk", "")),
        request.build_absolute_uri(),
        request.headers.get("Accept", ""),
        coding,
    )
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).digest()


def _until(state: str, at: datetime) -> datetime:
    """When the clock will change an answer that was built in ``state`` from ``at`` on."""
    global _limit  # noqa: PLW0603 - asked once for each state, not with each answer
    of, until = _limit
    if of != state or until <= at:
        until = _next_change(at)
        _limit = (state, until)
    return until


def _next_change(at: datetime) -> datetime:
    ahead = Article.objects.filter(public_from__gt=at).order_by("public_from", "pk")
    next_one = ahead.values_list("public_from", flat=True).first()
    closes_by_age = CommentRules.objects.current().close_after_days > 0
    latest = at + (LONGEST_WITH_AGE_LIMIT if closes_by_age else LONGEST)
    return min(latest, next_one) if next_one else latest


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
