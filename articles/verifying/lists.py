"""The lists of articles, and the counts per month that lead to their pages."""

from collections.abc import Iterator, Sequence

from articles import listings
from articles.models import ListingKind
from articles.verifying.faults import Fault, article
from articles.verifying.waiting import settled

_REBUILD = "Run rebuild_lists"


def check(article_ids: Sequence[int]) -> Iterator[Fault]:
    """The lists that these articles should stand in and do not, or do and should not."""
    lacking, surplus = listings.compare(settled(article_ids))
    for entry in sorted(lacking):
        yield Fault(article(entry.article), f"is missing from {_name(entry)}", _REBUILD)
    for entry in sorted(surplus):
        yield Fault(article(entry.article), f"stands wrongly in {_name(entry)}", _REBUILD)


def check_counts() -> Iterator[Fault]:
    """The months of lists that are counted wrong, and the lists that are summed up wrong."""
    for one in listings.miscounts():
        counted = f"counts {one.stored} in {one.month}, where {one.actual} stand"
        yield Fault(_name(one), counted, _REBUILD)
    for total in listings.mistotals():
        summed = f"counts {total.stored} in all, where its months have {total.actual}"
        yield Fault(_name(total), summed, _REBUILD)


def _name(of: listings.Entry | listings.Miscount | listings.Mistotal) -> str:
    kind = ListingKind(of.kind)
    return "the archive" if kind is ListingKind.ARCHIVE else f"the list of {kind.label} {of.key}"
