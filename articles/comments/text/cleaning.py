"""What readers type, made safe to store: pure functions on strings."""

import re
import unicodedata

from articles.text.characters import printable

# Embeddings, overrides and isolates turn the text around them about; the plain marks (LRM, RLM,
# ALM) and the joiners stay, because right-to-left scripts are written with them.
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# Deprecated format characters and the marks of annotations, which browsers draw each as it likes.
_FORMAT_CONTROLS = "\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb"
# The fillers of Hangul count as letters and are drawn as nothing, and so are tags (U+E0000).
_FILLERS = "\u115f\u1160\u3164\uffa0"
_INVISIBLE = "\u00ad\u200b\u2060\u2061\u2062\u2063\u2064\ufeff" + _FILLERS
_TAGS = "".join(map(chr, range(0xE0000, 0xE0080)))
_CONTROLS = str.maketrans("", "", _BIDI_CONTROLS + _FORMAT_CONTROLS)
_UNSEEN = str.maketrans("", "", _INVISIBLE + _TAGS)
_TAG = re.compile(r"<[^<>]*>")
_NEWLINE = re.compile(r"\r\n?|[\u2028\u2029]")
# No language puts more accents on a letter; a hundred cover the lines above and below.
_ACCENTS = re.compile(r"([\u0300-\u036f]{4})[\u0300-\u036f]+")


def clean_text(text: str) -> str:
    """``text`` with plain newlines, without what cannot be stored or shown, without bidirectional
    overrides and heaps of accents; everything else stays as it was typed."""
    plain = printable(_NEWLINE.sub("\n", text).translate(_CONTROLS))
    return _ACCENTS.sub(r"\1", plain).strip()


def can_be_seen(text: str) -> bool:
    """Whether there is anything in ``text`` that readers would see."""
    return any(
        unicodedata.category(character)[0] not in "CZ" for character in text.translate(_UNSEEN)
    )


def clean_line(text: str) -> str:
    """``text`` on one line, every run of white space one space; otherwise as ``clean_text``."""
    return " ".join(clean_text(text).split())


def clean_name(name: str) -> str:
    """A name on one line, without tags, angle brackets and characters that cannot be seen."""
    without_tags = _TAG.sub("", clean_text(name)).replace("<", "").replace(">", "")
    return clean_line(without_tags.translate(_UNSEEN))
