"""How a piece of work does as an archive grows."""

from collections.abc import Iterable
from typing import NamedTuple

AS_BEFORE = 1.2
"""Times that a public page may take of what it takes with a thousand articles."""


class Grown(NamedTuple):
    """A piece of work in archives of several sizes, the smallest first; the limit is milliseconds
    of the database, or ``of_all`` that pass, or None where only the ratio is bounded."""

    name: str
    limit: float | None
    of_all: bool
    passed: list["Times"]
    """Of the whole work, in each archive."""
    database: list["Times"]
    """Of the database."""
    queries: list[int]


class Times(NamedTuple):
    """Half of the rounds, and 95 % of them, took at most so many milliseconds."""

    p50: float
    p95: float

    @classmethod
    def of(cls, times: Iterable[float]) -> "Times":
        ordered = sorted(times)
        return cls(ordered[len(ordered) // 2], ordered[len(ordered) * 95 // 100])
