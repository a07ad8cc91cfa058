"""Plain paragraphs with the light marks that text files use, as body HTML.

``## `` begins a subheading, ``> `` a quotation and ``- `` an item of a list.
"""

import html
from collections.abc import Iterable
from itertools import groupby

_MARKS = {"## ": "h2", "> ": "blockquote", "- ": "li", "* ": "li", "• ": "li"}


def to_html(paragraphs: Iterable[str]) -> str:
    """The paragraphs as HTML, everything else in them escaped."""
    marked = [_tag_and_text(paragraph) for paragraph in paragraphs]
    pieces: list[str] = []
    for tag, group in groupby(marked, key=lambda block: block[0]):
        elements = [f"<{tag}>{html.escape(text, quote=False)}</{tag}>" for _, text in group]
        pieces.append(f"<ul>{''.join(elements)}</ul>" if tag == "li" else "\n".join(elements))
    return "\n".join(pieces)


def _tag_and_text(paragraph: str) -> tuple[str, str]:
    for mark, tag in _MARKS.items():
        if paragraph.startswith(mark):
            return tag, paragraph.removeprefix(mark).strip()
    return "p", paragraph
