"""Finds the places, people, tags and so on that parameters name, by slug or by id; also by a slug
they once had, and by the slug or id of an entry that was merged into them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Manager, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from articles.listings import listed
from articles.models import (
    Author,
    FormerSlug,
    ListingKind,
    Organisation,
    Person,
    Place,
    Section,
    Tag,
)
from articles.models.prepared import PreparedRows, together

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


def _by_id(parameter: str, entities: Manager[Any]) -> PreparedRows:
    columns: list[Any] = ["pk", "slug", "name"]
    if _can_be_merged(entities):
        columns = [Coalesce(f"merged_into__{column}", column) for column in columns]
    return PreparedRows(
        int,
        lambda *ids: (
            entities.filter(pk__in=ids).order_by().values_list(Value(parameter), "pk", *columns)
        ),
    )


def _can_be_merged(entities: Manager[Any]) -> bool:
    return any(field.name == "merged_into" for field in entities.model._meta.fields)


_BY_ID = {parameter: _by_id(parameter, entities) for parameter, (_, entities) in ENTITIES.items()}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter. ``key`` is an entity's id or a language tag, ``slug`` what stands in
    an address, ``name`` what a reader sees."""

    key: int | str
    slug: str
    name: str


def resolve(parameter: str, values: Iterable[str]) -> dict[str, Choice]:
    """The entities that ``values`` of one parameter name: see ``resolve_all``."""
    return resolve_all({parameter: values})[parameter]


def resolve_all(asked: Mapping[str, Iterable[str]]) -> dict[str, dict[str, Choice]]:
    """The entities that the values of each parameter name, by value; one that names none is left
    out. One query, and three more for a parameter with a value that names nothing that is there
    by that name now.

    Nor is anything found that only a draft names, or an article that was taken out of search: see
    ``articles.listings.listed``.
    """
    # What cannot be printed is in no slug, and databases refuse some of it.
    values = {
        parameter: {value for value in of_one if value.isprintable()}
        for parameter, of_one in asked.items()
    }
    standing = _all_standing({parameter: of_one for parameter, of_one in values.items() if of_one})
    found = {}
    for parameter, of_one in values.items():
        found[parameter] = _matched(of_one, standing.get(parameter, {}))
        if missing := of_one - found[parameter].keys():
            successors = _successors(parameter, missing, _ids(missing), findable=True)
            found[parameter] |= _matched(missing, successors)
    return found


def led_on(parameter: str, slug: str) -> Choice | None:
    """The entity that ``slug`` once led to and no longer does, now under another; None if there is
    none that readers may know of."""
    if not slug.isprintable() or slug in _standing(parameter, {slug}, ()):
        return None
    return _successors(parameter, {slug}, ()).get(slug)


def with_page(parameter: str, slugs: Collection[str]) -> set[str]:
    """Those of ``slugs`` under which readers find a page, be it by a redirect."""
    there = {value for value in slugs if value.isprintable()}
    found = _standing(parameter, there, ()).keys()
    return there & (found | _successors(parameter, there - found, ()).keys())


def _all_standing(values: Mapping[str, set[str]]) -> dict[str, dict[str | int, Choice]]:
    """For each parameter the entities with its values as slugs or ids, by each that they have."""
    found: dict[str, dict[str | int, Choice]] = {parameter: {} for parameter in values}
    parts = [
        _rows(parameter, of_one, _ids(of_one), findable=True).values_list(
            Value(parameter), "pk", "slug", "name"
        )
        for parameter, of_one in values.items()
    ]
    if parts:
        first, *others = parts
        for parameter, pk, slug, name in first.union(*others, all=True) if others else first:
            found[parameter][pk] = found[parameter][slug] = Choice(pk, slug, name)
    return found


def _standing(
    parameter: str, slugs: Iterable[str], ids: Iterable[int], *, findable: bool = False
) -> dict[str | int, Choice]:
    """The entities with these slugs and ids, by each that they have."""
    found: dict[str | int, Choice] = {}
    for pk, slug, name in _rows(parameter, slugs, ids, findable).values_list("pk", "slug", "name"):
        found[pk] = found[slug] = Choice(pk, slug, name)
    return found


def _rows(
    parameter: str, slugs: Iterable[str], ids: Iterable[int], findable: bool
) -> QuerySet[Any]:
    return _known(parameter, findable).filter(Q(slug__in=slugs) | Q(pk__in=ids)).order_by()


def _successors(
    parameter: str, slugs: Iterable[str], ids: Iterable[int], *, findable: bool = False
) -> dict[str | int, Choice]:
    """What became of the entities that once had these slugs, or that had them or these ids until
    they were merged, by slug and id."""
    entities = ENTITIES[parameter][1]
    kind = entities.model._meta.model_name
    former = FormerSlug.objects.filter(kind=kind, slug__in=slugs)
    leading: dict[str | int, int] = dict(former.values_list("slug", "key"))
    if _can_be_merged(entities):
        shells = entities.filter(merged_into__isnull=False)
        shells = shells.filter(Q(slug__in=slugs) | Q(pk__in=ids))
        for pk, slug, target in shells.values_list("pk", "slug", "merged_into"):
            leading[pk] = leading[slug] = target
    standing = partial(_standing, parameter, (), findable=findable)
    targets = standing(set(leading.values())) if leading else {}
    return {value: targets[key] for value, key in leading.items() if key in targets}


def _known(parameter: str, findable: bool) -> QuerySet[Any]:
    """The entities that readers may know of, or that search finds an article of if they are to be
    ``findable``, without those that were merged into others."""
    kind, entities = ENTITIES[parameter]
    rows = entities.filter(merged_into__isnull=True) if _can_be_merged(entities) else entities.all()
    return rows if kind in _KNOWN_TO_ALL else listed(rows, kind, findable=findable)


def _matched(values: Iterable[str], found: Mapping[str | int, Choice]) -> dict[str, Choice]:
    """What each value names, as an id before a slug."""
    return {
        value: choice
        for value in values
        if (choice := (found.get(int(value)) if _is_id(value) else None) or found.get(value))
    }


def _ids(values: Iterable[str]) -> set[int]:
    return {int(value) for value in values if _is_id(value)}


def choices(ids: Mapping[str, Collection[int]]) -> dict[str, dict[int, Choice]]:
    """The entities with these ids of each parameter, by id, in no order; for what was merged that
    into which it was. One query."""
    found: dict[str, dict[int, Choice]] = {parameter: {} for parameter in ids}
    asked = [
        _BY_ID[parameter].first(len(of_one), *of_one) for parameter, of_one in ids.items() if of_one
    ]
    for parameter, pk, *entity in together(asked):
        found[parameter][pk] = Choice(*entity)
    return found


def _is_id(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= _LARGEST_ID_DIGITS
