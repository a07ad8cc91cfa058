"""Reads changes from a place in their order on."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from django.db.models import Q

from articles.models.change import Change, ChangeQuerySet

SPAN = 20_000
"""Positions that one reading looks at, however few of them are of the kinds that are asked for."""


class Extent(NamedTuple):
    """The last position there is, 0 when there is none, and when a certain one was given; None when
    it was not."""

    end: int
    settled_at: datetime | None


class Reading(NamedTuple):
    """Some changes in their order; all between the positions ``first`` and ``last`` were looked at,
    and there are more beyond unless ``is_end``."""

    changes: list[Change]
    first: int
    last: int
    is_end: bool


def extent(position: int = 0) -> Extent:
    """How far the changes go, and when that at ``position`` came to stand there; one query."""
    newest = Change.objects.filter(position__isnull=False).order_by("-position")
    rows = Change.objects.filter(Q(position=position) | Q(position=newest.values("position")[:1]))
    settled = dict(rows.values_list("position", "settled_at"))
    return Extent(max((found for found in settled if found), default=0), settled.get(position))


def after(position: int, end: int, limit: int, kinds: Collection[str] = ()) -> Reading:
    """At most ``limit`` changes that come after ``position``, up to ``end`` (of an ``extent`` that
    was read before); only of ``kinds``, if any are given.

    It costs the same anywhere, since it stops after ``SPAN`` positions with what it has.
    """
    until = min(end, position + SPAN)
    changes = Change.objects.filter(position__gt=position, position__lte=until)
    found = list(_of(changes, kinds).order_by("position")[: limit + 1])
    if len(found) > limit:
        del found[limit:]
        until = found[-1].position or 0
    return Reading(found, position + 1, max(position, until), until >= end)


def before(position: int, beginning: int, limit: int, kinds: Collection[str] = ()) -> Reading:
    """At most ``limit`` changes that come after ``beginning``, up to ``position``, likewise."""
    since = max(beginning + 1, position - SPAN + 1)
    changes = Change.objects.filter(position__gte=since, position__lte=position)
    found = list(_of(changes, kinds).order_by("-position")[: limit + 1])
    if len(found) > limit:
        del found[limit:]
        since = found[-1].position or 0
    return Reading(found[::-1], since, position, since <= beginning + 1)


def position_at(moment: datetime) -> int:
    """The position after which the changes since ``moment`` stand, and none but those that could
    be read since."""
    first = (
        Change.objects.filter(settled_at__gte=moment)
        .order_by("settled_at", "position")
        .values_list("position", flat=True)
        .first()
    )
    return last_position() if first is None else first - 1


def last_position() -> int:
    """The position of the last change; 0 when there is none."""
    return extent().end


def _of(changes: ChangeQuerySet, kinds: Collection[str]) -> ChangeQuerySet:
    return changes.filter(kind__in=kinds) if kinds else changes
