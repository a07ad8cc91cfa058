"""Cuts text into the words that are indexed and asked for: the same for both databases.

Our code decides what a word is, so the databases get words separated by single spaces and need
no dictionaries of their own. Words are folded runs of letters and the vowel signs of Indian
scripts, or of digits. An apostrophe joins (``Qal'a`` is ``qala``), but for the English possessive
(``Pakistan's`` is ``pakistan``), and so does the comma of a large number, by thousands or by lakhs
(``1,500``, ``1,50,000``). Everything else parts, so ``Tehrik-e-Taliban`` is three words; letters
and digits part from each other, so ``F-16``, ``F16`` and ``f 16`` are the same two, ``Rs500`` is
found by its number, and ``2.5`` is two digits that follow each other.

What is typed without a space is asked for as words that follow each other. That others write it
as one, or one word as several (``alqaeda``, ``US``), is not in the index, where it would part
phrases: ``compounds`` are kept as words of the archive, by which a query is widened (see
``articles.search.asking.forms``).
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from articles.text.folding import fold

# PostgreSQL takes no word over 2,046 bytes. No real one comes near.
LONGEST_WORD = 100

_WORD = re.compile(r"\S+")
_PART = re.compile(r"[0-9']*[0-9][0-9']*|[^0-9]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# The comma within a number. It stands first, for that is looked for the quickest.
_COMMA = re.compile(
    r",(?=\d\d(?:\d(?!\d)|,(?:\d\d,)*\d{3}(?!\d)))"
    r"(?:(?<=(?<!\d)\d,)|(?<=(?<!\d)\d\d,)|(?<=(?<!\d)\d{3},))"
)

# What joins words, the character first for the same reason, and the longest that it may join.
_JOINTS = (
    (re.compile(r"-(?<=[^\W\d_].)(?=[^\W\d_])"), LONGEST_WORD),
    (re.compile(r"\.(?<=\b[^\W\d_].)(?=[^\W\d_])"), 3),
    (re.compile(r"&(?<=[^\W\d_].)(?=[^\W\d_])"), 3),
    (re.compile(r"/(?<=[^\W\d_].)(?=[^\W\d_])"), 3),
)
_REACH = 40


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
    text = _COMMA.sub("", text.replace("٬", ","))
    if not text.isascii():
        # Most texts are all in ASCII then, which is translated ten times as fast.
        text = _BEYOND_ASCII.sub(_translated, text)
    found = text.translate(_CHARACTERS).split()
    odd = [at for at, word in enumerate(found) if not word.isalpha() or len(word) > LONGEST_WORD]
    for at in reversed(odd):
        found[at : at + 1] = [part for part, _, _ in _parts(found[at])]
    return found


def spans(text: str) -> list[Span]:
    """The words of ``text`` with their offsets in it; slower than ``words``."""
    commas = {comma.start() for comma in _COMMA.finditer(text.replace("٬", ","))}
    if not commas and all(len(_CHARACTERS[ord(character)]) == 1 for character in set(text)):
        # As most texts are: a word stands where it stood.
        return [
            Span(word, match.start() + start, match.start() + end)
            for match in _WORD.finditer(text.translate(_CHARACTERS))
            for word, start, end in _parts(match[0])
        ]
    pieces: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        piece = "" if offset in commas else _CHARACTERS[ord(character)]
        pieces.append(piece)
        offsets.extend([offset] * len(piece))
    return [
        Span(word, offsets[match.start() + start], offsets[match.start() + end - 1] + 1)
        for match in _WORD.finditer("".join(pieces))
        for word, start, end in _parts(match[0])
    ]


def compounds(text: str) -> set[tuple[str, ...]]:
    """What ``text`` writes as one by hyphens (*al-Qaeda*), or, if its parts are short, by stops,
    strokes or ampersands (*U.S.*, *km/h*, *AT&T*): the words of each, two to four."""
    if not text.isascii():
        text = text.replace("‐", "-").replace("‑", "-")
    found = set()
    for pattern, longest in _JOINTS:
        for joint in pattern.finditer(text):
            at = joint.start()
            before = text[max(0, at - _REACH) : at].split()[-1]
            after = text[at + 1 : at + _REACH].split()[0]
            parts = tuple(words(f"{before} {after}"))
            if is_compound(parts) and max(map(len, parts)) <= longest:
                found.add(parts)
    return found


def is_compound(parts: Sequence[str]) -> bool:
    """Whether others may write these words as one."""
    return 2 <= len(parts) <= 4 and not any(part[0].isdecimal() for part in parts)


def starts_with(found: Sequence[str], at: int, wanted: Sequence[str], *, is_prefix: bool) -> bool:
    """Whether ``wanted`` stands in ``found`` from index ``at`` on; with ``is_prefix`` the last
    word of it need only begin so."""
    stretch = found[at : at + len(wanted)]
    if len(stretch) < len(wanted) or list(stretch[:-1]) != list(wanted[:-1]):
        return False
    return stretch[-1].startswith(wanted[-1]) if is_prefix else stretch[-1] == wanted[-1]


def _parts(raw: str) -> list[tuple[str, int, int]]:
    """The words of a run without white space, and from where to where they reach in it."""
    if raw.isalpha():
        return [(raw[:LONGEST_WORD], 0, len(raw))]
    return [
        (word, part.start(), part.end()) for part in _PART.finditer(raw) if (word := _join(part[0]))
    ]


def _join(raw: str) -> str:
    if "'" in raw:
        raw = raw.strip("'").removesuffix("'s").replace("'", "")
    return raw[:LONGEST_WORD]


def _translated(match: re.Match[str]) -> str:
    return match[0].translate(_CHARACTERS)
