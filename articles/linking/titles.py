"""Titles in front of names and after them, kept as the copy gives them.

``Federal Interior Minister Mohsin Naqvi`` · ``provincial government spokesman Shahid Rind`` ·
``Moazzam Jah Ansari, the provincial police chief,``
"""

import re
from typing import NamedTuple

from articles.linking.lexicon import (
    DESCRIPTIVE_HEADS,
    FUNCTION_WORDS,
    LOCATIVE,
    PLAIN_TITLE_HEADS,
    SAYING,
    TITLE_MODIFIERS,
)
from articles.linking.proper_names import CAPITAL

_HEADS = "|".join(sorted(PLAIN_TITLE_HEADS, key=len, reverse=True))
_MODIFIERS = "|".join(sorted(TITLE_MODIFIERS, key=len, reverse=True))
_LONGEST_TITLE = 80
_PHRASE = r"[^,.;:()]{1,100}?"
# "provincial government spokesman ", "Awami Party leader ", "prime minister, "
_BEFORE = re.compile(
    rf"(?<![\w'’-])((?:{CAPITAL}\w*(?:-\w+)*[ ]){{0,6}}"
    rf"(?:(?:{_MODIFIERS})[ -])*(?:{_HEADS}))(,)?[ \u00a0]$"
)
# ", the provincial police chief,", ", a spokesman for the ministry,", ", a minister in 1970,"
_AFTER = re.compile(
    rf",[ ](?:the|a|an|its|their|his|her)?[ ]?"
    rf"((?:{CAPITAL}\w*(?:-\w+)*(?:['’]s)?[ ]|(?:{_MODIFIERS})[ -]){{0,8}}({_HEADS})"
    rf"(?:[ ](?:of|for)[ ]{_PHRASE})?)"
    rf"(?:[ ](?:in|at|from|until|since)[ ]{_PHRASE})?(?=[,.;]|$)",
)
_SAYING = "|".join(sorted(SAYING, key=len, reverse=True))
_SAYS = re.compile(
    rf"(?:,[^,.;]{{1,80}},)?[ ](?:(?:also|has|had|have|later|further|then|reportedly|"
    rf"on[ ][A-Z]\w+day|[A-Z]\w+day)[ ])*(?:{_SAYING})\b(?![ ]to[ ]have)"
)
_SAID_BY = re.compile(rf"(?:\b(?:{_SAYING})|[Aa]ccording[ ]to)[ ](?:(?:the|its|a)[ ])?$")
_LOOK_BACK = 120


class Title(NamedTuple):
    """A title as printed and where it begins; ``is_strong`` if who bears it is surely a person."""

    text: str
    start: int
    is_strong: bool


def title_before(text: str, start: int, end: int) -> Title | None:
    """The title in lower case that stands right in front of the name at ``start`` to ``end``."""
    word = text[max(0, start - _LOOK_BACK) : start].rstrip(", \u00a0").rpartition(" ")[2]
    if word.rpartition("-")[2] not in PLAIN_TITLE_HEADS:
        return None  # as nearly always
    match = _BEFORE.search(text, max(0, start - _LOOK_BACK), start)
    if match is None or (match[2] and text[end : end + 1] not in {",", "."}):
        return None
    words = match[1].split(" ")
    while words[0].lower() in FUNCTION_WORDS:
        del words[0]
    title = " ".join(words)
    return Title(title, match.end(1) - len(title), is_strong=True)


def title_after(text: str, end: int) -> Title | None:
    """The title that follows the name ending at ``end`` in apposition, without its article."""
    match = _AFTER.match(text, end) if text.startswith(", ", end) else None
    if match is None or len(match[1]) > _LONGEST_TITLE:
        return None
    is_strong = match[2] not in DESCRIPTIVE_HEADS or bool(set(match[1].split()) & TITLE_MODIFIERS)
    return Title(match[1], match.start(1), is_strong)


def is_speaker(text: str, start: int, end: int) -> bool:
    """Whether a verb of saying attaches to the name, title included, at ``start`` to ``end``."""
    return bool(_SAYS.match(text, end) or _SAID_BY.search(text, max(0, start - _LOOK_BACK), start))


def is_located(text: str, start: int) -> bool:
    """Whether a word such as "in" stands in front of the name at ``start``."""
    words = text[max(0, start - 20) : start].split()
    return bool(words) and words[-1].lower() in LOCATIVE
