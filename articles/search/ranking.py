"""Puts matches in the order of relevance: our own score, so that both databases agree.

The newest thousand matches are ranked, never all: the cost stays the same in an archive of any
size. The score is BM25 over those, to which a word in the headline adds more than any number of
it in the text.
"""

import math
from collections.abc import Sequence

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


def ranked(query: Query, documents: Sequence[Document]) -> list[int]:
    """The positions of ``documents``, the best match first, of equals the newest."""
    scores = score(query.terms, [(found.headline, found.names, found.text) for found in documents])
    positions = (found.position for found in documents)
    best = sorted(zip(scores, positions, strict=True), reverse=True)
    return [position for _, position in best]


def score(terms: Sequence[Term], texts: Sequence[tuple[str, str, str]]) -> list[float]:
    """How well each text (headline, names, text: words parted by spaces) answers ``terms``."""
    if not texts:
        return []
    scores = [0.0] * len(texts)
    mean = sum(len(text) for _, _, text in texts) / len(texts) or 1.0
    dampers = [
        _SATURATION * (1 - _LENGTH + _LENGTH * len(text) / mean) or 1.0 for _, _, text in texts
    ]
    for term in terms:
        counts = [tuple(_occurrences(term, field) for field in fields) for fields in texts]
        rarity = _rarity(sum(map(any, counts)), len(texts))
        for number, (in_headline, in_names, in_text) in enumerate(counts):
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
