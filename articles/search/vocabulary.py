"""Finds the places, people, tags and so on that parameters name, by slug or by id."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Manager, Q

from articles.listings import listed
from articles.models import Author, ListingKind, Organisation, Person, Place, Section, Tag
from articles.models.prepared import PreparedRows

_LARGEST_ID_DIGITS = 18

#: The parameters that name an entity: the kind of list that each stands for, and where it is.
ENTITIES: dict[str, tuple[ListingKind, Manager[Any]]] = {
    "place": (ListingKind.PLACE, Place.objects),
    "dateline": (ListingKind.DATELINE, Place.objects),
    "person": (ListingKind.PERSON, Person.objects),
    "organisation": (ListingKind.ORGANISATION, Organisation.objects),
    "tag": (ListingKind.TAG, Tag.objects),
    "section": (ListingKind.SECTION, Section.objects),
    "author": (ListingKind.AUTHOR, Author.objects),
}


# The gazetteer and the parts of the paper give nothing away.
_KNOWN_TO_ALL = frozenset({ListingKind.PLACE, ListingKind.DATELINE, ListingKind.SECTION})


def _by_id(entities: Manager[Any]) -> PreparedRows:
    return PreparedRows(
        int,
        lambda *ids: entities.filter(pk__in=ids).order_by().values_list("pk", "slug", "name"),
    )


_BY_ID = {parameter: _by_id(entities) for parameter, (_, entities) in ENTITIES.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter. ``key`` is an entity's id or a language tag, ``slug`` what stands in
    an address, ``name`` what a reader sees."""

    key: int | str
    slug: str
    name: str


def resolve(parameter: str, values: Iterable[str]) -> dict[str, Choice]:
    """The entities that ``values`` name, by value; one that names none is left out. One query.

    Nor is anything found that only a draft names: see ``articles.listings.listed``.
    """
    # What cannot be printed is in no slug, and databases refuse some of it.
    asked = {value for value in values if value.isprintable()}
    ids = {int(value) for value in asked if _is_id(value)}
    kind, manager = ENTITIES[parameter]
    entities = manager.all() if kind in _KNOWN_TO_ALL else listed(manager.all(), kind)
    by_id: dict[int, Choice] = {}
    by_slug: dict[str, Choice] = {}
    for pk, slug, name in entities.filter(Q(slug__in=asked) | Q(pk__in=ids)).values_list(
        "pk", "slug", "name"
    ):
        by_id[pk] = by_slug[slug] = Choice(pk, slug, name)
    found = {}
    for value in asked:
        choice = (by_id.get(int(value)) if _is_id(value) else None) or by_slug.get(value)
        if choice:
            found[value] = choice
    return found


def choices(parameter: str, ids: Collection[int]) -> list[Choice]:
    """The entities with these ids, in no order. One query."""
    return [Choice(*row) for row in _BY_ID[parameter](*ids)] if ids else []


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _LARGEST_ID_DIGITS
