"""How alike two names are spelt. Names are compared folded (see ``articles.text.folding``)."""

import re
from functools import lru_cache

# What different transliterations write for one sound: Quetta and Kuetta, Waziristan and Vaziristan.
_SOUNDS = (
    ("kh", "x"), ("gh", "g"), ("ph", "f"), ("dh", "d"), ("th", "t"), ("bh", "b"), ("zh", "j"),
    ("dj", "j"), ("tch", "c"), ("ch", "c"), ("sh", "s"), ("ck", "k"), ("q", "k"), ("w", "v"),
    ("z", "s"),
)  # fmt: skip
_VOWEL = re.compile(r"[aeiouy]+")
# The long vowels that Arabic script writes, and some leave out.
_WEAK = re.compile(r"[اویہء]+")
_REPEATED = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 3
_LONG = 8


def words_of(folded: str) -> list[str]:
    """The words of a folded name: apostrophes join, all else parts."""
    return _WORD.findall(folded.replace("'", ""))


def skeleton(folded: str) -> str:
    """What is left of a name when the ways of transliterating it are taken away: ``nushki`` and
    ``noshki`` are both ``nsk``, ``mohammed`` and ``muhammad`` both ``mhmd``. Empty when that is
    too little to go by."""
    bones = " ".join(filter(None, map(_bones, words_of(folded))))
    return bones if len(bones.replace(" ", "")) >= _SHORTEST else ""


@lru_cache(maxsize=200_000)
def is_near(one: str, other: str) -> bool:
    """Whether two folded names may be spellings of one: a letter apart, two in a long name, or the
    same but for how vowels and a few consonants are transliterated."""
    if one == other:
        return True
    shorter = min(len(one), len(other))
    if shorter < _SHORTEST + 1:
        return False
    allowed = 2 if shorter >= _LONG else 1
    if distance(one, other, allowed) <= allowed:
        return True
    return skeleton(one) == skeleton(other) != "" and abs(len(one) - len(other)) <= allowed + 1


def distance(one: str, other: str, most: int) -> int:
    """The letters to be put in, left out, changed or swapped with their neighbours to make one of
    the other (optimal string alignment); ``most + 1`` when there are more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, against in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


@lru_cache(maxsize=50_000)
def _bones(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    first, rest = word[:1], word[1:]
    if _VOWEL.match(first):
        first = "a"
    bare = _WEAK.sub("", _VOWEL.sub("", rest)).removesuffix("h")
    return _REPEATED.sub(r"\1", first + bare)
