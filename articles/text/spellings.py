"""How near two spellings are, and by which keys near ones are found.

A *skeleton* is what a spelling keeps when its vowels are taken out, its doubled letters are one,
and letters that writers use for each other are the same: *Quetta* and *Queta*, *Mohsin* and
*Mohsen*, *Balochistan* and *Baluchestan* have one each. Words come folded (see
``articles.text.folding``).
"""

from collections.abc import Iterable

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "ابپتثٹجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہی"
# The letters of a skeleton, and those that are written for each of them.
_ALIKE = {
    "b": "b", "d": "d", "f": "f", "g": "gj", "h": "h", "k": "kcqx", "l": "l", "m": "m", "n": "n",
    "p": "p", "r": "r", "s": "sz", "t": "t", "w": "wv",
    "ب": "ب", "پ": "پ", "ت": "تط", "ٹ": "ٹ", "ج": "ج", "چ": "چ", "ح": "حہ", "خ": "خ", "د": "د",
    "ڈ": "ڈ", "ر": "رڑ", "ز": "زذضظژ", "س": "سثص", "ش": "ش", "غ": "غ", "ف": "ف", "ک": "کق",
    "گ": "گ", "ل": "ل", "م": "م", "ن": "نں",
}  # fmt: skip
_SILENT = "aeiouy" + "اویعء"
_SKELETON = str.maketrans(
    {letter: kept for kept, letters in _ALIKE.items() for letter in letters}
    | dict.fromkeys(_SILENT, "")
)
_LONGEST_SKELETON = 24


def skeleton(word: str) -> str:
    """The consonants of ``word``, as they sound; empty for a word of vowels alone."""
    bones = word.replace("ph", "f").replace(" ", "").translate(_SKELETON)
    # Within a word an h tells how another letter sounds, which writers hear in many ways.
    return _single(bones[:1] + bones[1:].replace("h", ""))[:_LONGEST_SKELETON]


def near_spellings(word: str) -> set[str]:
    """Every spelling that is one slip of the fingers away from ``word``."""
    return _edited(word, _ARABIC if "\u0600" <= word[:1] <= "\u06ff" else _LATIN)


def near_skeletons(word: str) -> set[str]:
    """The skeleton of ``word``, and each that is one consonant away from it."""
    bones = skeleton(word)
    is_arabic = "\u0600" <= word[:1] <= "\u06ff"
    letters = [kept for kept in _ALIKE if (kept >= "\u0600") == is_arabic]
    return {_single(near) for near in _edited(bones, letters)} | {bones}


def distance(one: str, other: str, most: int) -> int:
    """How many letters have to be put in, left out, exchanged or swapped with the next to make
    ``other`` of ``one``: no further than ``most``, else ``most + 1``."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, wanted in enumerate(other, 1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != wanted))
            is_swap = (
                row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted
            )
            current.append(min(cost, before_last[column - 2] + 1) if is_swap else cost)
        if min(current) > most:
            return most + 1
        before_last, last = last, current
    return min(last[-1], most + 1)


def _edited(word: str, letters: Iterable[str]) -> set[str]:
    letters = list(letters)
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    left_out = {start + rest[1:] for start, rest in splits if rest}
    swapped = {start + rest[1] + rest[0] + rest[2:] for start, rest in splits if len(rest) > 1}
    exchanged = {start + one + rest[1:] for start, rest in splits if rest for one in letters}
    put_in = {start + one + rest for start, rest in splits for one in letters}
    return (left_out | swapped | exchanged | put_in) - {word}


def _single(bones: str) -> str:
    return "".join(bone for at, bone in enumerate(bones) if bones[at - 1 : at] != bone)
