"""Goes through a table of people and stores it, a batch at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from django.contrib.auth.models import User
from django.db import transaction

from articles.importing.people.rows import COLUMNS, Stated, stated
from articles.importing.people.table import Cells, read
from articles.importing.people.writer import Stored, write

_BATCH = 200

_Batch = list[tuple[Cells, Stated | None, str]]


class Outcome(StrEnum):
    ADDED = "added"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of a line of the table: its number in the file, whom it names, what was added of
    it or would be, and what to look at or why it failed."""

    number: int
    outcome: Outcome
    name: str = ""
    added: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def run(file: BinaryIO, *, by: User | None = None, dry_run: bool = False) -> Iterator[Line]:
    """Store the people and positions of a table, and tell what became of each line.

    A bad line is reported and the others go in. Run again it changes nothing. ``dry_run`` stores
    nothing and tells what would be, each batch by itself: whom two of them name is new in both.
    Raises ImportFault when the file is no table of people.
    """
    store = _tried if dry_run else _written
    for batch in _batches(file):
        yield from store(batch, by)


def _batches(file: BinaryIO) -> Iterator[_Batch]:
    batch: _Batch = []
    for cells in read(file, COLUMNS["name"]):
        batch.append(_understood(cells))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _understood(cells: Cells) -> tuple[Cells, Stated | None, str]:
    if cells.fault:
        return cells, None, cells.fault
    try:
        return cells, stated(cells), ""
    except ValueError as error:
        return cells, None, str(error)


def _tried(batch: _Batch, by: User | None) -> list[Line]:
    """As ``_written``, and nothing of it stays."""
    with transaction.atomic():
        told = list(_written(batch, by))
        transaction.set_rollback(True)
    return told


def _written(batch: _Batch, by: User | None) -> Iterator[Line]:
    results = iter(write([row for _, row, _ in batch if row is not None], by=by))
    for cells, row, fault in batch:
        if row is None:
            yield Line(cells.number, Outcome.FAILED, remarks=(fault,))
        else:
            yield _line(cells.number, row, next(results))


def _line(number: int, row: Stated, stored: Stored) -> Line:
    if stored.fault:
        return Line(number, Outcome.FAILED, row.name, remarks=(stored.fault,))
    outcome = Outcome.KEPT if stored.is_kept else Outcome.UNCHANGED
    if stored.added:
        outcome = Outcome.ADDED
    return Line(number, outcome, row.name, tuple(stored.added), tuple(stored.remarks))
