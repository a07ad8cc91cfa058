"""A comment's text as HTML: paragraphs, quotations, lists and the light formatting within them.

A little of Markdown (https://spec.commonmark.org/0.31.2/), as much as a reader types without
thinking of it: ``>`` before what is quoted, ``-`` or ``1.`` before the items of a list, a blank
line between paragraphs. Everything else is escaped.
"""

import re
from itertools import groupby
from typing import NamedTuple

from articles.comments.text.cleaning import clean_text
from articles.comments.text.inline import LINK_REL, render_inline
from articles.comments.text.web_addresses import ADDRESS

__all__ = ["LINK_REL", "count_links", "render"]

QUOTATION_DEPTH = 3
"""Quotations within quotations; more signs are words."""

_QUOTED = re.compile(r"\s*> ?")
_BULLET = re.compile(r"\s*[-*] +(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,3})[.)] +(?=\S)", re.ASCII)


class _Part(NamedTuple):
    """A paragraph, or one item of a list with its number."""

    tag: str
    number: int
    lines: list[str]


def render(text: str) -> str:
    """What was typed as safe, balanced HTML of ``p``, ``br``, ``blockquote``, ``ul``, ``ol``,
    ``li``, ``em``, ``strong``, ``code``, ``a`` and ``span``; never raises."""
    return _blocks(clean_text(text).split("\n"), QUOTATION_DEPTH)


def count_links(text: str) -> int:
    """How many web addresses ``text`` names, whether they would become links or not."""
    return sum(1 for _ in ADDRESS.finditer(text))


def _blocks(lines: list[str], quotations: int) -> str:
    """The lines of a comment or of a quotation in one, which may hold so many more."""
    blocks = []
    for is_quoted, group in groupby(
        lines, lambda line: quotations > 0 and bool(_QUOTED.match(line))
    ):
        if is_quoted:
            inside = _blocks([_QUOTED.sub("", line, count=1) for line in group], quotations - 1)
            blocks.append(f"<blockquote>{inside}</blockquote>" if inside else "<p>&gt;</p>")
        else:
            blocks += [
                html
                for has_words, between in groupby(group, _has_words)
                if has_words
                for html in _paragraph_and_lists(list(between))
            ]
    return "\n".join(blocks)


def _has_words(line: str) -> bool:
    return bool(line.strip())


def _paragraph_and_lists(lines: list[str]) -> list[str]:
    """The HTML of lines without a blank one between them."""
    parts: list[_Part] = []
    for line in lines:
        part = _item(line, parts[-1].tag if parts else "")
        if part is not None:
            parts.append(part)
        elif parts:
            parts[-1].lines.append(line)
        else:
            parts.append(_Part("p", 0, [line]))
    return [
        "".join(map(_paragraph, group)) if tag == "p" else f"<{tag}>{_items(list(group))}</{tag}>"
        for tag, group in groupby(parts, lambda part: part.tag)
    ]


def _item(line: str, tag_before: str) -> _Part | None:
    """The item of a list that the line begins, if it begins one: in the midst of a paragraph a
    number other than 1 is more likely a year or a day."""
    if bullet := _BULLET.match(line):
        return _Part("ul", 0, [line[bullet.end() :]])
    number = _NUMBER.match(line)
    if number and (tag_before in ("", "ol") or int(number[1]) == 1):
        return _Part("ol", int(number[1]), [line[number.end() :]])
    return None


def _items(items: list[_Part]) -> str:
    """Items with the numbers that were typed: an answer to points 1 and 3 has no point 2."""
    pieces = []
    expected = 1
    for item in items:
        counts = item.tag == "ul" or item.number == expected
        value = "" if counts else f' value="{item.number}"'
        pieces.append(f"<li{value}>{_inline(item.lines)}</li>")
        expected = item.number + 1
    return "".join(pieces)


def _paragraph(part: _Part) -> str:
    return f"<p>{_inline(part.lines)}</p>"


def _inline(lines: list[str]) -> str:
    return render_inline("\n".join(line.strip() for line in lines))
