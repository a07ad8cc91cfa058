"""What counters give, whichever they are."""

from typing import NamedTuple, Protocol


class Count(NamedTuple):
    """Whether it was counted; how much is counted now; in how many seconds it begins anew."""

    taken: bool
    used: int
    seconds: float


class Counters(Protocol):
    def take(self, name: str, cost: int, most: int, seconds: int) -> Count:
        """Count ``cost`` under ``name`` in one step, unless that makes more than ``most``."""
