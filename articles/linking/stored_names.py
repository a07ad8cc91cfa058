"""The names that the archive has, and whether they are still the same."""
# ruff: noqa: S608 (the tables are ours)

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from typing import Any, NamedTuple

from django.db import connections, models, router

from articles.linking.known import KnownOrganisation, KnownPerson, KnownPlace, NamedEntity
from articles.linking.positions import Held, days_of
from articles.models import (
    Entity,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceName,
    Position,
)

TABLES: tuple[type[models.Model], ...] = (
    Place,
    PlaceName,
    Person,
    PersonName,
    Position,
    Organisation,
    OrganisationName,
)
"""Those that hold names."""


class TableState(NamedTuple):
    """What changes when somebody changes a table; moments as the database gives them."""

    rows: int
    last_id: int | None
    last_change: object


def read_state() -> tuple[TableState, ...]:
    """The state of the tables of names, in one query.

    Who changes a row of names saves its entity as well, or only its ``updated_at``: that is how
    a change within a row shows.
    """
    with connections[router.db_for_read(Place)].cursor() as cursor:
        cursor.execute(_STATE)
        values = cursor.fetchone()
    return tuple(map(TableState._make, zip(*[iter(values)] * len(TableState._fields), strict=True)))


def _state_of(model: type[models.Model]) -> Iterator[str]:
    """Expressions for a ``TableState``: each by itself, which both databases answer from an index
    without reading the table."""
    table = model._meta.db_table
    is_entity = issubclass(model, Entity)
    rows = f"{table} WHERE merged_into_id IS NULL" if is_entity else table
    yield f"(SELECT count(*) FROM {rows})"
    yield f"(SELECT max(id) FROM {table})"
    yield f"(SELECT max(updated_at) FROM {table})" if is_entity else "NULL"


_STATE = f"SELECT {', '.join(chain.from_iterable(map(_state_of, TABLES)))}"


def read_names() -> Iterator[NamedEntity]:
    """Every name of every entity that is not merged into another, in a few queries."""
    yield from _named(_read_places(), PlaceName, "place_id")
    positions = _read_positions()
    people = {
        pk: KnownPerson(pk, name, tuple(positions.get(pk, ())))
        for pk, name in Person.objects.current().order_by().values_list("pk", "name")
    }
    yield from _named(people, PersonName, "person_id")
    organisations = {
        pk: KnownOrganisation(pk, name)
        for pk, name in Organisation.objects.current().order_by().values_list("pk", "name")
    }
    yield from _named(organisations, OrganisationName, "organisation_id")


def _read_positions() -> dict[int, list[Held]]:
    """By the id of the person."""
    positions: dict[int, list[Held]] = {}
    rows = Position.objects.order_by("pk").values_list("person_id", "title", *_DATES, *_BELONGS)
    for person_id, title, start, start_precision, end, end_precision, *belongs in rows:
        begins, ends = days_of(start, start_precision), days_of(end, end_precision)
        positions.setdefault(person_id, []).append(Held(title, begins, ends, *belongs))
    return positions


_DATES = ("started_on", "start_precision", "ended_on", "end_precision")
_BELONGS = ("organisation_id", "place_id")


def _named(entities: dict[int, Any], names: type[models.Model], key: str) -> Iterator[NamedEntity]:
    """All the names of ``entities``; ``names`` has the others, by ``key``."""
    for known in entities.values():
        yield known.name, known
    rows = names._default_manager.values_list(key, "name", "is_common_word")
    for pk, name, is_common_word in rows:
        known = entities.get(pk)
        if known is None:
            continue
        is_said_already = known.is_common_word == is_common_word
        yield name, known if is_said_already else replace(known, is_common_word=is_common_word)


def _read_places() -> dict[int, KnownPlace]:
    """All places but the shells of merged ones, each made after the one it lies in."""
    rows = {
        row[0]: row
        for row in Place.objects.order_by().values_list(
            "pk", "name", "kind", "population", "is_common_word", "parent_id", "merged_into_id"
        )
    }
    places: dict[int, KnownPlace] = {}
    for first in rows:
        chain: list[int] = []
        above: int | None = first
        while above is not None and above not in places and above not in chain:
            chain.append(above)
            above = rows[above][-2]
        for pk in reversed(chain):
            _, name, kind, population, is_common_word, parent_id, _ = rows[pk]
            parent = places.get(parent_id) if parent_id else None
            containers = (parent, *parent.containers) if parent else ()
            places[pk] = KnownPlace(pk, name, kind, population, is_common_word, containers)
    return {pk: place for pk, place in places.items() if rows[pk][-1] is None}
