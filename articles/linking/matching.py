"""Finding many names in a text in one pass.

A text is matched in a form that folds what writers vary (see ``articles.text.folding``) but keeps
the capital that begins a word. A name can therefore begin neither inside a word nor at one in
lower case: "hub" is not the town of Hub, and "was Sulaymaniyah" does not hide Sulaymaniyah
behind its other name As Sulaymaniyah.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.linking.lexicon import DIRECTIONS
from articles.linking.proper_names import CAPITAL
from articles.text.folding import fold_with_offsets

# The look behind comes last, so that what is searched for is a capital: most letters are none.
_INNER_CAPITAL = re.compile(rf"{CAPITAL}(?<=[\w'’].)")
_INNER_ASCII_CAPITAL = re.compile(r"[A-Z](?<=[\w'].)")
# "And" and the article, which Arabic writes with the word; shorter words would be others by it.
_ARTICLE = re.compile(r"(?:^|[^\w\u064b-\u0652])(?:و|وال|ال)$")
_LONG = 4
# Devanagari writes a nasal in front of a consonant of its class as a letter or as a dot.
_NASAL = re.compile("ङ्(?=[क-घ])|ञ्(?=[च-झ])|ण्(?=[ट-ढ])|न्(?=[त-ध])|म्(?=[प-भ])")
_DOTTED = re.compile("ं(?=([क-घ])|([च-झ])|([ट-ढ])|([त-ध])|([प-भ]))")
_NASALS = ("ङ्", "ञ्", "ण्", "न्", "म्")
_LONGEST_ACRONYM = 6
_SHORTEST_NAME = 3
# Two letters are a name only where every reader takes them for one.
_SHORT_NAMES = frozenset({"US", "UK", "UN", "EU"})

Value = TypeVar("Value")


class Match(NamedTuple, Generic[Value]):
    """A name in a text: where it stands, and what in the vocabulary is called so."""

    start: int
    end: int
    values: tuple[Value, ...]


class _Named(NamedTuple, Generic[Value]):
    """What a pattern names: always, and only when the text has it in capitals, as acronyms are."""

    always: tuple[Value, ...]
    in_capitals: tuple[Value, ...]


class NameMatcher(Generic[Value]):
    """Finds, at each place of a text, the longest of its names; whole words only."""

    def __init__(self, names: Iterable[tuple[str, Value]]) -> None:
        always: dict[str, dict[Value, None]] = {}
        in_capitals: dict[str, dict[Value, None]] = {}
        for name, value in names:
            if not _is_usable(name):
                continue
            kept = in_capitals if is_acronym(name) else always
            for pattern in _patterns(name):
                kept.setdefault(pattern, {})[value] = None
        patterns = list(always | in_capitals)
        self._named = [
            _Named(tuple(always.get(pattern, ())), tuple(in_capitals.get(pattern, ())))
            for pattern in patterns
        ]
        self._automaton = AhoCorasick(patterns, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> list[Match[Value]]:
        """The names in ``text``, in order, none overlapping another."""
        normal, offsets = _normalise(text)
        shouts = text.isupper()
        found: list[Match[Value]] = []
        for index, first, last in self._automaton.find_matches_as_indexes(normal):
            start, end = offsets[first], _without_joiners(text, offsets[last])
            if not stands_alone(text, start, end):
                continue
            values, acronyms = self._named[index]
            if acronyms and text[start:end].isupper() and not shouts:
                values += acronyms
            if values:
                found.append(Match(start, end, values))
        return found


def _without_joiners(text: str, end: int) -> int:
    """The end of words without what is not seen after them: joiners, marks of direction."""
    while text[end - 1] > "\x7f" and unicodedata.category(text[end - 1]) == "Cf":
        end -= 1
    return end


def is_acronym(name: str) -> bool:
    """Letters read one by one, such as BLA or U.S.; they are that only in capitals."""
    return len(name) <= _LONGEST_ACRONYM and name.isupper() and " " not in name


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a whole word or words.

    A possessive may follow; the "and" and the article of Arabic may stand in front (والقاهرة), and
    a hyphen on either side (Quetta-based, anti-Pakistan). An address (pakistan.example, @Pakistan)
    is no name.
    """
    if start and not _may_begin(text, start, end):
        return False
    after = text[end : end + 3]
    if not after:
        return True
    if after[0] in "'’":
        return (
            len(after) == 1
            or not _is_word(after[1])
            or (after[1] in "sS" and (len(after) == 2 or not _is_word(after[2])))
        )
    if after[0] in ".@":
        return len(after) == 1 or not after[1].islower()
    return not _is_word(after[0])


def _may_begin(text: str, start: int, end: int) -> bool:
    before = text[start - 1]
    if _is_word(before):
        is_long = before in "لو" and end - start >= _LONG
        return is_long and bool(_ARTICLE.search(text[max(0, start - 4) : start]))
    return before not in "@#_'’" and not _in_address(text, start)


def _in_address(text: str, start: int) -> bool:
    return text[start - 1] == "." and start > 1 and text[start - 2].islower()


def _is_word(character: str) -> bool:
    """A letter, a digit, or a mark that belongs to the letter before it, in any script."""
    if character.isalnum() or character == "_":
        return True
    return not character.isascii() and unicodedata.category(character)[0] == "M"


def _is_usable(name: str) -> bool:
    if all(word in DIRECTIONS for word in name.lower().replace("-", " ").split()):
        return False
    letters = sum(map(str.isalpha, name))
    return letters >= _SHORTEST_NAME or name.replace(".", "") in _SHORT_NAMES


@lru_cache(maxsize=200_000)
def _patterns(name: str) -> frozenset[str]:
    """The normal forms of ``name``: as it is written, and all in capitals.

    Kept, for when one name is added the others are the same.
    """
    printed = name if any(map(str.isupper, name)) else name.title()
    spellings = {printed, printed[0].upper() + printed[1:], printed.upper(), *_nasals(name)}
    return frozenset(" ".join(_normalise(spelling)[0].split()) for spelling in spellings)


def _nasals(name: str) -> tuple[str, str]:
    """``name`` with each nasal as a dot, and with each as a letter: मुंबई and मुम्बई."""
    return _NASAL.sub("ं", name), _DOTTED.sub(lambda dot: _NASALS[(dot.lastindex or 1) - 1], name)


def _normalise(text: str) -> tuple[str, Sequence[int]]:
    """``text`` folded but for the capitals that begin words, and the way back to its offsets."""
    if text.isascii():
        return _INNER_ASCII_CAPITAL.sub(_lower, text), range(len(text) + 1)
    lowered = _INNER_CAPITAL.sub(_lower, text)
    folded = {ord(letter): _fold(letter) for letter in set(lowered) if not letter.isascii()}
    if all(len(piece) == 1 for piece in folded.values()):
        return lowered.translate(folded), range(len(text) + 1)
    pieces = [folded.get(ord(letter), letter) for letter in lowered]
    offsets = [offset for offset, piece in enumerate(pieces) for _ in piece]
    return "".join(pieces), [*offsets, len(text)]


def _lower(match: re.Match[str]) -> str:
    lowered = match[0].lower()
    return lowered if len(lowered) == 1 else match[0]


@cache
def _fold(character: str) -> str:
    folded = fold_with_offsets(character)[0]
    return folded.capitalize() if character.isupper() else folded
