"""What checks find in an article."""

from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """Whether what was found stands against publishing, or only wants a look."""

    STOP = "stop"
    WARNING = "warning"


class Finding(NamedTuple):
    """One thing that a check found; ``field`` is where in the form it is mended.

    In a body the first of what is meant is an element that ``selector`` selects, as CSS does, or
    the text ``words``.
    """

    level: Level
    field: str
    message: str
    selector: str = ""
    words: str = ""


def one_or_more(number: int, one: str, more: str) -> str:
    """``one``, or for several ``more`` with their number: "2 links"."""
    return one if number == 1 else f"{number} {more}"
