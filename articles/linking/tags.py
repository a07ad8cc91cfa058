"""Tags of the archive whose words stand in the copy."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from articles.linking.findings import FoundTag
from articles.linking.matching import stands_alone
from articles.text.folding import fold, fold_with_offsets

_MOST_TAGS = 8
_SHORTEST_NAME = 3
_LATIN = re.compile(r"[a-z]$")


class TagMatcher:
    """Finds tags by their names, in singular or plural, whatever their case."""

    def __init__(self, tags: Iterable[tuple[int, str]]) -> None:
        patterns: dict[str, int] = {}
        for pk, name in tags:
            for form in _numbers(fold(name)):
                if len(form) >= _SHORTEST_NAME:
                    patterns.setdefault(form, pk)
        self._ids = list(patterns.values())
        self._automaton = AhoCorasick(list(patterns), matchkind=MatchKind.LeftmostLongest)

    def find(self, texts: Iterable[str]) -> list[FoundTag]:
        """The tags named most often in ``texts``, with the words of their first occurrence."""
        quotes: dict[int, str] = {}
        counts: dict[int, int] = {}
        for text in texts:
            folded, offsets = fold_with_offsets(text)
            for index, first, last in self._automaton.find_matches_as_indexes(folded):
                start, end = offsets[first], offsets[last]
                if stands_alone(text, start, end):
                    pk = self._ids[index]
                    quotes.setdefault(pk, text[start:end])
                    counts[pk] = counts.get(pk, 0) + 1
        often = sorted(quotes, key=lambda pk: -counts[pk])
        return [FoundTag(pk, quotes[pk]) for pk in often[:_MOST_TAGS]]


@lru_cache(maxsize=4)
def tag_matcher(tags: tuple[tuple[int, str], ...]) -> TagMatcher:
    """The matcher of ``tags``, as (id, name), built once for as long as they stay the same."""
    return TagMatcher(tags)


def _numbers(name: str) -> Iterator[str]:
    """``name`` and, of an English word, its plural and singular."""
    yield name
    if not _LATIN.search(name):
        return
    if name.endswith("ies"):
        yield f"{name[:-3]}y"
    elif name.endswith(("ses", "xes", "zes", "ches", "shes")):
        yield name[:-2]
    elif name.endswith("s") and not name.endswith(("ss", "us", "is")):
        yield name[:-1]
    elif name.endswith("y") and name[-2:-1] not in set("aeiou"):
        yield f"{name[:-1]}ies"
    elif name.endswith(("s", "x", "z", "ch", "sh")):
        yield f"{name}es"
    else:
        yield f"{name}s"
