"""Text whose lines somebody's program has broken, put together again."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise

SENTENCE_FINAL = (".", "!", "?", "”", '"', "’", "…", ":", "۔", "।", "؟", ")")
# Broken lines are so wide; longer ones are whole paragraphs.
_NARROWEST, _WIDEST = 40, 100


def paragraphs(text: str, is_by_itself: Callable[[str], bool]) -> Iterator[str]:
    """The paragraphs of ``text``, of which each line may be one, or a part of one.

    ``is_by_itself`` tells lines that are no part of a paragraph: a byline, a page's furniture.
    """
    blocks = [
        [line for line in block.split("\n") if line.strip()]
        for block in re.split(r"\n[ \t]*(?=\n)", text)
    ]
    broken = [_broken(block, is_by_itself) for block in blocks]
    is_wrapped = _is_wrapped(blocks, broken)
    for block, breaks in zip(blocks, broken, strict=True):
        paragraph: list[str] = []
        for line, is_broken in zip(block, breaks, strict=True):
            paragraph.append(" ".join(line.split()))
            if not (is_wrapped and is_broken):
                yield " ".join(paragraph)
                paragraph = []


def _broken(block: list[str], is_by_itself: Callable[[str], bool]) -> list[bool]:
    """For each line whether it seems broken: the next one's first word had no room on it."""
    width = max((len(line) for line in block if len(line) <= _WIDEST), default=0)
    if not block or width < _NARROWEST:
        return [False] * len(block)
    return [
        len(line) <= _WIDEST
        and len(line) + len(following.split(maxsplit=1)[0]) >= width
        and not _is_indented(line, following)
        and not is_by_itself(line.strip())
        and not is_by_itself(following.strip())
        for line, following in pairwise(block)
    ] + [False]


def _is_indented(line: str, following: str) -> bool:
    return following[0].isspace() and not line[0].isspace()


def _is_wrapped(blocks: Iterable[list[str]], broken: Iterable[list[bool]]) -> bool:
    """Whether more lines end where their width did than are too wide to be broken ones, and they
    end there whether or not their sentences do."""
    inside = ending = wide = 0
    for line, is_broken in zip(chain(*blocks), chain(*broken), strict=True):
        inside += is_broken
        ending += is_broken and line.rstrip().endswith(SENTENCE_FINAL)
        wide += len(line) > _WIDEST
    return inside > wide and ending * 2 < inside
