"""Slugs: the last part of an address, in any script."""

import re
import unicodedata

_NOT_IN_SLUG = re.compile(r"[^\w\s-]", re.UNICODE)
_GAP = re.compile(r"[-\s_]+")


def slugify(text: str, max_length: int = 80) -> str:
    """``text`` as a slug of whole words: ``"Gwadar’s port opens"`` gives ``"gwadars-port-opens"``.

    Latin letters lose their accents; other scripts keep their letters. Empty when ``text`` has
    neither letter nor digit.
    """
    composed = unicodedata.normalize("NFKC", text).casefold()
    if composed.isascii():
        plain = composed
    else:
        plain = "".join(_without_accent(character) for character in composed)
    slug = _GAP.sub("-", _NOT_IN_SLUG.sub("", plain)).strip("-")
    if len(slug) <= max_length:
        return slug
    whole_words = slug[: max_length + 1].rpartition("-")[0]
    return whole_words or slug[:max_length]


def _without_accent(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else character
