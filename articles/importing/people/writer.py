"""Stores what a batch of lines says of people: what is new is added, what an editor made stays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.importing.people.rows import Stated
from articles.models import (
    AuditEntry,
    EntityName,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceName,
    Position,
)
from articles.models.free_slugs import free_slug
from articles.text.folding import fold

# How the desk's log says what an editor did with a position (see ``articles.admin.trail``).
_OF_POSITIONS = re.compile(r"(?:^|; )(?:added|changed|deleted) position “")

_Entry = TypeVar("_Entry", Person, Place, Organisation)


@dataclass(slots=True)
class Stored:
    """What became of a line: what was added, or why nothing was; and what to look at."""

    added: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    fault: str = ""
    is_kept: bool = False


@transaction.atomic
def write(batch: Sequence[Stated], *, by: User | None) -> list[Stored]:
    """Store what these lines say, in a constant number of queries but for what is new.

    A person is known by the Wikidata number, else by a name that one person alone bears; merged
    ones are what they were merged into. No name, position or date that is there is changed: only
    the end of a position that has none is filled in, unless an editor has seen to the positions.
    """
    people = _People(batch)
    places = _by_name(Place, PlaceName, "place", {row.place for row in batch if row.place})
    organisations = _by_name(
        Organisation,
        OrganisationName,
        "organisation",
        {row.organisation for row in batch if row.organisation},
    )
    stored = [
        _store(row, people, places.get(fold(row.place)), organisations.get(fold(row.organisation)))
        for row in batch
    ]
    people.close(by)
    return stored


def _store(
    row: Stated, people: "_People", place: Place | None, organisation: Organisation | None
) -> Stored:
    result = Stored()
    if row.place and place is None:
        result.remarks.append(f"no one place is called “{row.place}”: left out")
    if row.organisation and organisation is None:
        result.remarks.append(f"no one organisation is called “{row.organisation}”: left out")
    person = people.find(row, result)
    if person is None or not row.title:
        return result
    wanted = Position(
        person=person,
        title=row.title,
        organisation=organisation,
        place=place,
        started_on=row.started[0],
        start_precision=row.started[1],
        ended_on=row.ended[0],
        end_precision=row.ended[1],
        source=row.source,
    )
    _place_position(wanted, people, result)
    return result


def _place_position(wanted: Position, people: "_People", result: Stored) -> None:
    held = people.positions.setdefault(wanted.person_id, [])
    present = next((one for one in held if _is_same(one, wanted)), None)
    is_edited = wanted.person_id in people.edited
    if present is None and is_edited:
        result.is_kept = True
        result.remarks.append("an editor has seen to the positions; this one was not added")
    elif present is None:
        wanted.save()
        held.append(wanted)
        people.changed.add(wanted.person_id)
        result.added.append(wanted.title)
    elif wanted.ended_on and present.ended_on is None:
        if is_edited:
            result.is_kept = True
            result.remarks.append("an editor has seen to the positions; the end was not taken")
        else:
            present.ended_on, present.end_precision = wanted.ended_on, wanted.end_precision
            present.save(update_fields=["ended_on", "end_precision"])
            people.changed.add(wanted.person_id)
            result.added.append(f"the end of {wanted.title}")


def _is_same(one: Position, other: Position) -> bool:
    """Whether both are of one title from one day on; an end, an organisation or a place may be
    known of one only."""
    if one.started_on != other.started_on or fold(one.title) != fold(other.title):
        return False
    for ours, theirs in (
        (one.organisation_id, other.organisation_id),
        (one.place_id, other.place_id),
    ):
        if ours is not None and theirs is not None and ours != theirs:
            return False
    return one.ended_on == other.ended_on or one.ended_on is None or other.ended_on is None


class _People:
    """The people that a batch names, with their positions; and those it adds."""

    def __init__(self, batch: Sequence[Stated]) -> None:
        numbers = {row.wikidata for row in batch if row.wikidata}
        self._by_number: dict[str, Person] = {
            person.wikidata_id: _standing(person)
            for person in Person.objects.filter(wikidata_id__in=numbers).select_related(
                "merged_into"
            )
        }
        self._by_name = _called(Person, PersonName, "person", {row.name for row in batch})
        known = {person.pk for person in self._by_number.values()}
        known |= {person.pk for found in self._by_name.values() for person in found}
        self.positions: dict[int, list[Position]] = {}
        for position in Position.objects.filter(person__in=known):
            self.positions.setdefault(position.person_id, []).append(position)
        changes = AuditEntry.objects.filter(kind="person", object_id__in=known, action="change")
        self.edited = {
            pk
            for pk, detail in changes.values_list("object_id", "detail")
            if _OF_POSITIONS.search(detail)
        }
        self.changed: set[int] = set()
        self._added: list[Person] = []

    def find(self, row: Stated, result: Stored) -> Person | None:
        """The person whom ``row`` means, made if there is none; None where it cannot be told."""
        if person := self._by_number.get(row.wikidata):
            return person
        namesakes = self._by_name.setdefault(fold(row.name), [])
        # Whoever has another number is somebody else.
        possible = [one for one in namesakes if not (row.wikidata and one.wikidata_id)]
        if len(possible) > 1:
            result.fault = f"{len(possible)} people are called “{row.name}”: give a Wikidata number"
            return None
        if possible:
            self._identify(possible[0], row)
            return possible[0]
        person = Person.objects.create(
            name=row.name, slug=free_slug(Person.objects, row.name), wikidata_id=row.wikidata
        )
        namesakes.append(person)
        if row.wikidata:
            self._by_number[row.wikidata] = person
        self._added.append(person)
        result.added.append(row.name)
        return person

    def close(self, by: User | None) -> None:
        """Tell linking that the people have changed, and the audit log who was added."""
        Person.objects.filter(pk__in=self.changed).update(updated_at=timezone.now())
        AuditEntry.objects.note_all(by, "add", self._added, "from a table")

    def _identify(self, person: Person, row: Stated) -> None:
        if row.wikidata:
            person.wikidata_id = row.wikidata
            person.save(update_fields=["wikidata_id", "updated_at"])
            self._by_number[row.wikidata] = person


def _standing(person: Person) -> Person:
    """The person, or the one merged into."""
    merged_into: Any = person.merged_into
    return merged_into or person


def _by_name(
    model: type[_Entry], names: type[EntityName], kind: str, wanted: set[str]
) -> dict[str, _Entry]:
    """The entries that alone bear a name, by it."""
    found = _called(model, names, kind, wanted)
    return {name: entries[0] for name, entries in found.items() if len(entries) == 1}


def _called(
    model: type[_Entry], names: type[EntityName], kind: str, wanted: set[str]
) -> dict[str, list[_Entry]]:
    """The entries with one of these names, by the folded name; two queries."""
    found: dict[str, dict[int, _Entry]] = {}
    current = model._default_manager.filter(merged_into=None)
    for entry in current.filter(name__in=wanted):
        found.setdefault(fold(entry.name), {})[entry.pk] = entry
    others = names._default_manager.filter(folded__in=set(map(fold, wanted)))
    others = others.filter(**{f"{kind}__merged_into__isnull": True}).select_related(kind)
    for name in others:
        entry = getattr(name, kind)
        found.setdefault(name.folded, {})[entry.pk] = entry
    return {name: list(entries.values()) for name, entries in found.items()}
