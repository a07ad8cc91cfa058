"""Which places, people and organisations a handful of articles name, the most frequent first."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Value

from articles.freshness import shows_each
from articles.listings import Listing
from articles.models import (
    EntityKind,
    ListingEntry,
    ListingKind,
    Organisation,
    Person,
    Place,
    Subject,
)
from articles.models.page_address import page_address
from articles.models.prepared import PreparedRows, together


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

    It takes three queries, however long the list.
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
    """Who and what these articles are listed under, at most ``size`` of each kind, in two queries.

    ``count`` is the number of articles; what stands in ``without``, by kind and id, is left out.
    """
    ids = list(article_ids)
    shows_each(Subject.ARTICLE, ids)
    of_kind: dict[EntityKind, Counter[int]] = {kind: Counter() for kind in _LISTS}
    kind_of = {listing: kind for kind, listing in _LISTS.items()}
    for (listing, key), count in Counter(_listed(*ids) if ids else ()).items():
        of_kind[kind_of[listing]][key] = count
    for kind, key in without:
        del of_kind[kind][key]
    leading = {kind: _leading(counts, size) for kind, counts in of_kind.items() if counts}
    found: dict[str, list[Appearance]] = {kind: [] for kind in _LISTS}
    for kind, key, name, slug in together(
        [_names[kind].first(len(keys), *keys) for kind, keys in leading.items()]
    ):
        address = page_address(kind, slug)
        shows_each(_SUBJECTS[EntityKind(kind)], [key])
        found[kind].append(Appearance(name, address, of_kind[EntityKind(kind)][key]))
    return Appearances(
        *(sorted(of_it, key=lambda one: (-one.count, one.name))[:size] for of_it in found.values())
    )


def _leading(counts: Counter[int], size: int) -> list[int]:
    """The keys with the ``size`` highest counts, with those that equal the last of them."""
    lowest = counts.most_common(size)[-1][1]
    return [key for key, count in counts.most_common(_MOST_ALIKE) if count >= lowest]


# Of more that are named equally often, it does not matter which are shown.
_MOST_ALIKE = 200

_LISTS: dict[EntityKind, ListingKind] = {
    EntityKind.PLACE: ListingKind.PLACE_ITSELF,
    EntityKind.PERSON: ListingKind.PERSON,
    EntityKind.ORGANISATION: ListingKind.ORGANISATION,
}

_SUBJECTS = {
    EntityKind.PLACE: Subject.PLACE,
    EntityKind.PERSON: Subject.PERSON,
    EntityKind.ORGANISATION: Subject.ORGANISATION,
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
        lambda *ids, kind=kind, model=model: (
            model._default_manager.filter(pk__in=ids)
            .order_by()
            .values_list(Value(str(kind)), "pk", "name", "slug")
        ),
    )
    for kind, model in (
        (EntityKind.PLACE, Place),
        (EntityKind.PERSON, Person),
        (EntityKind.ORGANISATION, Organisation),
    )
}
