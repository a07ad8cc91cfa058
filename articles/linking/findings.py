"""What goes into linking and what comes out: a piece of copy, and what was found in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from articles.models import EntityKind, MentionRole, MentionState


@dataclass(frozen=True, slots=True)
class Copy:
    """An article as linking reads it.

    ``blocks`` are the paragraphs in order, as (id, plain text). ``dateline`` is the text it stood
    in ("ISLAMABAD, Feb 1"), ``dateline_place_id`` the place if an editor has already chosen it.
    ``day`` is when it was written, which tells who held a title.
    """

    blocks: tuple[tuple[str, str], ...]
    headline: str = ""
    dateline: str = ""
    dateline_place_id: int | None = None
    day: date | None = None


class Occurrence(NamedTuple):
    """Words that name something: the block's id, their offset in its text, the words."""

    paragraph: str
    start: int
    words: str


def overlap(one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Whether two occurrences, as (paragraph, offset, words), have a letter in common."""
    paragraph, start, words = one
    other_paragraph, other_start, other_words = other
    return bool(
        paragraph == other_paragraph
        and start < other_start + len(other_words)
        and other_start < start + len(words)
    )


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A place, person or organisation found in copy.

    ``entity_id`` is None for one that the archive does not know: if ``state`` is linked, it is
    certain enough to be created as ``name``, with ``other_names``; if suggested, it is not.
    ``candidates`` are the ids of all that a suggestion may mean, the likeliest first;
    ``sentence`` is the one that the first of its words stand in.
    """

    kind: EntityKind
    entity_id: int | None
    name: str
    role: MentionRole
    state: MentionState
    occurrences: tuple[Occurrence, ...]
    title: str = ""
    reason: str = ""
    other_names: tuple[str, ...] = ()
    candidates: tuple[int, ...] = ()
    sentence: str = ""

    @property
    def quote(self) -> str:
        return self.occurrences[0].words if self.occurrences else self.name


class FoundTag(NamedTuple):
    """A tag of the archive whose words stand in the copy."""

    tag_id: int
    quote: str


@dataclass(frozen=True, slots=True)
class Findings:
    mentions: tuple[FoundMention, ...] = ()
    tags: tuple[FoundTag, ...] = ()
    dateline_place_id: int | None = field(default=None)
