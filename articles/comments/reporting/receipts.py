"""What becomes of a reader's report."""

from dataclasses import dataclass
from enum import Enum


class Outcome(Enum):
    """What became of a report: an HTTP status, and for a refusal the words for the reader."""

    RECEIVED = (201, "")
    KNOWN = (200, "")
    GONE = (404, "This comment is not there any more.")
    TOO_MANY = (429, "So many reports came from your network that this one has to wait.")

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class Receipt:
    """The outcome, and for too many reports the seconds to wait."""

    outcome: Outcome
    retry_after: int = 0
