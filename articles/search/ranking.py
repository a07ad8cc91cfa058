"""Puts matches in the order of relevance: our own score, so that both databases agree.

The newest thousand matches are ranked, never all: the cost stays the same in an archive of any
size. The score is BM25 over those, to which a word in the headline adds more than any number of
it in the text.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from articles.search.backend import Document
from articles.search.query import Query, Term

RANKED = 1_000

# BM25's usual constants: how soon more of the same word stops to count, and how much the length
# of a text is held against it.
_SATURATION = 1.2
_LENGTH = 0.75
# More than the 2.2 that a text can reach with a word, names included.
_HEADLINE = 3.0
_NAME = 0.5


Text = tuple[str, str, str]
"""Headline, names and text of an article: words parted by spaces."""

Counts = list[list[tuple[int, ...]]]
"""For each term and each text how often it stands in headline, names and text."""


class Scale(NamedTuple):
    """What scores are measured by: the mean length of the texts that were ranked, and how rare
    each term is among them. Scores on one scale can be compared, whatever was ranked since."""

    mean: float
    rarities: tuple[float, ...]


class Weighed(NamedTuple):
    """A match with its score; the greater, the better, and of equals the newest."""

    score: float
    position: int


def ranked(query: Query, documents: Sequence[Document]) -> list[int]:
    """The positions of ``documents``, the best match first, of equals the newest."""
    return [one.position for one in weigh(query, documents)[0]]


def weigh(
    query: Query, documents: Sequence[Document], scale: Scale | None = None
) -> tuple[list[Weighed], Scale]:
    """``documents`` with their scores, the best match first, and the scale: the one given, or
    their own."""
    texts = [(document.headline, document.names, document.text) for document in documents]
    counts = _counts(query.terms, texts)
    scale = scale or _scale(counts, texts)
    positions = (document.position for document in documents)
    scored = map(Weighed, _scores(counts, texts, scale), positions)
    return sorted(scored, reverse=True), scale


def score(terms: Sequence[Term], texts: Sequence[Text]) -> list[float]:
    """How well each text answers ``terms``."""
    counts = _counts(terms, texts)
    return _scores(counts, texts, _scale(counts, texts))


def _counts(terms: Sequence[Term], texts: Sequence[Text]) -> Counts:
    return [
        [tuple(_occurrences(term, field) for field in text) for text in texts] for term in terms
    ]


def _scale(counts: Counts, texts: Sequence[Text]) -> Scale:
    mean = sum(len(text) for _, _, text in texts) / len(texts) if texts else 0.0
    rarities = (_rarity(sum(map(any, of_term)), len(texts)) for of_term in counts)
    # Rounded, as cursors carry it.
    return Scale(round(mean, 1), tuple(round(rarity, 6) for rarity in rarities))


def _scores(counts: Counts, texts: Sequence[Text], scale: Scale) -> list[float]:
    scores = [0.0] * len(texts)
    mean = scale.mean or 1.0
    dampers = [
        _SATURATION * (1 - _LENGTH + _LENGTH * len(text) / mean) or 1.0 for _, _, text in texts
    ]
    for of_term, rarity in zip(counts, scale.rarities, strict=True):
        for number, (in_headline, in_names, in_text) in enumerate(of_term):
            frequency = in_text * (_SATURATION + 1) / (in_text + dampers[number])
            scores[number] += rarity * (
                frequency + _HEADLINE * bool(in_headline) + _NAME * bool(in_names)
            )
    return scores


def _occurrences(term: Term, field: str) -> int:
    wanted = f" {' '.join(term.words)}" + ("" if term.is_prefix else " ")
    return f" {field} ".count(wanted)


def _rarity(found: int, of: int) -> float:
    return math.log(1 + (of - found + 0.5) / (found + 0.5))
