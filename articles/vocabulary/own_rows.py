"""The rows that belong to an entry, its other names and the positions held, replaced as a whole:
those that are the same stay and keep their ids."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Model

from articles.models import EntityName, Person, Position
from articles.vocabulary.kinds import Named

_OF_POSITION = (
    "title",
    "organisation_id",
    "place_id",
    "started_on",
    "start_precision",
    "ended_on",
    "end_precision",
    "source",
)
_MARKS = ("is_preferred", "is_common_word")


def faults_of_names(names: Sequence[EntityName]) -> Iterator[tuple[int, str, str]]:
    """The names that are there twice: the number of the second, the field, and a sentence."""
    seen: set[tuple[str, str]] = set()
    for number, name in enumerate(names):
        if _called(name) in seen:
            yield number, "name", f"“{name}” is there twice in the same language."
        seen.add(_called(name))


def new_names(entry: Model, names: Sequence[EntityName] | None) -> list[EntityName]:
    """Those of ``names`` that ``entry`` is not called yet, or not with the same marks."""
    if names is None or not isinstance(entry, Named):
        return []
    present = {(*_called(name), name.is_common_word) for name in _names_of(entry)}
    return [name for name in names if (*_called(name), name.is_common_word) not in present]


def new_positions(entry: Model, positions: Sequence[Position] | None) -> list[Position]:
    """Those of ``positions`` that ``entry`` has not yet."""
    if positions is None or not isinstance(entry, Person):
        return []
    present = {_said(position) for position in _positions_of(entry)}
    return [position for position in positions if _said(position) not in present]


def keep_names(entry: Model, names: Sequence[EntityName] | None) -> list[str]:
    """Make ``names``, which are not saved, all other names of a stored entry. Returns what changed,
    in words."""
    if names is None or not isinstance(entry, Named):
        return []
    column = entry._meta.model_name or ""
    present = {_called(name): name for name in _names_of(entry)}
    gone = [name for called, name in present.items() if called not in set(map(_called, names))]
    added = [name for name in names if _called(name) not in present]
    altered = [
        present[_called(name)]
        for name in names
        if _called(name) in present and _take_marks(present[_called(name)], name)
    ]
    rows: Any = entry.names
    rows.filter(pk__in=[name.pk for name in gone]).delete()
    for name in added:
        setattr(name, column, entry)
    rows.bulk_create(added)
    rows.bulk_update(altered, _MARKS)
    return [
        f"{verb} name “{name}”"
        for verb, some in (("deleted", gone), ("added", added), ("changed", altered))
        for name in some
    ]


def keep_positions(person: Person, positions: Sequence[Position] | None) -> list[str]:
    """Make ``positions``, which are not saved, all that a stored person held. Returns what changed,
    in words."""
    if positions is None:
        return []
    left = _positions_of(person)
    added = []
    for position in positions:
        same = next((one for one in left if _said(one) == _said(position)), None)
        if same is None:
            position.person = person
            added.append(position)
        else:
            left.remove(same)
    Position.objects.filter(pk__in=[position.pk for position in left]).delete()
    Position.objects.bulk_create(added)
    return [
        f"{verb} position “{position}”"
        for verb, some in (("deleted", left), ("added", added))
        for position in some
    ]


def _names_of(entry: Named) -> list[EntityName]:
    names: Any = entry.names.order_by("pk") if entry.pk else ()
    return list(names)


def _positions_of(person: Person) -> list[Position]:
    return list(person.positions.order_by("pk")) if person.pk else []


def _called(name: EntityName) -> tuple[str, str]:
    return name.name, name.language


def _take_marks(present: EntityName, wanted: EntityName) -> bool:
    """Give ``present`` the marks of ``wanted``; whether it had others."""
    differing = [mark for mark in _MARKS if getattr(present, mark) != getattr(wanted, mark)]
    for mark in differing:
        setattr(present, mark, getattr(wanted, mark))
    return bool(differing)


def _said(position: Position) -> tuple[Any, ...]:
    return tuple(getattr(position, column) for column in _OF_POSITION)
