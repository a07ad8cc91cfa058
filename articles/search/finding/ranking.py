"""Puts matches in the order of relevance: our own score, so that both databases agree.

The newest thousand matches are ranked, never all: the cost stays the same in an archive of any
size. The score is BM25 over those, to which a word in the headline adds more than any number of
it in the text, and a word as it was typed more than any of its other forms anywhere. Recency
tempers it: the newest of what is ranked weighs a tenth more than the oldest could, and half of
that is gone after five years.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from articles.search.index.backend import Document
from articles.search.index.positions import second_at
from articles.search.words.query import Query, Term, spaced

RANKED = 1_000

# BM25's usual constants: how soon more of the same word stops to count, and how much the length
# of a text is held against it.
_SATURATION = 1.2
_LENGTH = 0.75
# More than the 2.2 that a text can reach with a word, names included.
_HEADLINE = 3.0
_NAME = 0.5
# More than all that together, recency included.
_EXACT = 7.0
_RECENCY = 0.1
_HALF_LIFE = 5 * 365.25  # days
_DAY = 86_400


Text = tuple[str, str, str]
"""Headline, names and text of an article: words parted by spaces."""


class Occurrences(NamedTuple):
    """How often a term stands in the fields of an article: as it was typed, if ``is_exact``, else
    in other forms."""

    headline: int
    names: int
    text: int
    is_exact: bool


Counts = list[list[Occurrences]]
"""For each term and each text."""


class Scale(NamedTuple):
    """What scores are measured by: the mean length of the texts that were ranked, the day of the
    newest, counted from 1970, and how rare each term is among them. Scores on one scale can be
    compared, whatever was ranked since."""

    mean: float
    newest: int
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
    positions = [document.position for document in documents]
    counts = _counts(query.terms, texts)
    scale = scale or _scale(counts, texts, max(map(_day, positions), default=0))
    scored = [
        Weighed(score * _recency(scale.newest - _day(position)), position)
        for score, position in zip(_scores(counts, texts, scale), positions, strict=True)
    ]
    return sorted(scored, reverse=True), scale


def score(terms: Sequence[Term], texts: Sequence[Text]) -> list[float]:
    """How well each text answers ``terms``, whenever it was published."""
    counts = _counts(terms, texts)
    return _scores(counts, texts, _scale(counts, texts, newest=0))


def _counts(terms: Sequence[Term], texts: Sequence[Text]) -> Counts:
    padded = [(f" {headline} ", f" {names} ", f" {text} ") for headline, names, text in texts]
    return [[_occurrences(forms, text) for text in padded] for forms in map(spaced, terms)]


def _occurrences(forms: Sequence[str], fields: Text) -> Occurrences:
    headline, names, text = fields
    typed, *others = forms
    found = headline.count(typed), names.count(typed), text.count(typed)
    if others and not any(found):
        in_headline, in_names, in_text = (sum(map(field.count, others)) for field in fields)
        return Occurrences(in_headline, in_names, in_text, is_exact=False)
    return Occurrences(*found, is_exact=any(found))


def _scale(counts: Counts, texts: Sequence[Text], newest: int) -> Scale:
    mean = sum(len(text) for _, _, text in texts) / len(texts) if texts else 0.0
    rarities = (_rarity(sum(any(found[:3]) for found in of_term), len(texts)) for of_term in counts)
    # Rounded, as cursors carry it.
    return Scale(round(mean, 1), newest, tuple(round(rarity, 6) for rarity in rarities))


def _scores(counts: Counts, texts: Sequence[Text], scale: Scale) -> list[float]:
    scores = [0.0] * len(texts)
    mean = scale.mean or 1.0
    dampers = [
        _SATURATION * (1 - _LENGTH + _LENGTH * len(text) / mean) or 1.0 for _, _, text in texts
    ]
    for of_term, rarity in zip(counts, scale.rarities, strict=True):
        for number, (in_headline, in_names, in_text, is_exact) in enumerate(of_term):
            frequency = in_text * (_SATURATION + 1) / (in_text + dampers[number])
            scores[number] += rarity * (
                frequency
                + _HEADLINE * bool(in_headline)
                + _NAME * bool(in_names)
                + _EXACT * is_exact
            )
    return scores


def _rarity(found: int, of: int) -> float:
    return math.log(1 + (of - found + 0.5) / (found + 0.5))


def _day(position: int) -> int:
    return second_at(position) // _DAY


def _recency(age: int) -> float:
    """By how much a score grows for an article that is ``age`` days older than the newest."""
    return 1 + _RECENCY * 2 ** (-max(age, 0) / _HALF_LIFE)
