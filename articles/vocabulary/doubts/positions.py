"""Whether somebody can have held a position when it is said."""

from collections.abc import Iterator

from django.utils import timezone

from articles.models import Position
from articles.vocabulary.doubts.doubt import Doubt

_OLDEST = 1500


def doubts_of_position(position: Position) -> Iterator[Doubt]:
    """What is doubtful about the dates of ``position``, as it stands in memory. No query."""
    today = timezone.localdate()
    for field, day in (("started", position.started_on), ("ended", position.ended_on)):
        if day is None:
            continue
        if day.year < _OLDEST:
            yield Doubt(field, f"old {day}", f"{day.year} is long ago. Is the year right?")
        elif day.year > today.year + 1:
            yield Doubt(field, f"ahead {day}", f"{day.year} is still ahead. Is the year right?")
