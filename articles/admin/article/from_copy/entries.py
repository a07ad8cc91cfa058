"""What copy names, as an editor decides about it on the page of "New from copy".

Each entry has a key, by which its fields come back; what was not on the page when the editor sent
it is left to linking.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model

from articles.admin.choices import KnownAutocomplete, KnownChoiceField
from articles.linking import Findings, FoundMention, FoundTag, Occurrence
from articles.models import (
    EntityKind,
    Mention,
    MentionRole,
    MentionState,
    Organisation,
    Person,
    Place,
    Tag,
)
from articles.text.body import Block
from articles.text.folding import fold
from articles.text.slugs import slugify

MOST = 200
"""Names that are shown; what copy has more of is linked as an import would."""

CONFIRM, REJECT, LATER = "confirm", "reject", ""

_MODELS: dict[EntityKind, type[Model]] = {
    EntityKind.PLACE: Place,
    EntityKind.PERSON: Person,
    EntityKind.ORGANISATION: Organisation,
}
_ANY_ROW = {EntityKind.PLACE: Place.objects.select_related("parent")}


class EntityField(KnownChoiceField):
    """A place, person or organisation, told from its namesakes as its autocomplete does."""

    def label_from_instance(self, obj: Any) -> str:
        return label_of(obj)


@dataclass(slots=True)
class Entry:
    """A place, person or organisation that was found, and what the editor decided.

    ``chosen`` is somebody else who is meant.
    """

    key: str
    found: FoundMention
    decision: str
    was_seen: bool
    entity: Model | None
    chosen: Any = None

    @property
    def is_suggestion(self) -> bool:
        return self.found.state is MentionState.SUGGESTED

    @property
    def label(self) -> str:
        """The entity as it is told from its namesakes, or the name of one that is new."""
        return label_of(self.entity) if self.entity else self.found.name

    @property
    def other(self) -> forms.BoundField | str:
        """The field that says who else is meant; the script makes the empty ones, of which there
        may be many."""
        return other_field(self.found.kind, f"{self.key}-other", self.chosen) if self.chosen else ""

    @property
    def role(self) -> str:
        return str(self.found.role.label)

    @property
    def words(self) -> list[str]:
        """The words it was found in, each once."""
        return list(dict.fromkeys(occurrence.words for occurrence in self.found.occurrences))


@dataclass(slots=True)
class TagEntry:
    """A tag that the copy bears (``quote`` is empty) or that its words suggest."""

    key: str
    name: str
    decision: str
    quote: str = ""
    tag_id: int = 0
    is_new: bool = False

    @property
    def is_suggestion(self) -> bool:
        return bool(self.quote)


def other_field(kind: EntityKind, name: str, chosen: Any = None) -> forms.BoundField:
    """An autocomplete field of this name for an entity of the kind."""
    field = EntityField(
        _MODELS[kind]._default_manager.all(),
        required=False,
        widget=KnownAutocomplete(Mention._meta.get_field(kind.value), admin.site),
    )
    field.known = chosen
    field.widget.attrs["aria-label"] = f"Another {kind.label}"
    form = forms.Form({name: str(chosen.pk) if chosen else ""})
    form.fields[name] = field
    return form[name]


def entries(findings: Findings, data: Mapping[str, str]) -> list[Entry]:
    """An entry for each found name but the dateline's, as the editor left it in ``data``."""
    found = [each for each in findings.mentions if each.role is not MentionRole.FILED_FROM][:MOST]
    entities = _rows((each.kind, each.entity_id) for each in found)
    others = _rows((each.kind, number(data.get(f"{_key(each)}-other"))) for each in found)
    return [_entry(each, data, entities, others) for each in found]


def tag_entries(
    names: Sequence[str], found: Sequence[FoundTag], data: Mapping[str, str]
) -> list[TagEntry]:
    """The tags that the copy bears, then those that its words suggest."""
    slugs = {name: slugify(name) for name in names}
    known = {
        tag.pk: tag
        for tag in (
            Tag.objects.filter(pk__in=[each.tag_id for each in found])
            | Tag.objects.filter(slug__in=slugs.values())
        )
    }
    known_slugs = {tag.slug for tag in known.values()}
    borne = [
        TagEntry(
            key := f"tag-named-{slug}",
            name,
            _decision(key, data, CONFIRM),
            is_new=slug not in known_slugs,
        )
        for name, slug in slugs.items()
    ]
    suggested = [
        TagEntry(
            key := f"tag-{each.tag_id}",
            known[each.tag_id].name,
            _decision(key, data, LATER),
            each.quote,
            each.tag_id,
        )
        for each in found
        if each.tag_id in known and known[each.tag_id].slug not in slugs.values()
    ]
    return [*borne, *suggested]


def decided(entries: Iterable[Entry]) -> Iterator[FoundMention]:
    """The mentions that the editor confirmed or rejected; of two for one name, both."""
    for entry in entries:
        found, other = entry.found, entry.chosen
        if not entry.was_seen:
            continue
        if other is not None and other.pk != found.entity_id and entry.decision != REJECT:
            yield confirmed(found, entity=other)
            if found.entity_id:
                yield rejected(found)
        elif entry.decision == CONFIRM:
            yield confirmed(found)
        elif entry.decision == REJECT:
            yield rejected(found)


def decided_dateline(
    findings: Findings, place: Place | None, *, was_changed: bool
) -> Iterator[FoundMention]:
    """What the choice of the dateline's place says of the place that was found in it."""
    filed = next((each for each in findings.mentions if each.role is MentionRole.FILED_FROM), None)
    if filed is None:
        return
    if place is None:
        if was_changed:
            yield rejected(filed)
    elif place.pk == filed.entity_id:
        yield confirmed(filed)
    else:
        yield confirmed(filed, entity=place)


def added(
    kind: EntityKind, chosen: Iterable[Any], blocks: Sequence[Block]
) -> Iterator[FoundMention]:
    """Entities that the editor added, with the words of the copy that name them."""
    role = MentionRole.ABOUT if kind is EntityKind.PLACE else MentionRole.MENTIONED
    for entity in chosen:
        name = re.compile(rf"(?<!\w){re.escape(entity.name)}(?!\w)")
        words = tuple(
            Occurrence(block.id, match.start(), match[0])
            for block in blocks
            for match in name.finditer(block.text)
        )
        yield FoundMention(kind, entity.pk, entity.name, role, MentionState.CONFIRMED, words)


def confirmed(found: FoundMention, entity: Any = None) -> FoundMention:
    if entity is None:
        return replace(found, state=MentionState.CONFIRMED, reason="")
    return replace(
        found, state=MentionState.CONFIRMED, reason="", entity_id=entity.pk, name=entity.name
    )


def rejected(found: FoundMention) -> FoundMention:
    return replace(found, state=MentionState.REJECTED, reason="")


def _entry(
    found: FoundMention,
    data: Mapping[str, str],
    entities: Mapping[tuple[EntityKind, int], Model],
    others: Mapping[tuple[EntityKind, int], Model],
) -> Entry:
    key = _key(found)
    is_suggestion = found.state is MentionState.SUGGESTED
    return Entry(
        key,
        found,
        _decision(key, data, LATER if is_suggestion else CONFIRM),
        f"{key}-seen" in data,
        entities.get((found.kind, found.entity_id or 0)),
        others.get((found.kind, number(data.get(f"{key}-other")) or 0)),
    )


def _decision(key: str, data: Mapping[str, str], default: str) -> str:
    """What was decided of an entry: nothing is when a suggestion was left alone, and what had a
    tick is rejected when it has none."""
    if f"{key}-seen" not in data:
        return default
    decision = data.get(f"{key}-decision", REJECT if default == CONFIRM else LATER)
    return decision if decision in {CONFIRM, REJECT} else LATER


def _rows(
    wanted: Iterable[tuple[EntityKind, int | None]],
) -> dict[tuple[EntityKind, int], Model]:
    """The entities of these kinds and ids, in a query for each kind that is asked for."""
    ids: dict[EntityKind, set[int]] = {}
    for kind, pk in wanted:
        if pk:
            ids.setdefault(kind, set()).add(pk)
    found: dict[tuple[EntityKind, int], Model] = {}
    for kind, pks in ids.items():
        rows = _ANY_ROW.get(kind, _MODELS[kind]._default_manager.all())
        found |= {(kind, row.pk): row for row in rows.filter(pk__in=pks)}
    return found


def _key(found: FoundMention) -> str:
    """What an entry is known by from one reading to the next."""
    if found.entity_id:
        return f"{found.kind}-{found.entity_id}"
    folded = hashlib.sha256(fold(found.name).encode()).hexdigest()
    return f"{found.kind}-new-{folded[:12]}"


def label_of(entity: Any) -> str:
    label = getattr(admin.site.get_model_admin(type(entity)), "label", str)
    return str(label(entity))


def number(words: str | None) -> int | None:
    """The primary key in ``words``; None if there is none."""
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 19 else None
