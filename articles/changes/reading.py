"""Reads changes from a place in their order on."""

from collections.abc import Collection
from datetime import datetime

from articles.models import Change


def after(position: int, limit: int, kinds: Collection[str] = ()) -> list[Change]:
    """At most ``limit`` changes that come after ``position``, in order; only of ``kinds``, if any
    are given. It costs the same anywhere."""
    changes = Change.objects.filter(position__gt=position).order_by("position")
    if kinds:
        changes = changes.filter(kind__in=kinds)
    return list(changes[:limit])


def before(position: int, limit: int) -> list[Change]:
    """At most ``limit`` changes up to and with ``position``, in order."""
    changes = Change.objects.filter(position__lte=position).order_by("-position")
    return list(changes[:limit])[::-1]


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
    last = Change.objects.filter(position__isnull=False).order_by("-position")
    return last.values_list("position", flat=True).first() or 0
