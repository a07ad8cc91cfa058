"""The form in which names and words are compared, whatever spelling or script they came in.

Folding removes what writers vary without meaning a difference: case, accents, Arabic vowel marks,
the letter variants of Arabic, Persian, Urdu, Pashto and Balochi keyboards, the digits of each
script, and the many apostrophes and dashes. It never joins or splits words.
"""

import unicodedata
from collections.abc import Sequence

_VARIANTS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ے": "ی", "ې": "ی", "ۍ": "ی", "ێ": "ی", "ؠ": "ی",
        "ك": "ک", "ڪ": "ک", "ګ": "گ",
        "ه": "ہ", "ۀ": "ہ", "ة": "ہ", "ۃ": "ہ", "ھ": "ہ", "ە": "ہ", "ۂ": "ہ",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ٲ": "ا", "ٳ": "ا",
        "ؤ": "و", "ۆ": "و", "ۏ": "و",
        "ټ": "ٹ", "ډ": "ڈ", "ړ": "ڑ", "ڼ": "ن",
        "‘": "'", "’": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "ʽ": "'", "ʿ": "'", "ʾ": "'", "ʹ": "'",
        "`": "'", "´": "'", "′": "'",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "“": '"', "”": '"', "„": '"',
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe",
        "þ": "th", "ħ": "h", "ŋ": "n", "ŧ": "t", "ə": "e",
        # Tatweel, a hamza beside its letter, soft hyphens, and what only joins or directs.
        "ـ": None, "ٴ": None, "\u00ad": None, "\ufeff": None,
        **dict.fromkeys("\u200b\u200c\u200d\u200e\u200f\u2060\u061c"),
        **dict.fromkeys("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"),
    }
)  # fmt: skip

# Canonical combining classes: from 10 on accents, Hebrew and Arabic points. Below stand the nukta
# and virama, and at 0 the vowel signs of Indian scripts, without which words become other words.
_FIRST_REMOVABLE_MARK = 10


class _Foldings(dict[int, str]):
    """What each character folds to, for ``str.translate``; worked out when it is first met."""

    def __init__(self) -> None:
        self.resized: set[str] = set()

    def __missing__(self, code: int) -> str:
        folded = _fold_character(chr(code))
        if len(folded) != 1:
            self.resized.add(chr(code))
        self[code] = folded
        return folded


_FOLDINGS = _Foldings()


def fold(text: str) -> str:
    """``text`` as it is compared: ``"Qalʿa‑e  Nau"`` and ``"qal'a-e nau"`` become equal."""
    return " ".join((text.lower() if text.isascii() else text.translate(_FOLDINGS)).split())


def fold_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Fold without touching white space, with the way back.

    Returns the folded text and, for each of its characters and for its end, the offset in
    ``text`` that it came from.
    """
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    folded = text.translate(_FOLDINGS)
    if _FOLDINGS.resized.isdisjoint(text):
        return folded, range(len(text) + 1)
    offsets: list[int] = []
    for offset, character in enumerate(text):
        offsets += [offset] * len(_FOLDINGS[ord(character)])
    offsets.append(len(text))
    return folded, offsets


def _fold_character(character: str) -> str:
    if character.isascii():
        return character.lower()
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    lowered = character.casefold().translate(_VARIANTS)
    decomposed = unicodedata.normalize("NFKD", lowered)
    base = "".join(
        part for part in decomposed if unicodedata.combining(part) < _FIRST_REMOVABLE_MARK
    )
    # Decomposition brings back capitals (of letters styled as symbols) and variants.
    return base.casefold().translate(_VARIANTS)
