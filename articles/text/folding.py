"""The form in which names and words are compared, whatever spelling or script they came in.

Folding removes what writers vary without meaning a difference: case, accents, Arabic vowel marks,
the letter variants of Arabic, Persian and Urdu keyboards, and the many apostrophes and dashes.
It never joins or splits words.
"""

import unicodedata
from collections.abc import Sequence

_VARIANTS = str.maketrans(
    {
        "ي": "ی", "ى": "ی", "ئ": "ی", "ے": "ی", "ې": "ی", "ۍ": "ی",
        "ك": "ک", "ڪ": "ک",
        "ه": "ہ", "ۀ": "ہ", "ة": "ہ", "ۃ": "ہ", "ھ": "ہ", "ە": "ہ",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا",
        "ؤ": "و",
        "‘": "'", "’": "'", "ʼ": "'", "ʻ": "'", "ʿ": "'", "ʾ": "'", "`": "'", "´": "'", "′": "'",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-",
        "“": '"', "”": '"', "„": '"',
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe",
        "ـ": None, "\u200b": None, "\u200c": None, "\u200d": None, "\u200e": None, "\u200f": None,
        "\u00ad": None, "\ufeff": None,
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
    lowered = character.casefold().translate(_VARIANTS)
    decomposed = unicodedata.normalize("NFKD", lowered)
    base = "".join(
        part for part in decomposed if unicodedata.combining(part) < _FIRST_REMOVABLE_MARK
    )
    # Decomposition brings back capitals (of letters styled as symbols) and variants.
    return base.casefold().translate(_VARIANTS)
