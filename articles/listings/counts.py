"""Compares the counts per month with the entries that they count, and the totals with those."""

import heapq
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from articles.listings.calendar import month_of
from articles.models import ListingCount, ListingEntry, ListingTotal

_CHUNK = 2_000

_Line = tuple[int, int, int, int, int]
_Sum = tuple[int, int, int, int]


class Miscount(NamedTuple):
    """A month (YYYYMM) of a list of which ``stored`` articles are counted and ``actual`` stand in
    it."""

    kind: int
    key: int
    month: int
    stored: int
    actual: int


class Mistotal(NamedTuple):
    """A list whose total is ``stored``, where its months have ``actual`` articles."""

    kind: int
    key: int
    stored: int
    actual: int


def miscounts() -> Iterator[Miscount]:
    """Every wrong count, in the order of the lists. Reads both tables once, along their indexes;
    memory does not grow with them."""
    lines = heapq.merge(_of_months(), _actual())
    for (kind, key, month), of_month in groupby(lines, key=lambda line: line[:3]):
        stored = actual = 0
        for _, _, _, one, other in of_month:
            stored += one
            actual += other
        if stored != actual:
            yield Miscount(kind, key, month, stored, actual)


def mistotals() -> Iterator[Mistotal]:
    """Every wrong total, in the order of the lists, read in the same way."""
    lines = heapq.merge(_totals(), _sums())
    for (kind, key), of_list in groupby(lines, key=lambda line: line[:2]):
        stored = actual = 0
        for _, _, one, other in of_list:
            stored += one
            actual += other
        if stored != actual:
            yield Mistotal(kind, key, stored, actual)


def _of_months() -> Iterator[_Line]:
    rows = ListingCount.objects.order_by("kind", "key", "month")
    for kind, key, month, count in rows.values_list("kind", "key", "month", "count").iterator(
        chunk_size=_CHUNK
    ):
        yield kind, key, month, count, 0


def _actual() -> Iterator[_Line]:
    rows = ListingEntry.objects.order_by("kind", "key", "public_from")
    entries = rows.values_list("kind", "key", "public_from").iterator(chunk_size=_CHUNK)
    months = ((kind, key, month_of(moment)) for kind, key, moment in entries)
    for (kind, key, month), of_month in groupby(months):
        yield kind, key, month, 0, sum(1 for _ in of_month)


def _totals() -> Iterator[_Sum]:
    rows = ListingTotal.objects.order_by("kind", "key").values_list("kind", "key", "count")
    for kind, key, count in rows.iterator(chunk_size=_CHUNK):
        yield kind, key, count, 0


def _sums() -> Iterator[_Sum]:
    for (kind, key), of_list in groupby(_of_months(), key=lambda line: line[:2]):
        yield kind, key, 0, sum(line[3] for line in of_list)
