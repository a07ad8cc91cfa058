"""Has a manifest say which pages are no longer as they should be."""

from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.utils import timezone

from articles import freshness
from articles.baking import addresses
from articles.baking.manifest import Manifest
from articles.baking.pictures import want_sweep
from articles.models import Subject

_POSITION, _READ, _CLOCK, _PROGRAM = "position", "read", "clock", "program"

_MOST_FOLLOWED = 200_000
"""Changes that are followed; after more of them everything is looked at."""
_QUIET = timedelta(hours=1)
"""After which it is noted that nothing has changed."""


def catch_up(manifest: Manifest) -> None:
    """Have what changed since the last time made anew, and what is new made.

    Everything, where it is the first time, the program or its settings are others than the last
    time, or more has changed than can be followed.
    """
    # Before anything is read: what is purged from here on is read the next time.
    position, now = freshness.position(), timezone.now()
    read = _ids(position)
    changes = _changes(manifest, position, now)
    things = {thing for thing, _ in changes.new} if changes else set()
    is_followed = changes is not None and not addresses.is_beyond_telling(things)
    if is_followed and _is_quiet(manifest, position, changes, now):
        return
    with manifest.transaction():
        if changes is not None:
            manifest.want_touched(changes.new)
            manifest.want(addresses.made_by(things))
        if not is_followed:
            manifest.want_everything()
            manifest.add(addresses.everything())
        if not is_followed or any(subject == Subject.IMAGE for subject, _ in things):
            want_sweep(manifest, now)
        manifest.want_outlived(now)
        manifest.put(
            **{
                _POSITION: str(position),
                _READ: " ".join(read),
                _CLOCK: now.isoformat(),
                _PROGRAM: freshness.program(),
            }
        )


class _Changes(NamedTuple):
    """What changed since the last time that was noted: each thing once for each span."""

    new: set[tuple[freshness.Thing, freshness.Span]]
    since: datetime


def _changes(manifest: Manifest, position: int, now: datetime) -> _Changes | None:
    """None where they cannot be followed."""
    since_position, clock = manifest.note(_POSITION), manifest.note(_CLOCK)
    if since_position is None or clock is None or manifest.note(_PROGRAM) != freshness.program():
        return None
    since = datetime.fromisoformat(clock)
    # A position that is yet to come is of another database, of which this one is an older copy.
    if int(since_position) > position or now - since >= freshness.KEPT:
        return None
    due = freshness.due_between(since, now)
    if sum(subject == Subject.ARTICLE for _, (subject, _), _ in due) > freshness.MOST_READ:
        return None
    new = {(one.thing, one.span) for one in due}
    # On PostgreSQL some are read more than once.
    before = set((manifest.note(_READ) or "").split())
    for one in freshness.purges_from(int(since_position)):
        if str(one.id) not in before:
            new.add((one.thing, one.span))
        if len(new) > _MOST_FOLLOWED:
            return None
    return _Changes(new, since)


def _ids(position: int) -> list[str]:
    """The purges from a position on that can be seen already; of very many the first."""
    purges = islice(freshness.purges_from(position), freshness.MOST_READ)
    return [str(one.id) for one in purges]


def _is_quiet(manifest: Manifest, position: int, changes: _Changes | None, now: datetime) -> bool:
    """Whether there is nothing to note, which is so most of the time."""
    if changes is None or changes.new or manifest.has_outlived(now):
        return False
    if now - changes.since > _QUIET:
        return False
    return manifest.note(_POSITION) == str(position)
