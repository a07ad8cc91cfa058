"""Whether a page that is kept is still what it would be if it were rendered now."""

import threading
import time
from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import islice

from articles import freshness
from articles.freshness import Purged
from articles.models import EVERY
from articles.page_store.entry import Entry
from articles.page_store.watch import Watch

REMEMBERED = 20_000
"""Purges that a process remembers; an entry not looked at for longer is rendered anew."""


class Purges:
    """What has been purged since this process began, numbered in the order in which it learnt of
    them. To learn costs a glance at the watch, and queries only when something was committed."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._lock = threading.Lock()
        self._log: deque[Purged] = deque(maxlen=REMEMBERED)
        self._count = 0
        self._stamp: object = None
        self._position: int | None = None
        self._read: set[int] = set()
        self._clock = datetime.now(UTC)
        self._due = 0.0

    def count(self) -> int:
        """How many are known now: a page rendered from here on shows what they changed."""
        self._learn()
        return self._count

    def spare(self, entry: Entry) -> bool:
        """Whether nothing that ``entry`` shows has changed; it remembers up to where that was
        seen."""
        if entry.until <= time.time():
            return False
        count = self.count()
        if entry.seen == count:
            return True
        behind = count - entry.seen
        if behind > len(self._log) or _concerns(entry, islice(reversed(self._log), behind)):
            return False
        entry.seen = count
        return True

    def spare_found(self, entry: Entry) -> bool:
        """The same of an entry that another process may have made: it is compared with the purges
        in the database. One query, and one more where the clock has brought something."""
        if entry.until <= time.time():
            return False
        entry.seen = self.count()
        since = freshness.purged_since(entry.position, list(entry.things))
        due = freshness.due_between(datetime.fromtimestamp(entry.at, UTC), datetime.now(UTC))
        return len(since) <= freshness.MOST_READ and not _concerns(entry, [*since, *due])

    def _learn(self) -> None:
        stamp = self._watch.stamp()
        if stamp == self._stamp and time.time() < self._due:
            return
        with self._lock:
            if stamp == self._stamp and time.time() < self._due:
                return
            self._read_on()
            self._stamp = stamp

    def _read_on(self) -> None:
        # Where they go now comes first: what is committed in between is read, and read again.
        position = freshness.position()
        is_first = self._position is None
        found = freshness.purged_since(position if self._position is None else self._position)
        if len(found) > freshness.MOST_READ:
            self._begin_anew()
        else:
            # Of what can be seen the first time, nothing is kept yet.
            self._add([one for one in found if not is_first and one.id not in self._read])
            self._read = {one.id for one in found}
        now = datetime.now(UTC)
        if now.timestamp() >= self._due:
            self._add(freshness.due_between(self._clock, now))
        self._clock = now
        due = freshness.next_due(now)
        self._due = due.timestamp() if due else float("inf")
        self._position = position

    def _add(self, purged: list[Purged]) -> None:
        self._log.extend(purged)
        self._count += len(purged)

    def _begin_anew(self) -> None:
        """Too much has changed to be told: no entry is spared."""
        self._log.clear()
        self._count += REMEMBERED
        self._read = set()


def _concerns(entry: Entry, purged: Iterable[Purged]) -> bool:
    """Whether any of these changed something that ``entry`` shows."""
    things = entry.things
    for _, (subject, key), span in purged:
        if subject not in entry.subjects:
            continue
        if key == EVERY or (subject, EVERY) in things:
            return True
        shown = things.get((subject, key))
        if shown is not None and shown.touches(span):
            return True
    return False
