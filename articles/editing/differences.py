"""What changed between two versions of an article, word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import CommentPolicy, Status
from articles.text.transcript import transcript

READERS_SEE = {
    "headline": "Headline",
    "summary": "Summary",
    "dateline": "Dateline",
    "dateline_place": "Filed from",
    "published_at": "Published",
    "path": "Address",
    "language": "Language",
    "section": "Section",
    "authors": "Byline",
    "tags": "Topics",
    "image": "Picture",
}
"""The fields of a snapshot that readers see beside the text, and what they are called."""

DESK_SEES = READERS_SEE | {
    "dateline_date": "Date of the dateline",
    "status": "Status",
    "embargo_until": "Embargo",
    "comment_policy": "Comments",
}

_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOMENTS = {"published_at", "embargo_until"}
_CHOICES: dict[str, dict[str, str]] = {
    "status": {status.value: str(status.label) for status in Status},
    "comment_policy": {policy.value: str(policy.label) for policy in CommentPolicy},
}
# Words of one text times the same words of the other: what a comparison costs, and at worst that
# times their number. What would cost more, in one paragraph or in all of a version together, is
# shown whole, old and new.
_MOST_PAIRS = 20_000
_MOST_PAIRS_IN_ALL = 200_000

Operation = tuple[str, int, int, int, int]


class Piece(NamedTuple):
    """A run of words: ``kind`` is same, removed or added."""

    kind: str
    text: str


class Change(NamedTuple):
    """What changed in one field, or in one paragraph of the text."""

    label: str
    pieces: list[Piece]


def changes(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    pictures: Mapping[str, str],
    fields: Mapping[str, str] = READERS_SEE,
) -> list[Change]:
    """The differences between two snapshots of an article: of its ``fields``, then of its text.

    ``pictures`` says what the pictures show, by file. What only one of the snapshots kept is left
    out: an earlier version of the program kept less.
    """
    comparison = _Comparison()
    found = [
        Change(
            label,
            comparison.of_words(_line(name, old, pictures), _line(name, new, pictures)),
        )
        for name, label in fields.items()
        if name in before and name in after
        if (old := before[name] or "") != (new := after[name] or "")
    ]
    old_text, new_text = transcript(before.get("body", "")), transcript(after.get("body", ""))
    return [*found, *comparison.of_paragraphs(old_text, new_text)]


def told(
    snapshot: Mapping[str, Any], pictures: Mapping[str, str], fields: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The ``fields`` of one snapshot that are not empty: what each is called and what it says."""
    lines = ((label, snapshot.get(name) or "", name) for name, label in fields.items())
    return [(label, _line(name, value, pictures)) for label, value, name in lines if value]


def compare(before: str, after: str) -> list[Piece]:
    """The pieces of which ``before`` and ``after`` are made, removed words before added ones."""
    return _Comparison().of_words(before, after)


class _Comparison:
    """Compares the texts of two versions, in a time that is bounded for all of them together."""

    def __init__(self) -> None:
        self._room = _MOST_PAIRS_IN_ALL

    def of_words(self, before: str, after: str) -> list[Piece]:
        old, new = _WORD.findall(before), _WORD.findall(after)
        pieces: list[Piece] = []
        for operation, start, end, new_start, new_end in self._operations(old, new):
            if operation == "equal":
                pieces.append(Piece("same", "".join(old[start:end])))
                continue
            if start < end:
                pieces.append(Piece("removed", "".join(old[start:end])))
            if new_start < new_end:
                pieces.append(Piece("added", "".join(new[new_start:new_end])))
        return pieces

    def of_paragraphs(self, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
        for operation, start, end, new_start, new_end in self._operations(old, new):
            if operation == "equal":
                continue
            for step in range(max(end - start, new_end - new_start)):
                removed = old[start + step] if start + step < end else ""
                added = new[new_start + step] if new_start + step < new_end else ""
                number = min(new_start + step, max(new_end - 1, new_start)) + 1
                yield Change(f"Paragraph {number}", self.of_words(removed, added))

    def _operations(self, old: Sequence[str], new: Sequence[str]) -> Sequence[Operation]:
        """How ``new`` came from ``old``, as ``SequenceMatcher.get_opcodes`` says it."""
        in_new = Counter(text for text in new if not text.isspace())
        pairs = sum(in_new[text] for text in old)
        if pairs > min(_MOST_PAIRS, self._room):
            return [("replace", 0, len(old), 0, len(new))]
        self._room -= pairs
        return SequenceMatcher(str.isspace, old, new, autojunk=False).get_opcodes()


def _line(name: str, value: str | list[str], pictures: Mapping[str, str]) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    if not value:
        return ""
    if name == "image":
        return pictures.get(value) or value
    if name in _MOMENTS:
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "j F Y, H:i")
    if name == "dateline_date":
        return date_format(date.fromisoformat(value), "j F Y")
    if name in _CHOICES:
        return _CHOICES[name].get(value, value)
    return value
