"""Plain text whose paragraphs a mail program wraps to the width of its window (RFC 3676)."""

import textwrap
from collections.abc import Iterator

WIDTH = 72
"""Characters of a line, as RFC 3676, 4.2, advises, for programs that do not wrap."""

_QUOTED = "> "


def flowed(text: str) -> str:
    """``text``, a paragraph a line, with lines of at most ``WIDTH`` characters; one that ends in
    a space goes on in the next. Words, web addresses above all, are never broken."""
    return "\n".join(line for paragraph in text.split("\n") for line in _lines(paragraph))


def quoted(text: str, most: int) -> str:
    """What somebody said, as ``flowed`` knows a quotation: each line marked, without empty lines
    in a row, and cut after ``most`` characters."""
    if len(text) > most:
        text = text[:most].rsplit(maxsplit=1)[0] + " …"
    lines = [line.strip() for line in text.strip().split("\n")]
    kept = (line for before, line in zip(["", *lines], lines, strict=False) if before or line)
    return "\n".join((_QUOTED + line).rstrip() for line in kept)


def _lines(paragraph: str) -> Iterator[str]:
    mark = _QUOTED if paragraph.startswith(">") else ""
    words = paragraph[len(mark) :] if mark else paragraph
    wrapped = textwrap.wrap(
        words, WIDTH - len(mark), break_long_words=False, break_on_hyphens=False
    )
    *unfinished, last = wrapped or [""]
    for line in unfinished:
        yield f"{mark or _stuffing(line)}{line} "
    yield f"{mark or _stuffing(last)}{last}".rstrip()


def _stuffing(line: str) -> str:
    """A space before what would be read as a mark; programs that know the format take it away."""
    return " " if line.startswith((" ", ">", "From ")) else ""
