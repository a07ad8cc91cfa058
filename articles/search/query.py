"""Reads what a person types into the search box. Nothing that can be typed is an error.

Words must all be there, in any order; ``"words in quotes"`` stand together; ``this OR that`` asks
for either; ``-this`` excludes; ``begin*`` takes every word that begins so. Each database turns the
result into its own language.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.search.tokens import words

LONGEST_TEXT = 1_000
MOST_WORDS = 32
# A shorter beginning would gather most of the index before the first match is known.
SHORTEST_PREFIX = 3

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
_ITEM = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')
_OR = {"OR", "|", "||"}
_OPERATORS = {*_OR, "AND", "&", "&&"}


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that follow each other; the last may be only the beginning of one."""

    words: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """Of every group at least one term is in the article, and none of the excluded ones.

    ``is_cut`` says that the text was too long and its end was left out.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is a word to search for, or to exclude."""
        return bool(self.groups or self.excluded)

    @property
    def terms(self) -> tuple[Term, ...]:
        """What an article may be found by, in the order typed."""
        return tuple(term for group in self.groups for term in group)


def read(text: str) -> Query:
    """The query that ``text`` means. Never raises; text without a word gives an empty query."""
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    is_cut = len(text) > LONGEST_TEXT
    room = MOST_WORDS
    joins_previous = False
    for is_excluded, term in _items(text[:LONGEST_TEXT]):
        if term is None:
            joins_previous = bool(groups)
            continue
        if len(term.words) > room:
            is_cut = True
            break
        room -= len(term.words)
        if is_excluded:
            excluded.append(term)
        elif joins_previous:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins_previous = False
    return Query(tuple(map(tuple, groups)), tuple(excluded), is_cut)


def _items(text: str) -> Iterator[tuple[bool, Term | None]]:
    """Whether it is excluded, and the term; None stands for OR between two terms."""
    items = list(_ITEM.finditer(text.translate(_QUOTES)))
    for item in items:
        word, typed = item["word"], item["word"] or item["phrase"]
        if word in _OPERATORS and len(items) > 1:
            if word in _OR:
                yield False, None
            continue
        is_excluded = bool(item["minus"]) or (typed.startswith("-") and word is not None)
        if found := tuple(words(typed)):
            is_prefix = word is not None and word[-1] == "*" and len(found[-1]) >= SHORTEST_PREFIX
            yield is_excluded, Term(found, is_prefix)
