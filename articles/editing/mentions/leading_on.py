"""Decisions from before a merge, taken back after it: what was merged stands for its target."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from articles.editing.mentions.changes import Was, together
from articles.models import EntityKind, Mention, Organisation, Person, Place

_MODELS: dict[str, type[Place] | type[Person] | type[Organisation]] = {
    EntityKind.PLACE: Place,
    EntityKind.PERSON: Person,
    EntityKind.ORGANISATION: Organisation,
}
_COLUMNS = {f"{kind.value}_id": kind.value for kind in EntityKind}

_LeadOn = Callable[[str, int | None], int | None]


def led_on(decided: Sequence[Was]) -> list[Was]:
    """``decided`` with the ids of what was merged meanwhile led on to what it was merged into."""
    named: dict[str, set[int]] = defaultdict(set)
    for was in decided:
        for values in (was.before, was.after):
            for kind, pk in _named(values):
                named[kind].add(pk)
    targets = {
        (kind, pk): target
        for kind, pks in named.items()
        for pk, target in _MODELS[kind]
        ._default_manager.filter(pk__in=pks, merged_into__isnull=False)
        .values_list("pk", "merged_into")
    }
    if not targets:
        return list(decided)

    def lead(kind: str, pk: int | None) -> int | None:
        return pk if pk is None else targets.get((kind, pk), pk)

    return [
        was._replace(before=_led(was.before, lead), after=_led(was.after, lead)) for was in decided
    ]


def fold_doubles(rows: Collection[Mention]) -> tuple[list[Mention], list[Mention]]:
    """Of ``rows``, not yet written, those that are the only ones of their entity in their article
    and role, and those that have a double: another of them, or a stored one. The double that stays
    has the words of both; a stored one is written here."""
    known = {row.pk for row in rows}
    stored = Mention.objects.filter(article__in={row.article_id for row in rows})
    taken = {_key(one): one for one in stored.exclude(pk__in=known) if _key(one)[-1]}
    others = set(taken.values())
    single: list[Mention] = []
    doubles: list[Mention] = []
    changed: list[Mention] = []
    for row in rows:
        key = _key(row)
        other = taken.setdefault(key, row) if key[-1] else row
        if other is row:
            single.append(row)
            continue
        doubles.append(row)
        other.occurrences = together(other.occurrences, row.occurrences)
        if other in others:
            changed.append(other)
    Mention.objects.bulk_update(dict.fromkeys(changed), ["occurrences"])
    return single, doubles


def _key(mention: Mention) -> tuple[int, str, str, int | None]:
    entity = mention.place_id or mention.person_id or mention.organisation_id
    return mention.article_id, mention.role, mention.kind, entity


def _named(values: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for column, kind in _COLUMNS.items():
        if values.get(column):
            yield kind, values[column]
    for pk in values.get("candidates", ()):
        yield values["kind"], pk


def _led(values: dict[str, Any], lead: _LeadOn) -> dict[str, Any]:
    led: dict[str, Any] = {
        column: lead(kind, values[column]) for column, kind in _COLUMNS.items() if column in values
    }
    if "candidates" in values:
        candidates = (lead(values["kind"], pk) for pk in values["candidates"])
        led["candidates"] = list(dict.fromkeys(candidates))
    return {**values, **led}
