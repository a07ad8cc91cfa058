"""Counts, for one piece of copy, who and what is named where, and turns that into mentions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from articles.linking.anchoring import sentence_around
from articles.linking.findings import FoundMention, Occurrence
from articles.linking.known import Known
from articles.linking.reading import Name
from articles.models import EntityKind, MentionRole, MentionState

# Named so often, or so early, a place is what the article is about and not only mentioned.
_OFTEN = 3
_LEAD_PARAGRAPHS = 2
_LONGEST_REASON = 300
_LONGEST_NAME = 200

#: An entity of the archive, or the kind and the folded name of one that it does not know.
Key: TypeAlias = Known | tuple[EntityKind, str]


class Paragraph(NamedTuple):
    """A block of the copy with the names in it. ``order`` counts the blocks; a headline, which
    repeats what they say, has None."""

    id: str
    order: int | None
    text: str
    names: list[Name]


@dataclass(slots=True)
class _Entry:
    key: Key
    name: str
    occurrences: list[Occurrence] = field(default_factory=list)
    unsure: list[Occurrence] = field(default_factory=list)
    title: str = ""
    reason: str = ""
    candidates: tuple[int, ...] = ()
    texts: dict[str, str] = field(default_factory=dict)
    other_names: dict[str, None] = field(default_factory=dict)
    speaks: bool = False
    leads: bool = False

    @property
    def kind(self) -> EntityKind:
        return self.key[0] if isinstance(self.key, tuple) else self.key.entity_kind

    @property
    def role(self) -> MentionRole:
        if self.kind is not EntityKind.PLACE:
            return MentionRole.SPEAKER if self.speaks else MentionRole.MENTIONED
        is_about = self.leads or len(self.occurrences) >= _OFTEN
        return MentionRole.ABOUT if is_about else MentionRole.MENTIONED


class Tally:
    """Collects what is named, in the order of the copy."""

    def __init__(self) -> None:
        self._entries: dict[Key, _Entry] = {}

    def add(
        self,
        key: Key,
        paragraph: Paragraph,
        name: Name,
        *,
        reason: str = "",
        candidates: Sequence[Known] = (),
        speaks: bool = False,
        other_name: str = "",
    ) -> None:
        """Count ``name`` as one of ``key``; with a ``reason``, as one that is not certain and may
        be any of the ``candidates``."""
        entry = self._entries.get(key)
        if entry is None:
            printed = name.text if isinstance(key, tuple) else key.name
            entry = self._entries[key] = _Entry(key, printed[:_LONGEST_NAME])
        occurrences = entry.unsure if reason else entry.occurrences
        occurrences.append(Occurrence(paragraph.id, name.start, name.text[:_LONGEST_NAME]))
        entry.texts[paragraph.id] = paragraph.text
        if reason and not entry.reason:
            entry.reason, entry.candidates = reason, tuple(known.id for known in candidates)
        entry.title = entry.title or name.title[:_LONGEST_NAME]
        entry.speaks |= speaks
        entry.leads |= paragraph.order is None or paragraph.order < _LEAD_PARAGRAPHS
        if other_name:
            entry.other_names[other_name] = None

    def mentions(self) -> Iterator[FoundMention]:
        """One for each entity. A single certain occurrence makes it linked, and then the unsure
        ones are left out."""
        for entry in self._entries.values():
            is_certain = bool(entry.occurrences)
            occurrences = entry.occurrences or entry.unsure
            paragraph, start, words = occurrences[0]
            yield FoundMention(
                kind=entry.kind,
                entity_id=None if isinstance(entry.key, tuple) else entry.key.id,
                name=entry.name,
                role=entry.role,
                state=MentionState.LINKED if is_certain else MentionState.SUGGESTED,
                occurrences=tuple(occurrences),
                title=entry.title,
                reason="" if is_certain else entry.reason[:_LONGEST_REASON],
                other_names=tuple(entry.other_names),
                candidates=() if is_certain else entry.candidates or _itself(entry.key),
                sentence=sentence_around(entry.texts[paragraph], start, start + len(words)),
            )


def _itself(key: Key) -> tuple[int, ...]:
    return () if isinstance(key, tuple) else (key.id,)
