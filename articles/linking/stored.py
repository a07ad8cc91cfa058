"""The mentions that articles have: those a machine may replace, and what editors decided.

They are read as plain rows. Most linking finds again what is stored already, and a model is made
only of what is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from articles.linking.anchoring import find_again
from articles.linking.findings import FoundMention, Occurrence
from articles.models import EntityKind, Mention, MentionRole, MentionState
from articles.text.folding import fold

_LONGEST_QUOTE = 200
_PLACE, _PERSON, _ORGANISATION = (kind.value for kind in EntityKind)
_FILED_FROM, _LINKED = MentionRole.FILED_FROM.value, MentionState.LINKED.value
_DECIDED = frozenset({MentionState.CONFIRMED.value, MentionState.REJECTED.value})

#: What tells the mentions of one article apart: the kind, the entity's id or, for somebody
#: unknown, the folded words, and whether it is the dateline's.
Key: TypeAlias = tuple[str, int | str, bool]


class Row(NamedTuple):
    """A mention as its table has it; ``id`` is None as long as it is not stored."""

    id: int | None
    article_id: int
    kind: str
    place_id: int | None
    person_id: int | None
    organisation_id: int | None
    role: str
    state: str
    title: str
    quote: str
    folded: str
    paragraph: str
    start: int
    occurrences: list[list[Any]]
    sentence: str
    is_adrift: bool
    reason: str
    candidates: list[int]

    @property
    def entity_id(self) -> int | None:
        return self.place_id or self.person_id or self.organisation_id

    @property
    def key(self) -> Key:
        named = self.entity_id or self.folded or fold(self.quote)
        return self.kind, named, self.role == _FILED_FROM

    @property
    def places(self) -> list[Occurrence]:
        """Where it stands in the text; a dateline's stands before it."""
        if self.is_adrift or self.role == _FILED_FROM:
            return []
        return self.stood if self.stood[0].paragraph else []

    @property
    def stood(self) -> list[Occurrence]:
        """Where it stands or, when it is adrift, where it stood."""
        return [Occurrence(*each) for each in self.occurrences] or [
            Occurrence(self.paragraph, self.start, self.quote)
        ]

    @property
    def says(self) -> tuple[Any, ...]:
        """All but which article and entity it is of."""
        return self[_FIRST_SAID:]

    def mention(self) -> Mention:
        return Mention(**self._asdict())


_FIRST_SAID = Row._fields.index("role")
WRITTEN = Row._fields[_FIRST_SAID:]
"""The columns that linking again may change."""


def row_of(article_id: int, found: FoundMention, entity_id: int | None) -> Row:
    """``found`` as a mention of the article, not yet stored."""
    kind = found.kind.value
    first = found.occurrences[0] if found.occurrences else Occurrence("", 0, "")
    return Row(
        id=None,
        article_id=article_id,
        kind=kind,
        place_id=entity_id if kind == _PLACE else None,
        person_id=entity_id if kind == _PERSON else None,
        organisation_id=entity_id if kind == _ORGANISATION else None,
        role=found.role.value,
        state=found.state.value,
        title=found.title,
        quote=first.words[:_LONGEST_QUOTE],
        folded=fold(found.quote)[:_LONGEST_QUOTE],
        paragraph=first.paragraph,
        start=first.start,
        occurrences=[[*occurrence] for occurrence in found.occurrences],
        sentence=found.sentence,
        is_adrift=False,
        reason=found.reason,
        candidates=[*found.candidates],
    )


@dataclass(slots=True)
class Stored:
    """The mentions of one article."""

    replaceable: dict[Key, Row] = field(default_factory=dict)
    surplus: list[Row] = field(default_factory=list)
    decided: dict[Key, Row] = field(default_factory=dict)
    decided_words: set[tuple[str, str]] = field(default_factory=set)

    def add(self, row: Row) -> None:
        key = row.key
        if row.state in _DECIDED:
            self.decided[key] = row
            words = (row.quote, *(words for _, _, words in row.occurrences))
            self.decided_words.update((row.kind, fold(each)) for each in words)
        elif key in self.replaceable:
            self.surplus.append(row)
        else:
            self.replaceable[key] = row

    def is_decided(self, row: Row) -> bool:
        """Whether an editor has spoken about its entity, or settled what its words mean."""
        if not self.decided:
            return False
        if row.key in self.decided:
            return True
        is_proved = row.state == _LINKED and row.entity_id is not None
        return not is_proved and (row.kind, row.folded) in self.decided_words

    def undecided(self) -> list[Row]:
        return [*self.replaceable.values(), *self.surplus]

    def keep(self, test: Callable[[Row], bool]) -> None:
        """Regard of those a machine may replace only the ones that pass the test."""
        self.replaceable = {key: row for key, row in self.replaceable.items() if test(row)}
        self.surplus = [row for row in self.surplus if test(row)]

    def rejects_dateline(self, place_id: int) -> bool:
        row = self.decided.get((_PLACE, place_id, True))
        return row is not None and row.state == MentionState.REJECTED


def read_stored(articles: Iterable[int]) -> defaultdict[int, Stored]:
    """What the articles of these ids have, in one query."""
    stored: defaultdict[int, Stored] = defaultdict(Stored)
    columns = Mention.objects.order_by("pk").values_list(*Row._fields)
    for values in columns.filter(article__in=articles):
        row = Row._make(values)
        stored[row.article_id].add(row)
    return stored


def anchored(row: Row, found: FoundMention | None, blocks: Mapping[str, str]) -> Row:
    """What an editor decided, with its place in the text as it now is, ``blocks``.

    Where its words are gone but ``found``, of the same entity, is in the text under others, it
    takes those if it was confirmed; else it is adrift, and keeps in mind where it stood. What an
    editor added without a place in the text is never adrift.
    """
    if row.role == _FILED_FROM or not row.quote:
        return row
    anchor = find_again(row.stood, row.sentence, blocks)
    if anchor is not None:
        occurrences, sentence = anchor
    elif found is not None and found.occurrences and row.state == MentionState.CONFIRMED:
        occurrences, sentence = found.occurrences, found.sentence
    elif not row.occurrences and not row.paragraph:
        return row
    else:
        return row._replace(is_adrift=True, paragraph="", start=0)
    first = occurrences[0]
    return row._replace(
        is_adrift=False,
        quote=first.words[:_LONGEST_QUOTE],
        folded=fold(first.words)[:_LONGEST_QUOTE],
        paragraph=first.paragraph,
        start=first.start,
        occurrences=[[*occurrence] for occurrence in occurrences],
        sentence=sentence,
    )
