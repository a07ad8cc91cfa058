"""The vocabulary: every name of every place, person and organisation that the archive knows.

It is read with a few queries, kept for the process, and read again when one query shows that the
tables have changed. What linking itself creates is added without reading the rest again.
"""
# ruff: noqa: S608 (the tables are ours)

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any, ClassVar, NamedTuple, TypeAlias

from django.db import connections, models, router

from articles.linking.matching import Match, NameMatcher
from articles.linking.positions import Held, days_of
from articles.models import (
    Entity,
    EntityKind,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceKind,
    PlaceName,
    Position,
)

# More than these and the automaton of everything is built anew instead.
_MOST_RECENT_NAMES = 5000


class _Entity:
    """An entity under one of its names, equal to itself under any other.

    ``is_common_word`` is said of that name: by it alone nothing is linked.
    """

    __slots__ = ()
    id: int

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.id == other.id

    def __hash__(self) -> int:
        return self.id


@dataclass(frozen=True, slots=True, eq=False)
class KnownPlace(_Entity):
    """What linking must know of a place; ``containers`` are the places above it, nearest first."""

    entity_kind: ClassVar[EntityKind] = EntityKind.PLACE

    id: int
    name: str
    kind: str = PlaceKind.TOWN
    population: int = 0
    is_common_word: bool = False
    containers: tuple[KnownPlace, ...] = ()

    @property
    def country(self) -> KnownPlace | None:
        chain = (self, *self.containers)
        return next((place for place in chain if place.kind in _SOVEREIGN), None)

    def __str__(self) -> str:
        """With what tells it from its namesakes: "Hyderabad (Sindh, Pakistan)"."""
        above = [place.name for place in self.containers if place.kind in _TELLING]
        return f"{self.name} ({', '.join(above)})" if above else self.name


_SOVEREIGN = frozenset({PlaceKind.COUNTRY, PlaceKind.TERRITORY})
_TELLING = _SOVEREIGN | {PlaceKind.DIVISION}


@dataclass(frozen=True, slots=True, eq=False)
class KnownPerson(_Entity):
    entity_kind: ClassVar[EntityKind] = EntityKind.PERSON

    id: int
    name: str
    positions: tuple[Held, ...] = ()
    is_common_word: bool = False

    def __str__(self) -> str:
        titles = "; ".join(dict.fromkeys(position.title for position in self.positions))
        return f"{self.name} ({titles})" if titles else self.name


@dataclass(frozen=True, slots=True, eq=False)
class KnownOrganisation(_Entity):
    entity_kind: ClassVar[EntityKind] = EntityKind.ORGANISATION

    id: int
    name: str
    is_common_word: bool = False

    def __str__(self) -> str:
        return self.name


Known: TypeAlias = KnownPlace | KnownPerson | KnownOrganisation
NamedEntity: TypeAlias = tuple[str, Known]


class TableState(NamedTuple):
    """What changes when somebody changes a table; moments as the database gives them."""

    rows: int
    last_id: int | None
    last_change: object


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names in one matcher, with the few that were added since it was built in another."""

    matcher: NameMatcher[Known]
    places: dict[int, KnownPlace] = field(default_factory=dict)
    recent: tuple[NamedEntity, ...] = ()
    recent_matcher: NameMatcher[Known] | None = None

    @classmethod
    def of(cls, names: Iterable[NamedEntity]) -> Vocabulary:
        names = list(names)
        places = {known.id: known for _, known in names if isinstance(known, KnownPlace)}
        return cls(NameMatcher(names), places)

    def with_added(self, names: Sequence[NamedEntity]) -> Vocabulary:
        recent = (*self.recent, *names)
        return Vocabulary(self.matcher, self.places, recent, NameMatcher(recent))

    def find(self, text: str) -> list[Match[Known]]:
        """The known names in ``text``, the longest at each place, whatever they are names of."""
        found = self.matcher.find(text)
        if self.recent_matcher is None or not (added := self.recent_matcher.find(text)):
            return found
        return list(_longest([*found, *added]))


def current() -> Vocabulary:
    """The vocabulary as it now stands in the database: one query when nothing has changed."""
    state = read_state()
    if _Kept.vocabulary is None or _Kept.state != state:
        _Kept.vocabulary, _Kept.state = Vocabulary.of(_read_names()), state
    return _Kept.vocabulary


def place_test() -> Callable[[str], bool]:
    """A test of whether the archive knows a name as a place's, as of now.

    One that is also an ordinary word must be in capitals: "Hub: a centre of trade" is no dateline.
    """
    vocabulary = current()

    def is_place(name: str) -> bool:
        shouted = name == name.upper()
        return any(
            isinstance(known, KnownPlace) and (shouted or not known.is_common_word)
            for match in vocabulary.find(name)
            if (match.start, match.end) == (0, len(name))
            for known in match.values
        )

    return is_place


def extend(created: Sequence[NamedEntity], rows: dict[type[models.Model], int]) -> None:
    """Add what the caller has just created, ``rows`` of it in each table, to ``current()``.

    Should anything else have changed meanwhile, the next ``current()`` reads all of it.
    """
    vocabulary, before = _Kept.vocabulary, _Kept.state
    if vocabulary is None:
        return
    after = read_state()
    expected = [
        state.rows + rows.get(table, 0) for table, state in zip(_TABLES, before, strict=True)
    ]
    has_room = len(vocabulary.recent) + len(created) <= _MOST_RECENT_NAMES
    if has_room and [state.rows for state in after] == expected:
        _Kept.vocabulary, _Kept.state = vocabulary.with_added(created), after


class _Kept:
    """The vocabulary of this process and the state of the tables that it was read from."""

    vocabulary: Vocabulary | None = None
    state: tuple[TableState, ...] = ()


_TABLES: tuple[type[models.Model], ...] = (
    Place,
    PlaceName,
    Person,
    PersonName,
    Position,
    Organisation,
    OrganisationName,
)


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


_STATE = f"SELECT {', '.join(chain.from_iterable(map(_state_of, _TABLES)))}"


def _read_names() -> Iterator[NamedEntity]:
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


def _longest(matches: list[Match[Known]]) -> Iterator[Match[Known]]:
    """Of overlapping matches the first and longest; of equal ones, the values of both."""
    matches.sort(key=lambda match: (match.start, -match.end))
    kept: Match[Known] | None = None
    for match in matches:
        if kept is None or match.start >= kept.end:
            if kept is not None:
                yield kept
            kept = match
        elif match[:2] == kept[:2]:
            kept = Match(kept.start, kept.end, kept.values + match.values)
    if kept is not None:
        yield kept
