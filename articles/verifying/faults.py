from typing import NamedTuple


class Fault(NamedTuple):
    """Something that is damaged: where, what is wrong with it, and what to do about it."""

    where: str
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}. {self.remedy}."


def article(pk: int) -> str:
    """Where a fault of an article is."""
    return f"article {pk}"
