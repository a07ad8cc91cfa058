"""Which places, people and organisations a handful of articles name, the most frequent first."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from articles.listings import Listing
from articles.models import (
    EntityKind,
    ListingEntry,
    ListingKind,
    Organisation,
    Person,
    Place,
)
from articles.models.prepared import PreparedRows
from articles.pages.addresses import page_address


@dataclass(frozen=True, slots=True)
class Appearance:
    name: str
    address: str
    count: int


class Appearances(NamedTuple):
    places: list[Appearance]
    people: list[Appearance]
    organisations: list[Appearance]


class Company(NamedTuple):
    """What is named in the newest ``articles`` of a list, and whether those are all it has."""

    named: Appearances
    articles: int
    is_all: bool


NEWEST = 100
"""The newest articles of a list that tell with whom and what somebody appears."""


def company(
    listing: Listing, count: int, without: Collection[tuple[EntityKind, int]], size: int = 10
) -> Company:
    """Who and what is named together with what ``listing``, of ``count`` articles, is of.

    It takes five queries, however long the list.
    """
    articles = listing.newest_ids(NEWEST)
    named = appearances(articles, without=without, size=size)
    return Company(named, len(articles), count <= len(articles))


def appearances(
    article_ids: Iterable[int],
    *,
    without: Collection[tuple[EntityKind, int]] = (),
    size: int = 10,
) -> Appearances:
    """Who and what these articles are listed under, at most ``size`` of each kind, in four queries.

    ``count`` is the number of articles; what stands in ``without``, by kind and id, is left out.
    """
    ids = list(article_ids)
    of_kind: dict[int, Counter[int]] = {listing: Counter() for listing in _LISTS.values()}
    for (listing, key), count in Counter(_listed(*ids) if ids else ()).items():
        of_kind[listing][key] = count
    for kind, key in without:
        del of_kind[_LISTS[kind]][key]
    return Appearances(*(_most(kind, of_kind[_LISTS[kind]], size) for kind in _LISTS))


def _most(kind: EntityKind, counts: Counter[int], size: int) -> list[Appearance]:
    """The ``size`` with the highest counts, those of equal ones by name."""
    if not counts:
        return []
    lowest = counts.most_common(size)[-1][1]
    keys = [key for key, count in counts.items() if count >= lowest]
    found = [
        Appearance(name, page_address(kind, slug), counts[key])
        for key, name, slug in _names[kind](*keys[:_MOST_ALIKE])
    ]
    return sorted(found, key=lambda one: (-one.count, one.name))[:size]


# Of so many that are named equally often, the first by name are shown.
_MOST_ALIKE = 200

_LISTS: dict[EntityKind, ListingKind] = {
    EntityKind.PLACE: ListingKind.PLACE_ITSELF,
    EntityKind.PERSON: ListingKind.PERSON,
    EntityKind.ORGANISATION: ListingKind.ORGANISATION,
}

# The lists that articles stand in have each once, and need nothing but their index.
_listed = PreparedRows(
    int,
    lambda *ids: (
        ListingEntry.objects.filter(article__in=ids, kind__in=_LISTS.values())
        .order_by()
        .values_list("kind", "key")
    ),
)

_names = {
    kind: PreparedRows(
        int,
        lambda *ids, model=model: (
            model._default_manager.filter(pk__in=ids).order_by().values_list("pk", "name", "slug")
        ),
    )
    for kind, model in (
        (EntityKind.PLACE, Place),
        (EntityKind.PERSON, Person),
        (EntityKind.ORGANISATION, Organisation),
    )
}
