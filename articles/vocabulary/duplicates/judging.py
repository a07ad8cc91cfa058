"""Says of two entries that have a name alike whether they may be one, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from math import asin, cos, radians, sin, sqrt
from typing import Any, NamedTuple

from articles.models import Organisation, Person, Place, PlaceKind, Position, Tag, VocabularyKind
from articles.text.folding import fold
from articles.vocabulary.duplicates.blocks import names
from articles.vocabulary.duplicates.spelling import is_near, words_of
from articles.vocabulary.kinds import MODELS

NEAR = 2.0
"""Kilometres within which two places alike in name may be one place."""

_SAME_TOWN = 25.0
_LONGEST_ACRONYM = 6
_EARTH = 6371.0  # kilometres, the mean radius

_AREAS = frozenset({PlaceKind.DIVISION, PlaceKind.DISTRICT, PlaceKind.COUNTRY, PlaceKind.REGION})


class Verdict(NamedTuple):
    """Why two may be one, and how likely that is, from 0 to 1."""

    reason: str
    score: float


@dataclass(slots=True)
class Facts:
    """What is known of an entry, as far as it tells it from another."""

    row: Any
    names: dict[str, None] = field(default_factory=dict)
    positions: list[Position] = field(default_factory=list)


def facts(kind: VocabularyKind, keys: Iterable[int]) -> dict[int, Facts]:
    """What is known of these entries: three queries at most."""
    wanted = list(keys)
    found = {pk: Facts(row) for pk, row in MODELS[kind]._default_manager.in_bulk(wanted).items()}
    for one in names(kind, wanted):
        found[one.key].names[one.name] = None
    if kind == VocabularyKind.PERSON:
        for position in Position.objects.filter(person__in=wanted):
            found[position.person_id].positions.append(position)
    return found


def judge(one: Facts, other: Facts) -> Verdict | None:
    """Whether the two may be one; None when they are two."""
    if _has_other_id(one.row, other.row):
        return None
    shared = next((name for name in one.names if name in other.names and _tells(name, one)), "")
    is_alike = bool(shared) or any(_near(one, other))
    if (is_alike or _contains(one, other)) and _held_the_same(one, other):
        return Verdict("alike in name, and held the same position at the same time", 0.95)
    if not is_alike:
        return None
    if isinstance(one.row, Place):
        return _judge_places(one.row, other.row, shared)
    if shared:
        return Verdict(f"both are called “{shared}”", 0.9)
    return Verdict("their names are spelt alike", 0.5 if isinstance(one.row, Tag) else 0.6)


def _has_other_id(one: Any, other: Any) -> bool:
    """Whether another register tells them apart."""
    for column in ("wikidata_id", "geonames_id"):
        ours, theirs = getattr(one, column, None), getattr(other, column, None)
        if ours and theirs and ours != theirs:
            return True
    return False


def _tells(name: str, one: Facts) -> bool:
    """Whether a shared name says anything: of a person, not the surname alone."""
    return not isinstance(one.row, Person) or len(words_of(name)) > 1 or name == fold(one.row.name)


def _near(one: Facts, other: Facts) -> Iterator[bool]:
    for name in one.names:
        for against in other.names:
            if _spells(name, one) and _spells(against, other) and _words_near(name, against):
                yield True


def _spells(name: str, one: Facts) -> bool:
    """Whether a name spelt alike says anything: not what may be an acronym, NDMA beside PDMA."""
    if isinstance(one.row, Organisation) and len(name) <= _LONGEST_ACRONYM:
        return False
    return _tells(name, one)


def _contains(one: Facts, other: Facts) -> bool:
    """Whether a name of one is a name of the other with words left out."""
    return any(
        min(len(ours), len(theirs)) > 1 and (ours < theirs or theirs < ours)
        for ours in map(set, map(words_of, one.names))
        for theirs in map(set, map(words_of, other.names))
    )


def _words_near(name: str, against: str) -> bool:
    """Every word near its like, so that Ali Khan is not Ala Khan Ali."""
    ours, theirs = words_of(name), words_of(against)
    if len(ours) != len(theirs):
        return is_near("".join(ours), "".join(theirs))
    return all(map(is_near, ours, theirs))


def _judge_places(one: Place, other: Place, shared: str) -> Verdict | None:
    if one.country_code and other.country_code and one.country_code != other.country_code:
        return None
    # A province and its capital, a district and its town often share a name.
    if (one.kind in _AREAS) != (other.kind in _AREAS) or one.pk == other.parent_id:
        return None
    if other.pk == one.parent_id:
        return None
    apart = kilometres(one, other)
    if apart is None:
        if not shared and not _are_in_one(one, other):
            return None
        return (
            Verdict(f"both are called “{shared}”", 0.7)
            if shared
            else Verdict("their names are spelt alike, and where one of them is, is not known", 0.5)
        )
    if apart <= NEAR:
        return Verdict(f"alike in name, and {max(apart, 0.1):.1f} km apart", 0.95)
    if shared and apart <= _SAME_TOWN:
        return Verdict(f"both are called “{shared}”, and are {apart:.0f} km apart", 0.6)
    return None


def _are_in_one(one: Place, other: Place) -> bool:
    """Whether both are known to be in one country, or in one place."""
    if one.country_code and one.country_code == other.country_code:
        return True
    return one.parent_id is not None and one.parent_id == other.parent_id


def kilometres(one: Place, other: Place) -> float | None:
    """The distance along a great circle (the haversine formula); None where it is not known."""
    if one.latitude is None or one.longitude is None:
        return None
    if other.latitude is None or other.longitude is None:
        return None
    north, other_north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    chord = sin((other_north - north) / 2) ** 2
    chord += cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * _EARTH * asin(sqrt(chord))


def _held_the_same(one: Facts, other: Facts) -> bool:
    return any(
        fold(ours.title) == fold(theirs.title)
        and ours.organisation_id == theirs.organisation_id
        and ours.place_id == theirs.place_id
        and _start(ours) <= _end(theirs)
        and _start(theirs) <= _end(ours)
        for ours in one.positions
        for theirs in other.positions
    )


def _start(position: Position) -> date:
    return position.started_on or date.min


def _end(position: Position) -> date:
    return position.ended_on or date.max
