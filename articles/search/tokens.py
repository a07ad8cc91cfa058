"""Cuts text into the words that are indexed and asked for: the same for both databases.

Our code decides what a word is, so the databases get words separated by single spaces and need
no dictionaries of their own. Words are folded runs of letters, digits and the vowel signs of Indian
scripts. An apostrophe joins (``Qal'a`` is ``qala``), but for the English possessive
(``Pakistan's`` is ``pakistan``); everything else parts, so ``Tehrik-e-Taliban`` is three words.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from articles.text.folding import fold

# PostgreSQL takes no word over 2,046 bytes. No real one comes near.
LONGEST_WORD = 100

_WORD = re.compile(r"\S+")


class Span(NamedTuple):
    """A word with where it stands in the text it came from."""

    word: str
    start: int
    end: int


class _WordCharacters(dict[int, str]):
    """What each character adds to a word: its folded letters, or a space where it parts words."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = " " if character.isspace() else fold(character).lower()
        self[code] = "".join(part if _is_of_word(part) else " " for part in folded)
        return self[code]


def _is_of_word(character: str) -> bool:
    if character.isalnum() or character == "'":
        return True
    is_variation_selector = "\ufe00" <= character <= "\ufe0f"
    return unicodedata.category(character) in {"Mn", "Mc"} and not is_variation_selector


_CHARACTERS = _WordCharacters()


def words(text: str) -> list[str]:
    """The words of ``text`` in their order."""
    parted = text.translate(_CHARACTERS).split()
    return [word for raw in parted if (word := _join(raw))]


def spans(text: str) -> list[Span]:
    """The words of ``text`` with their offsets in it; slower than ``words``."""
    pieces: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        piece = _CHARACTERS[ord(character)]
        pieces.append(piece)
        offsets.extend([offset] * len(piece))
    return [
        Span(word, offsets[match.start()], offsets[match.end() - 1] + 1)
        for match in _WORD.finditer("".join(pieces))
        if (word := _join(match[0]))
    ]


def starts_with(found: Sequence[str], at: int, wanted: Sequence[str], *, is_prefix: bool) -> bool:
    """Whether ``wanted`` stands in ``found`` from index ``at`` on; with ``is_prefix`` the last
    word of it need only begin so."""
    stretch = found[at : at + len(wanted)]
    if len(stretch) < len(wanted) or list(stretch[:-1]) != list(wanted[:-1]):
        return False
    return stretch[-1].startswith(wanted[-1]) if is_prefix else stretch[-1] == wanted[-1]


def _join(raw: str) -> str:
    if "'" in raw:
        raw = raw.strip("'").removesuffix("'s").replace("'", "")
    return raw[:LONGEST_WORD]
