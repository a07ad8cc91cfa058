"""What there is to search, for whoever has not asked for anything yet."""

from collections.abc import Sequence
from typing import NamedTuple

from articles.listings import Listing, most
from articles.models import ListingKind
from articles.models.page_address import page_address
from articles.pages.index import Line
from articles.pages.timeline import Timeline, timeline
from articles.search.finding.names import Named, named

_EACH = 8
_MOST = {
    ListingKind.PLACE: ("Places", "places"),
    ListingKind.PERSON: ("People", "people"),
    ListingKind.ORGANISATION: ("Organisations", "organisations"),
    ListingKind.TAG: ("Topics", "tags"),
}


class Most(NamedTuple):
    """What of a sort is most written about, and where all of it is."""

    title: str
    lines: list[Line]
    address: str


class Overview(NamedTuple):
    """How many articles there are and in which years, and what they are most about."""

    total: int
    timeline: Timeline | None
    most: list[Most]


def overview() -> Overview:
    """What can be found in the whole archive. A constant number of queries."""
    years = Listing(ListingKind.ARCHIVE, findable=True).years()
    found = named([(kind, total.key) for kind in _MOST for total in most(kind, _EACH)])
    return Overview(
        sum(years.values()),
        timeline(years, lambda year: f"?from={year:04}&to={year:04}"),
        [part for kind in _MOST if (part := _most(kind, found)).lines],
    )


def _most(kind: ListingKind, found: Sequence[Named]) -> Most:
    title, index = _MOST[kind]
    lines = [
        Line(one.choice.name, page_address(kind.label, one.choice.slug), "", one.count)
        for one in found
        if one.parameter == kind.label
    ]
    return Most(title, lines, f"{page_address(index)}?order=most")
