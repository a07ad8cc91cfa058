"""A body as lines of plain text that say all it tells: words, links, pictures.

What two versions of a text are compared by. Headings, quotations and items of lists bear the light
marks of ``articles.text.blocks``; a link is followed by where it leads, in parentheses; a picture
is what it shows and the beginning of its file's name, in brackets.
"""

import html
import re

from articles.text.body import BLOCKS

_TOKEN = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>|([^<]+)')
_ATTRIBUTE = re.compile(r'\s(href|src|alt)="([^"]*)"')
_MARKS = {"h2": "## ", "h3": "### ", "li": "- ", "blockquote": "> "}
# Uploaded files have long names; so much of one tells two pictures apart.
_LONGEST_NAME = 12


def transcript(body: str) -> list[str]:
    """The lines of a clean body, one for each block that has a text of its own or a picture."""
    lines: list[list[str]] = [[]]
    marks = [""]
    open_blocks: list[int] = []  # which of the lines are being written, the innermost last
    link = ""
    for closing, tag, attributes, text in _TOKEN.findall(body):
        line = lines[open_blocks[-1] if open_blocks else -1]
        if text:
            line.append(html.unescape(text))
        elif tag in BLOCKS and not closing:
            outer = marks[open_blocks[-1]] if open_blocks else ""
            open_blocks.append(len(lines))
            lines.append([])
            marks.append(_MARKS.get(tag, outer))
        elif tag in BLOCKS and open_blocks:
            open_blocks.pop()
            if not open_blocks:
                lines.append([])
                marks.append("")
        elif tag == "br":
            line.append("\n")
        elif tag == "img":
            line.append(_picture(dict(_ATTRIBUTE.findall(attributes))))
        elif tag == "a" and not closing:
            link = html.unescape(dict(_ATTRIBUTE.findall(attributes)).get("href", ""))
        elif tag == "a" and link:
            line.append(f" ({link})")
            link = ""
    written = zip(marks, ("".join(pieces).strip() for pieces in lines), strict=True)
    return [f"{mark}{line}" for mark, line in written if line]


def _picture(attributes: dict[str, str]) -> str:
    name = attributes.get("src", "").rpartition("/")[2]
    described = html.unescape(attributes.get("alt", ""))
    return f"[{f'{described}, ' if described else ''}{name[:_LONGEST_NAME]}]"
