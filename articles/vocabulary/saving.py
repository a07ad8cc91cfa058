"""An entry of the vocabulary as somebody sends it who is not at the desk, saved as there: what is
wrong with it, what is hardly meant, and what follows for its addresses, lists and articles."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from articles.models import AuditEntry, EntityName, Person, Place, Position, Tag
from articles.vocabulary import outside_ids, own_rows
from articles.vocabulary.doubts import (
    Doubt,
    doubts_of_name,
    doubts_of_place,
    doubts_of_position,
    doubts_of_tag,
)
from articles.vocabulary.entities import follow_rename
from articles.vocabulary.former_slugs import keep_address
from articles.vocabulary.kinds import Named
from articles.vocabulary.names import preference_faults
from articles.vocabulary.places import containers, put_in_place
from articles.vocabulary.positions import end_fault
from articles.vocabulary.slugs import slug_for

_WHERE = {"latitude", "longitude", "parent", "kind", "country_code"}
_CODES = {"kind", "country_code", "iso_code"}

Check = Callable[[], object]
Knowing = Callable[[Model], bool]


class Belongings(NamedTuple):
    """The rows that an entry is to have, all of them and none saved, or None where it keeps those
    that it has."""

    names: Sequence[EntityName] | None = None
    positions: Sequence[Position] | None = None


class Doubtful(Exception):
    """Something is hardly meant. Whoever means it all the same says so."""

    def __init__(self, doubts: list[Doubt]) -> None:
        super().__init__(" ".join(doubt.question for doubt in doubts))
        self.doubts = doubts


NONE = Belongings()


def _anything(_: Model) -> bool:
    return True


@transaction.atomic
def save(
    entry: Model,
    belongings: Belongings = NONE,
    *,
    by: User,
    is_meant: bool = False,
    knows: Knowing = _anything,
) -> None:
    """Store ``entry`` as it stands in memory, and give it ``belongings``; rows that are the same
    stay. Its slug is made from its name where it is empty.

    Raises ValidationError by field, a row's as ``names.0.language``; ``Doubtful`` with what is
    hardly meant, unless ``is_meant``. Names no other entry in it but what ``by`` ``knows``.
    """
    before = type(entry)._default_manager.filter(pk=entry.pk).first() if entry.pk else None
    _give_slug(entry, before)
    _raise(_faults(entry, _changed(entry, before), belongings, knows))
    # What is wrong is set right by now: capitals of codes, spaces in names.
    changed = _changed(entry, before)
    if not is_meant and (doubts := list(_doubts(entry, changed, belongings))):
        raise Doubtful(doubts)
    _raise(_taken(entry, knows))
    entry.save()
    done = [*own_rows.keep_names(entry, belongings.names), *_keep_positions(entry, belongings)]
    if before is None:
        AuditEntry.objects.note(by, "add", entry)
    elif words := [*_in_words(entry, changed), *done]:
        AuditEntry.objects.note(by, "change", entry, "; ".join(words))
    _follow(entry, before, changed, bool(done))


def _follow(entry: Model, before: Model | None, changed: set[str], has_new_rows: bool) -> None:
    if before is not None:
        if "slug" in changed:
            keep_address(entry, before.slug)  # type: ignore[attr-defined]
        if changed & {"name", "slug"} or has_new_rows:
            follow_rename(entry)
    if isinstance(entry, Place):
        put_in_place(entry)


def _keep_positions(entry: Model, belongings: Belongings) -> list[str]:
    return own_rows.keep_positions(entry, belongings.positions) if isinstance(entry, Person) else []


def _give_slug(entry: Any, before: Any) -> None:
    present = before.slug if before is not None else ""
    try:
        entry.slug = slug_for(entry, entry.slug, name=entry.name, present=present)
    except ValidationError as fault:
        raise ValidationError({"slug": fault.messages}) from fault


def _changed(entry: Model, before: Model | None) -> set[str]:
    """The fields that hold something else than before; of a new entry all that hold anything."""
    fields = [field for field in entry._meta.concrete_fields if field.editable]
    present = type(entry)() if before is None else before
    return {
        field.name
        for field in fields
        if getattr(entry, field.attname) != getattr(present, field.attname)
    }


def _in_words(entry: Model, changed: set[str]) -> Iterator[str]:
    names = [str(f.verbose_name) for f in entry._meta.concrete_fields if f.name in changed]
    if names:
        yield ", ".join(names)


# What is wrong


def _faults(
    entry: Model, changed: set[str], belongings: Belongings, knows: Knowing
) -> Iterator[tuple[str, str]]:
    """The field and a sentence for each fault that the entry has by itself."""
    yield from _of_check(entry.clean_fields)
    yield from _of_check(entry.clean)
    if isinstance(entry, Named):
        for column in changed & outside_ids.NAMES.keys():
            if other := outside_ids.claimed_by(entry, column):
                whose = f"“{other}” ({other.pk})" if knows(other) else "another at the desk"
                yield column, f"It is that of {whose} already. If both are one, merge."
    if isinstance(entry, Place):
        yield from _faults_of_place(entry, changed)
    for number, name in enumerate(belongings.names or ()):
        yield from _of_row(f"names.{number}", name)
    for number, field, fault in own_rows.faults_of_names(belongings.names or ()):
        yield f"names.{number}.{field}", fault
    for number, field, fault in preference_faults(belongings.names or ()):
        yield f"names.{number}.{field}", fault
    for number, position in enumerate(belongings.positions or ()):
        yield from _of_row(f"positions.{number}", position)
        if fault := end_fault(position):
            yield f"positions.{number}.ended_on", fault


def _faults_of_place(place: Place, changed: set[str]) -> Iterator[tuple[str, str]]:
    if place.pk and "parent" in changed:
        yield from _of_check(lambda: containers(place, place.parent))
    if changed & _CODES:
        faults = list(outside_ids.code_faults(place))
        yield from faults
        if "country_code" not in dict(faults) and (fault := outside_ids.country_fault(place)):
            yield "country_code", fault


def _of_row(where: str, row: Model) -> Iterator[tuple[str, str]]:
    # Other entries are given as instances: they are not looked up again, each by itself.
    checks = (lambda: row.clean_fields(exclude={"place", "person", "organisation"}), row.clean)
    for check in checks:
        for field, fault in _of_check(check):
            yield f"{where}.{field}", fault


def _of_check(check: Check) -> Iterator[tuple[str, str]]:
    """The faults that a check raises."""
    try:
        check()
    except ValidationError as error:
        for field, faults in error.message_dict.items():
            for fault in faults:
                yield field, fault


def _taken(entry: Model, knows: Knowing) -> Iterator[tuple[str, str]]:
    """What another entry has that no two may have, or what the table's own rules forbid."""
    if isinstance(entry, Tag) and (other := _namesake(entry)):
        number = f" ({other.merged_into_id or other.pk})" if knows(other) else ""
        yield "name", f"There is the tag “{other}”{number} already."
        return
    yield from _of_check(entry.validate_unique)
    yield from _of_check(entry.validate_constraints)


def _namesake(tag: Tag) -> Tag | None:
    return Tag.objects.filter(name=tag.name).exclude(pk=tag.pk).first()


def _raise(faults: Iterable[tuple[str, str]]) -> None:
    by_field: dict[str, list[str]] = defaultdict(list)
    for field, fault in faults:
        if fault not in by_field[field]:
            by_field[field].append(fault)
    if by_field:
        raise ValidationError(dict(by_field))


# What is hardly meant


def _doubts(entry: Model, changed: set[str], belongings: Belongings) -> Iterator[Doubt]:
    if isinstance(entry, Tag) and "name" in changed:
        yield from doubts_of_tag(entry)
    if isinstance(entry, Named):
        if "name" in changed:
            known = isinstance(entry, Place) and entry.is_common_word
            yield from doubts_of_name(entry, entry.name, is_common_word=known)
        for name in own_rows.new_names(entry, belongings.names):
            yield from doubts_of_name(entry, name.name, "names", is_common_word=name.is_common_word)
    if isinstance(entry, Place) and changed & _WHERE:
        yield from doubts_of_place(entry)
    for position in own_rows.new_positions(entry, belongings.positions):
        for doubt in doubts_of_position(position):
            yield doubt._replace(field="positions")
