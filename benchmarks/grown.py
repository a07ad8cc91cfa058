"""How a piece of work does as an archive grows."""

from typing import NamedTuple

AS_BEFORE = 1.2
"""Times that a public page may take of what it takes with a thousand articles."""


class Grown(NamedTuple):
    """A piece of work in archives of several sizes, the smallest first; the limit is milliseconds
    of the database, or ``of_all`` that pass, or None where only the ratio is bounded."""

    name: str
    limit: float | None
    of_all: bool
    passed: list[float]
    """95 % of the rounds took at most so many milliseconds, in each archive."""
    database: list[float]
    """Those of the database."""
    queries: list[int]
