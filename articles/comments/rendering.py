"""A comment's text as HTML: paragraphs, line breaks and links, everything else escaped."""

import re
from collections.abc import Iterator
from itertools import groupby
from urllib.parse import urlsplit

from django.utils.html import escape

from articles.comments.cleaning import clean_text

# ugc and nofollow: https://developers.google.com/search/docs/crawling-indexing/qualify-outbound-links
LINK_REL = "nofollow ugc noopener"

_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_SENTENCE_ENDS = frozenset(".,;:!?'’”»…]}*_")


def render(text: str) -> str:
    """What was typed as safe HTML of ``p``, ``br`` and ``a``; never raises."""
    lines = clean_text(text).split("\n")
    paragraphs = (list(group) for filled, group in groupby(lines, key=_has_words) if filled)
    return "\n".join(f"<p>{'<br>'.join(map(_render_line, lines))}</p>" for lines in paragraphs)


def count_links(text: str) -> int:
    """How many web addresses ``text`` names, whether they would become links or not."""
    return sum(1 for _ in _ADDRESS.finditer(text))


def _has_words(line: str) -> bool:
    return bool(line.strip())


def _render_line(line: str) -> str:
    return "".join(_pieces(line.strip()))


def _pieces(line: str) -> Iterator[str]:
    position = 0
    for match in _ADDRESS.finditer(line):
        address = _without_sentence_end(match.group())
        if not _is_plain(address):
            continue
        yield escape(line[position : match.start()])
        yield f'<a href="{escape(address)}" rel="{LINK_REL}">{escape(address)}</a>'
        position = match.start() + len(address)
    yield escape(line[position:])


def _without_sentence_end(address: str) -> str:
    """``address`` without the punctuation of the sentence around it, brackets included, but with
    a closing bracket of its own, as in ``/wiki/Quetta_(city)``."""
    surplus = address.count(")") - address.count("(")
    end = len(address)
    while address[end - 1] in _SENTENCE_ENDS or (address[end - 1] == ")" and surplus > 0):
        surplus -= address[end - 1] == ")"
        end -= 1
    return address[:end]


def _is_plain(address: str) -> bool:
    """Whether the address can be read and names a host, without a login in front of it: in
    ``https://bank.example@evil.example`` the reader sees one site and gets another."""
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return False
