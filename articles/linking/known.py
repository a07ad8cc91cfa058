"""What linking knows of the places, people and organisations of the archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from articles.linking.positions import Held
from articles.models import EntityKind, PlaceKind


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
