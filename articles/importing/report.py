"""What became of each item of an import."""

import json
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TextIO


class Outcome(StrEnum):
    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    FOUND = "found"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Result:
    """One item's outcome: ``where`` it stood, and why it failed or what to look at.

    ``KEPT`` is an article that an editor has changed since it was imported, left as it is;
    ``FOUND`` is what a dry run would have added. ``article`` is the primary key of the article
    that was stored, or found in the archive.
    """

    where: str
    outcome: Outcome
    headline: str = ""
    path: str = ""
    remarks: tuple[str, ...] = ()
    findings: dict[str, list[str]] = field(default_factory=dict)
    article: int | None = None


class Report:
    """Counts results and, given a file, writes each as a line of JSON as it comes."""

    def __init__(self, file: TextIO | None = None) -> None:
        self.counts: Counter[Outcome] = Counter()
        self._file = file

    def add(self, result: Result) -> None:
        self.counts[result.outcome] += 1
        if self._file:
            line = {
                "where": result.where,
                "outcome": result.outcome,
                "headline": result.headline,
                "path": result.path,
                "remarks": result.remarks,
                **result.findings,
            }
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")

    @property
    def failed(self) -> int:
        return self.counts[Outcome.FAILED]

    @property
    def total(self) -> int:
        return self.counts.total()

    def __str__(self) -> str:
        words = [f"{count:,} {outcome}" for outcome, count in sorted(self.counts.items())]
        return ", ".join(words) or "nothing to import"
