"""The language and direction of a text, from its script and its commonest words.

Good enough to choose a typeface, a direction and a ``lang`` attribute for copy that says nothing
of its language; an editor can correct it.
"""

import re
from collections import Counter

_SCRIPTS = (
    ("ur", re.compile(r"[ٹڈڑںےۓھہ]")),
    ("ps", re.compile(r"[ټډړښږڼې]")),
    ("fa", re.compile(r"[پچژگک]")),
    ("ar", re.compile(r"[؀-ۿ]")),
    ("he", re.compile(r"[֐-׿]")),
    ("hi", re.compile(r"[ऀ-ॿ]")),
    ("bn", re.compile(r"[ঀ-৿]")),
    ("ru", re.compile(r"[Ѐ-ӿ]")),
    ("el", re.compile(r"[Ͱ-Ͽ]")),
    ("ja", re.compile(r"[぀-ヿ]")),
    ("ko", re.compile(r"[가-힯]")),
    ("zh", re.compile(r"[一-鿿]")),
)
_COMMON_WORDS = {
    "en": {"the", "of", "and", "to", "in", "that", "was", "for", "on", "with", "said", "by"},
    "de": {"der", "die", "und", "das", "den", "von", "mit", "ist", "nicht", "ein", "auf", "im"},
    "fr": {"le", "les", "des", "et", "une", "dans", "que", "est", "pour", "du", "qui", "sur"},
    "es": {"el", "los", "las", "que", "una", "por", "con", "del", "para", "se", "su", "es"},
    "it": {"il", "che", "di", "una", "per", "del", "della", "con", "sono", "gli", "non", "è"},
    "pt": {"os", "que", "uma", "com", "não", "para", "do", "da", "por", "em", "as", "foi"},
    "nl": {"het", "een", "van", "en", "dat", "niet", "zijn", "op", "voor", "met", "ook", "aan"},
    "nb": {"og", "det", "som", "en", "er", "på", "av", "til", "ikke", "har", "med", "vi"},
    "sv": {"och", "det", "att", "som", "en", "är", "på", "av", "inte", "har", "med", "för"},
}
_RIGHT_TO_LEFT = {"ar", "fa", "ur", "he", "ps", "sd", "ug", "yi", "dv", "ckb", "bal", "ks"}
_BEYOND_LATIN = re.compile(r"[ɐ-\U0010ffff]+")
_SAMPLE = 2000


def detect(text: str, default: str = "en") -> str:
    """The BCP 47 tag of the language that ``text`` seems to be in, else ``default``."""
    sample = text[:_SAMPLE]
    letters = _letters(sample)
    if not letters:
        return default
    if _letters(_BEYOND_LATIN.sub("", sample)) * 2 < letters:
        for language, pattern in _SCRIPTS:
            if len(pattern.findall(sample)) * 50 > letters:
                return language
        return default
    words = Counter(re.findall(r"\w+", sample.lower()))
    scores = {
        language: sum(words[word] for word in common) for language, common in _COMMON_WORDS.items()
    }
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] > scores.get(default, 0) else default


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def direction(language: str) -> str:
    """``rtl`` or ``ltr`` for a BCP 47 tag."""
    return "rtl" if language.split("-", maxsplit=1)[0].lower() in _RIGHT_TO_LEFT else "ltr"
