"""Goes through the parts of an archive a batch at a time; memory does not grow with it."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from articles.verifying.faults import Fault
from articles.verifying.parts import Part

BATCH = 200


class Step(NamedTuple):
    """A batch that was checked: up to which id, how many rows, and what is wrong with them."""

    part: Part
    last: int
    checked: int
    faults: list[Fault]


def verify(parts: Iterable[Part], since: int = 0) -> Iterator[Step]:
    """The steps through ``parts``, each from the id ``since`` on.

    What looks wrong is looked at once more before it is told, since somebody may just be saving.
    """
    for part in parts:
        last = since - 1
        while ids := part.keys(last, BATCH):
            last = ids[-1]
            yield Step(part, last, len(ids), _lasting(partial(part.check, ids)))
        if part.whole:
            yield Step(part, last, 0, _lasting(part.whole))


def _lasting(check: Callable[[], Iterable[Fault]]) -> list[Fault]:
    """What ``check`` finds, and finds again."""
    found = list(check())
    if not found:
        return []
    again = set(check())
    return [fault for fault in found if fault in again]
