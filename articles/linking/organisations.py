"""Organisations known by the form of their names.

``Balochistan Liberation Army``: a head word with distinctive words in front.
``Tehrik-e-Taliban Pakistan``: a first word that begins such names, whatever the last one is.
``Human Rights Commission of Pakistan``: a head word in front of "of".
"""

import re
from enum import Enum

from articles.linking.lexicon import (
    COMPOUND_LEADS,
    GENERIC_WORDS,
    MASKING_HEADS,
    MASKING_LEADS,
    ORGANISATION_HEADS,
    ORGANISATION_LEADS,
    ORGANISATION_WORDS,
)
from articles.linking.proper_names import Run

_ACRONYM = re.compile(r"[ \u00a0]\(([A-Z](?:[a-z.-]?[A-Z]){1,7})\.?\)")
_SMALL_JOINTS = frozenset({"of", "of the", "for", "for the", "on", "de", "de la", "and"})


class Form(Enum):
    """What the form of a name says of it."""

    CERTAIN = "certainly an organisation"
    LIKELY = "probably an organisation"
    GENERIC = "an organisation, but any of its sort"
    OTHER = "a project, a treaty, a building: neither place nor organisation"
    OPEN = "nothing"


def form_of(run: Run) -> Form:
    """What kind of name ``run`` is, by its words alone; a title in front has been taken off."""
    lowered = [word.lower for word in run.words]
    if len(lowered) > 1 and lowered[0] in COMPOUND_LEADS:
        return Form.CERTAIN
    middle = _lead_before_of(run)
    if middle is not None:
        return _form_with_lead(lowered, middle)
    if len(lowered) > 2 and lowered[0] in MASKING_LEADS and run.joint(1).startswith("of"):
        return Form.OTHER
    last = lowered[-1]
    if last in MASKING_HEADS:
        return Form.OTHER if len(lowered) > 1 else Form.OPEN
    if last not in ORGANISATION_WORDS or len(lowered) == 1:
        return Form.OPEN
    return _form_with_head(lowered)


def acronym_after(text: str, start: int, end: int) -> str:
    """The acronym in brackets after the name at ``start`` to ``end``, if its letters are the
    name's in their order: "BLA"."""
    match = _ACRONYM.match(text, end) if text.startswith("(", end + 1) else None
    if match is None:
        return ""
    acronym = "".join(filter(str.isalpha, match[1])).upper()
    letters = iter(text[start:end].upper())
    is_made_of_name = acronym[0] == text[start].upper() and all(
        letter in letters for letter in acronym
    )
    return match[1] if is_made_of_name else ""


def _form_with_head(lowered: list[str]) -> Form:
    """Of names such as Pakistan Television, Lahore High Court, Supreme Court."""
    front = [word for word in lowered[:-1] if word not in ORGANISATION_WORDS]
    distinctive = [word for word in front if word not in GENERIC_WORDS]
    if not distinctive:
        return Form.GENERIC
    if lowered[-1] in ORGANISATION_HEADS or len(lowered) > 2:
        return Form.CERTAIN
    return Form.LIKELY


def _form_with_lead(lowered: list[str], middle: int) -> Form:
    """Of names such as State Bank of Pakistan, Ministry of Interior."""
    distinctive = [
        word
        for word in lowered[:middle] + lowered[middle + 1 :]
        if word not in GENERIC_WORDS and word not in ORGANISATION_WORDS
    ]
    return Form.CERTAIN if distinctive else Form.GENERIC


def _lead_before_of(run: Run) -> int | None:
    for index, word in enumerate(run.words[:-1]):
        if word.lower in ORGANISATION_LEADS and run.joint(index + 1) in _SMALL_JOINTS:
            return index
    return None
