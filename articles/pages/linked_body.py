"""Turns the first mention of each entity in a body into a quiet link."""

import html
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from articles.text.body import BLOCKS

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>|([^<]+)')
_ID = re.compile(r'\sid="([^"]*)"')
_CHARACTER = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);|.", re.DOTALL)


class LinkTarget(NamedTuple):
    """Words that shall be a link: the paragraph's id, the characters of its text before them."""

    paragraph: str
    start: int
    quote: str
    address: str


def link_mentions(body: str, targets: Iterable[LinkTarget]) -> str:
    """``body`` with a link around the words of each target.

    Left alone are words that are not where the target says any more, that lie in a link already,
    that overlap an earlier target's, or that markup cuts through.
    """
    wanted: dict[str, list[LinkTarget]] = {}
    for target in sorted(targets, key=lambda target: target.start):
        if target.quote:
            wanted.setdefault(target.paragraph, []).append(target)
    if not wanted:
        return body
    pieces: list[str] = []
    open_blocks: list[tuple[list[LinkTarget], int]] = []
    in_link = False
    for match in _TOKEN.finditer(body):
        closing, tag, attributes, text = match.groups()
        piece = match[0]
        if text is not None:
            if open_blocks:
                targets_here, offset = open_blocks[-1]
                if targets_here:
                    plain = html.unescape(text) if "&" in text else text
                    open_blocks[-1] = targets_here, offset + len(plain)
                    if not in_link:
                        piece = _link_text(text, plain, targets_here, offset)
        elif tag in BLOCKS:
            if not closing:
                identity = _ID.search(attributes)
                open_blocks.append((wanted.get(identity[1], []) if identity else [], 0))
            elif open_blocks:
                open_blocks.pop()
        elif tag == "a":
            in_link = not closing
        elif tag == "br" and open_blocks:
            targets_here, offset = open_blocks[-1]
            open_blocks[-1] = targets_here, offset + 1
        pieces.append(piece)
    return "".join(pieces)


def _link_text(text: str, plain: str, targets: list[LinkTarget], offset: int) -> str:
    """A stretch of text with its links.

    ``plain`` is ``text`` unescaped, and ``offset`` how much of the paragraph precedes it.
    """
    links = []
    free_from = 0
    for target in targets:
        first = target.start - offset
        if first >= free_from and plain.startswith(target.quote, first):
            free_from = first + len(target.quote)
            links.append((first, free_from, target.address))
    if not links:
        return text
    at: Sequence[int] = range(len(text) + 1) if plain is text else _offsets(text)
    pieces: list[str] = []
    done = 0
    for first, last, address in links:
        pieces += (
            text[done : at[first]],
            f'<a class="mention" href="{html.escape(address)}">{text[at[first] : at[last]]}</a>',
        )
        done = at[last]
    return "".join([*pieces, text[done:]])


def _offsets(text: str) -> list[int]:
    """For each character of the unescaped text, and for its end, where it begins in ``text``."""
    offsets: list[int] = []
    for match in _CHARACTER.finditer(text):
        offsets += [match.start()] * len(html.unescape(match[0]))
    offsets.append(len(text))
    return offsets
