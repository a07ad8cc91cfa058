"""An import from end to end: files in, articles stored, a result for each item.

Every stage is an iterator, so that memory grows neither with the number of files nor their size.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError
from django.utils import timezone

from articles.importing import writer
from articles.importing.findings import find
from articles.importing.normalise import normalise
from articles.importing.readers import read
from articles.importing.records import ArticleRecord, ImportFault, Options, printed
from articles.importing.report import Outcome, Result
from articles.linking import place_test

BATCH = 200
_BATCH_BYTES = 8 * 1024 * 1024


def run(paths: Iterable[Path], options: Options, *, dry_run: bool = False) -> Iterator[Result]:
    """Import the articles in the files at ``paths``; yields what became of each.

    A fault concerns its item only: it is reported and the rest goes on. With ``dry_run`` nothing
    is written, and results say what was found.
    """
    is_place = place_test()
    read_items = (_read(path, options, is_place) for path in paths)
    items = (item for path_items in read_items for item in path_items)
    for batch in _batches(items):
        yield from (item for item in batch if isinstance(item, Result))
        records = [item for item in batch if isinstance(item, ArticleRecord)]
        if dry_run:
            yield from find(records)
        else:
            yield from _write(records, options)


def _batches(items: Iterable[ArticleRecord | Result]) -> Iterator[list[ArticleRecord | Result]]:
    """The items in batches of so many, or of fewer when they are large."""
    batch: list[ArticleRecord | Result] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.original) if isinstance(item, ArticleRecord) else 0
        if len(batch) == BATCH or size >= _BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read(
    path: Path, options: Options, is_place: Callable[[str], bool]
) -> Iterator[ArticleRecord | Result]:
    today = timezone.localdate()
    try:
        for item in read(path, options.format):
            try:
                yield normalise(item, options, is_place, today)
            except ImportFault as fault:
                yield _failed(item.where, fault)
    except ImportFault as fault:
        yield _failed(printed(path), fault)


def _write(records: list[ArticleRecord], options: Options) -> Iterator[Result]:
    """Write the batch; if it is refused, write one by one to find which record was at fault."""
    try:
        yield from writer.write(records, options)
    except (DatabaseError, ValidationError):
        for record in records:
            yield _write_one(record, options)


def _write_one(record: ArticleRecord, options: Options, tries: int = 2) -> Result:
    """Write a record; once more when a rival has just taken what it was to have, such as its
    address."""
    try:
        return writer.write([record], options)[0]
    except IntegrityError as error:
        return _write_one(record, options, tries - 1) if tries > 1 else _failed(record.where, error)
    except (DatabaseError, ValidationError) as error:
        return _failed(record.where, error)


def _failed(where: str, error: Exception) -> Result:
    return Result(where=where, outcome=Outcome.FAILED, remarks=(" ".join(str(error).split()),))
