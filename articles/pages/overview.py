"""What there is to search, for whoever has not asked for anything yet."""

from typing import Any, NamedTuple

from django.db.models import QuerySet

from articles.listings import Listing, most
from articles.models import ListingKind, Organisation, Person, Place, Tag
from articles.pages.addresses import page_address
from articles.pages.index import Line, lines_of
from articles.pages.timeline import Timeline, timeline

_EACH = 8


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
    """What is public of the whole archive. A constant number of queries."""
    years = Listing(ListingKind.ARCHIVE).years()
    parts = [
        _most("Places", ListingKind.PLACE, Place.objects.all(), "places"),
        _most("People", ListingKind.PERSON, Person.objects.all(), "people"),
        _most(
            "Organisations", ListingKind.ORGANISATION, Organisation.objects.all(), "organisations"
        ),
        _most("Topics", ListingKind.TAG, Tag.objects.all(), "tags"),
    ]
    return Overview(
        sum(years.values()),
        timeline(years, lambda year: f"?from={year:04}&to={year:04}"),
        [part for part in parts if part.lines],
    )


def _most(title: str, kind: ListingKind, rows: QuerySet[Any], name: str) -> Most:
    found = lines_of(most(kind, _EACH), rows.only("name", "slug"), lambda _: "")
    return Most(title, found, f"{page_address(name)}?order=most")
