"""Puts markup around words of a body, or in front of its first: links, marks, a dateline."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from articles.text.body import BLOCKS

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>|([^<]+)')
_ID = re.compile(r'\sid="([^"]*)"')
_CHARACTER = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL)
# A paragraph's beginning, or all of what stands apart from the text and may hold some.
_PARAGRAPH = re.compile(r"<(aside|figure|table)\b.*?</\1>|<p\b[^>]*>", re.DOTALL)


class Wrapping(NamedTuple):
    """Words and the tags that go around them.

    ``paragraph`` is its id, ``start`` the characters of its text before the words.
    """

    paragraph: str
    start: int
    words: str
    opening: str
    closing: str


def wrap(body: str, wrappings: Iterable[Wrapping]) -> str:
    """``body`` with the tags around the words of each wrapping.

    Left alone are words that are not where the wrapping says any more, that lie in a link already,
    that overlap an earlier one's, or that markup cuts through.
    """
    wanted: dict[str, list[Wrapping]] = {}
    for wrapping in sorted(wrappings, key=lambda wrapping: wrapping.start):
        if wrapping.words:
            wanted.setdefault(wrapping.paragraph, []).append(wrapping)
    if not wanted:
        return body
    pieces: list[str] = []
    open_blocks: list[tuple[list[Wrapping], int]] = []
    in_link = False
    for match in _TOKEN.finditer(body):
        closing, tag, attributes, text = match.groups()
        piece = match[0]
        if text is not None:
            if open_blocks:
                wanted_here, offset = open_blocks[-1]
                if wanted_here:
                    plain = html.unescape(text) if "&" in text else text
                    open_blocks[-1] = wanted_here, offset + len(plain)
                    if not in_link:
                        piece = _wrap_text(text, plain, wanted_here, offset)
        elif tag in BLOCKS:
            if not closing:
                identity = _ID.search(attributes)
                open_blocks.append((wanted.get(identity[1], []) if identity else [], 0))
            elif open_blocks:
                open_blocks.pop()
        elif tag == "a":
            in_link = not closing
        elif tag == "br" and open_blocks:
            wanted_here, offset = open_blocks[-1]
            open_blocks[-1] = wanted_here, offset + 1
        pieces.append(piece)
    return "".join(pieces)


def run_in(body: str, markup: str) -> str:
    """``body`` with ``markup`` before the words of its first paragraph, if it has one; those of a
    pull quote, a figure or a table do not count."""
    first = next((match for match in _PARAGRAPH.finditer(body) if match[1] is None), None)
    return f"{body[: first.end()]}{markup}{body[first.end() :]}" if first else body


def _wrap_text(text: str, plain: str, wrappings: list[Wrapping], offset: int) -> str:
    """A stretch of text with its tags.

    ``plain`` is ``text`` unescaped, and ``offset`` how much of the paragraph precedes it.
    """
    found = []
    free_from = 0
    for wrapping in wrappings:
        first = wrapping.start - offset
        if first >= free_from and plain.startswith(wrapping.words, first):
            free_from = first + len(wrapping.words)
            found.append((first, free_from, wrapping))
    if not found:
        return text
    at: Sequence[int] = range(len(text) + 1) if plain is text else _offsets(text)
    pieces: list[str] = []
    done = 0
    for first, last, wrapping in found:
        words = text[at[first] : at[last]]
        pieces += (text[done : at[first]], wrapping.opening, words, wrapping.closing)
        done = at[last]
    return "".join([*pieces, text[done:]])


def _offsets(text: str) -> list[int]:
    """For each character of the unescaped text, and for its end, where it begins in ``text``."""
    offsets: list[int] = []
    for match in _CHARACTER.finditer(text):
        offsets += [match.start()] * len(html.unescape(match[0]))
    offsets.append(len(text))
    return offsets
