"""A whole month of the archive as JSON Lines: what it is made of, and the file of it.

A line holds an article as ``changes/`` gives it, with its body. The state of a month is known from
two indexes, before anything of it is rendered.
"""

import hashlib
import re
from collections.abc import Collection, Iterator
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple, TypeVar

import orjson
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from articles.api import loading
from articles.api.links import Links
from articles.listings import Listing
from articles.listings.calendar import month_bounds
from articles.models import Change, ListingEntry, ListingKind, StaleArticle

BATCH = 500
"""Articles that are in memory at a time."""

LINE = tuple(name for name in loading.IN_DETAIL if name != "comments")
"""The keys of an article that a line has: no change tells of a comment."""

_FORM = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")
_CHUNK = 2_000
_Row = TypeVar("_Row")


class File(NamedTuple):
    """A rendered month, to be read from its beginning: it is gone once it is closed."""

    content: IO[bytes]
    size: int
    sha256: bytes


def month_of(text: str) -> int | None:
    """The month YYYYMM that ``text`` states as YYYY-MM, from the year 1000 to 2999; None for
    anything else."""
    match = _FORM.fullmatch(text)
    return int(match[1] + match[2]) if match else None


def months() -> dict[int, int]:
    """How many articles each month (YYYYMM) has, the newest first."""
    return Listing(ListingKind.ARCHIVE, findable=True).months()


def state(month: int, fields: Collection[str], origin: str) -> str:
    """A digest that is another once a line of the month would be: one of other articles, of
    changes to one, of names that are about to be brought up to date."""
    digest = hashlib.blake2b(digest_size=16)
    digest.update(f"{origin} {sorted(fields)}".encode())
    last = Change.objects.filter(article=OuterRef("article")).order_by("-id").values("id")[:1]
    waiting = StaleArticle.objects.filter(article=OuterRef("article"))
    rows = _entries(month).annotate(last=Subquery(last), waits=Exists(waiting))
    for row in rows.values_list("article", "last", "waits").iterator(chunk_size=_CHUNK):
        digest.update(f"{row}".encode())
    return digest.hexdigest()


def render(month: int, fields: Collection[str], links: Links) -> File:
    """The month's articles, the oldest first, a line each.

    It lies in a file that has no name, so that its checksum can be told before its first byte and
    memory does not grow with it.
    """
    file = TemporaryFile()  # noqa: SIM115 - whoever reads it closes it
    digest = hashlib.sha256()
    for line in _lines(month, fields, links):
        digest.update(line)
        file.write(line)
    size = file.tell()
    file.seek(0)
    return File(file, size, digest.digest())


def _lines(month: int, fields: Collection[str], links: Links) -> Iterator[bytes]:
    ids = _entries(month).values_list("article", flat=True).iterator(chunk_size=_CHUNK)
    for batch in _batches(ids):
        for article in loading.load(batch, fields, links):
            yield orjson.dumps(article, option=orjson.OPT_APPEND_NEWLINE)


def _entries(month: int) -> QuerySet[ListingEntry, Any]:
    since, until = month_bounds(month)
    listing = Listing(ListingKind.ARCHIVE, since=since, until=until, findable=True)
    return listing.entries().reverse()


def _batches(rows: Iterator[_Row]) -> Iterator[list[_Row]]:
    batch: list[_Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
