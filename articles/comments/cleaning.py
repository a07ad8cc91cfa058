"""What readers type, made safe to store: pure functions on strings."""

import re

from articles.text.characters import printable

# Embeddings, overrides and isolates turn the text around them about; the plain marks (LRM, RLM,
# ALM) and the joiners stay, because right-to-left scripts are written with them.
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_BIDI = str.maketrans("", "", _BIDI_CONTROLS)
_UNSEEN = str.maketrans("", "", _INVISIBLE)
_TAG = re.compile(r"<[^<>]*>")
_NEWLINE = re.compile(r"\r\n?")


def clean_text(text: str) -> str:
    """``text`` with plain newlines, without what cannot be stored or shown and without
    bidirectional overrides; everything visible stays as it was typed."""
    return printable(_NEWLINE.sub("\n", text).translate(_BIDI)).strip()


def clean_line(text: str) -> str:
    """``text`` on one line, every run of white space one space; otherwise as ``clean_text``."""
    return " ".join(clean_text(text).split())


def clean_name(name: str) -> str:
    """A name on one line, without tags, angle brackets and characters that cannot be seen."""
    without_tags = _TAG.sub("", clean_text(name)).replace("<", "").replace(">", "")
    return clean_line(without_tags.translate(_UNSEEN))
