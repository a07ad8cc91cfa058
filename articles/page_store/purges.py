"""Whether a page that is kept is still what it would be if it were rendered now."""

import math
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from articles import freshness
from articles.freshness import Purged, Thing
from articles.models import EVERY
from articles.page_store.entry import Entry
from articles.page_store.shelf import LONGEST
from articles.page_store.watch import Watch

REMEMBERED = 20_000
"""Purges that a process remembers; an entry not looked at for longer is rendered anew."""


class _Known(NamedTuple):
    """What a process has learnt: ``log`` holds the purges from number ``first`` to before ``end``.
    It is only ever added to; what has been published of it stays as it is."""

    first: int
    log: list[Purged]
    end: int

    def since(self, number: int) -> list[Purged] | None:
        """Those from ``number`` on; None when they are no longer remembered."""
        if number < self.first:
            return None
        return self.log[number - self.first : self.end - self.first]


class Purges:
    """What has been purged since this process began, numbered in the order in which it learnt of
    them. To learn costs a glance at the watch, and queries only when something was committed."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._lock = threading.Lock()
        self._known = _Known(0, [], 0)
        self._stamp: object = None
        self._position: int | None = None
        self._read: set[int] = set()
        self._clock = datetime.now(UTC)
        self._due = 0.0

    def count(self) -> int:
        """How many are known now: a page rendered from here on shows what they changed."""
        return self._learn().end

    def spare(self, entry: Entry) -> bool:
        """Whether nothing that ``entry`` shows has changed; it remembers up to where that was
        seen."""
        if entry.until <= time.time():
            return False
        known = self._learn()
        if entry.seen == known.end:
            return True
        since = known.since(entry.seen)
        if since is None or _concerns(entry, since):
            return False
        entry.seen = known.end
        return True

    def spare_found(self, entry: Entry) -> bool:
        """The same of an entry that another process may have made: it is compared with the purges
        in the database. One query, and one more where the clock has brought something.

        One that has lain there too long, or is from a later time than the database, which was
        restored since, is not spared.
        """
        now = datetime.now(UTC)
        is_of_age = now.timestamp() - LONGEST < entry.at <= now.timestamp()
        if entry.until <= now.timestamp() or not is_of_age:
            return False
        entry.seen = self.count()
        if entry.position > freshness.position():
            return False
        since = freshness.purged_since(entry.position, list(entry.things))
        due = freshness.due_between(datetime.fromtimestamp(entry.at, UTC), now)
        return len(since) <= freshness.MOST_READ and not _concerns(entry, [*since, *due])

    def _learn(self) -> _Known:
        stamp = self._watch.stamp()
        if stamp != self._stamp or time.time() >= self._due:
            with self._lock:
                if stamp != self._stamp or time.time() >= self._due:
                    self._read_on()
                    self._stamp = stamp
        return self._known

    def _read_on(self) -> None:
        # Where they go now comes first: what is committed in between is read, and read again.
        position = freshness.position()
        if self._position is None or self._position > position:
            self._begin_anew(position)
        else:
            self._add(self._found())
        now = datetime.now(UTC)
        if now.timestamp() >= self._due:
            self._add(freshness.due_between(self._clock, now))
        self._clock = now
        due = freshness.next_due(now)
        self._due = due.timestamp() if due else math.inf
        self._position = position

    def _found(self) -> list[Purged]:
        """The purges that were not read before, those of one thing as one."""
        read: set[int] = set()
        found: dict[Thing, Purged] = {}
        for one in freshness.purges_from(self._position or 0):
            read.add(one.id)
            if one.id not in self._read:
                there = found.get(one.thing)
                span = there.span.and_between(one.span) if there else one.span
                found[one.thing] = one._replace(span=span)
        self._read = read
        return list(found.values())

    def _add(self, purged: list[Purged]) -> None:
        first, log, count = self._known
        if len(log) > REMEMBERED:
            log = log[-REMEMBERED // 2 :]
            first = count - len(log)
        log.extend(purged)
        self._known = _Known(first, log, count + len(purged))

    def _begin_anew(self, position: int) -> None:
        """Nothing that is kept is spared: what came before cannot be told."""
        self._read = {one.id for one in freshness.purged_since(position)}
        count = self._known.end + 1
        self._known = _Known(count, [], count)


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
