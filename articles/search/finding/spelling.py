"""What somebody may have meant whose words are found in nothing, or in next to nothing.

The words and names of the archive are asked for those that are spelt nearly so, sound so, or are
the same letters otherwise parted. What is suggested was found by the index first, in articles
that readers may see: a word that only a draft has, or an article taken out of search, is none.
"""

import itertools
import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import connections, router
from django.db.models.functions import Abs, Length

from articles.models import LONGEST_SEARCH_WORD, Article, SearchWord
from articles.search.asking.criteria import Criteria, CriteriaError, Order
from articles.search.asking.forms import forms_of
from articles.search.finding.matching import match_of
from articles.search.finding.results import find
from articles.search.index.backends import for_readers
from articles.search.index.backends.patience import Patience, TooLongError
from articles.search.words.query import Query, Term
from articles.search.words.tokens import Span, spans
from articles.text.body import plain_text
from articles.text.spellings import distance, near_skeletons, near_spellings, skeleton

FEW = 3
"""Articles, with no more of which a word may be a slip."""

# So many times as many articles must have what is suggested in place of a word that is found.
_FAR_MORE = 10
_COUNTED = 200
_MOST_DOUBTED = 4
_MOST_VERIFIED = 10
_MOST_ALIKE = 400  # to one word
_SHORTEST = 3
# The spellings near a word are as many as its letters, some eighty times over.
_LONG = 20
_MOST_LONG = 2
_SHORTEST_PART = 2


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The search that was perhaps meant, and its words in pieces, each with whether it differs
    from what was typed."""

    criteria: Criteria
    pieces: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """What to search for instead."""
        return "".join(piece for piece, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class _Slip:
    """One word typed, or two that follow each other, in which there may be a slip."""

    spans: tuple[Span, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(span.word for span in self.spans)

    @property
    def joined(self) -> str:
        return "".join(self.words)


Words = tuple[str, ...]

_Counting = Callable[[Sequence[Term], int], list[int]]
"""Counts the articles that have each of some terms, no further than a limit."""


def did_you_mean(criteria: Criteria, patience: Patience | None = None) -> Suggestion | None:
    """The search nearest to ``criteria`` that finds more, when that finds ``FEW`` or none; None if
    there is none, or if ``patience`` ended before that could be told."""
    try:
        return _meant(criteria, patience or Patience())
    except (TooLongError, CriteriaError):
        return None


def _meant(criteria: Criteria, patience: Patience) -> Suggestion | None:
    match, everything = match_of(criteria), match_of(Criteria())
    if match is None or everything is None or not match.query.terms:
        return None
    connection = connections[router.db_for_read(Article)]
    index = for_readers(connection, patience)
    found = index.count(connection, match, FEW + 1)
    if found > FEW:
        return None
    everywhere = replace(everything, filters=(), excluded=())

    def count(terms: Sequence[Term], limit: int) -> list[int]:
        matches = [replace(everywhere, query=Query(((term,),))) for term in terms]
        return index.counts(connection, matches, limit) if matches else []

    slips = _slips(criteria, _doubted(count, match.query))
    better = _better(count, slips)
    if not better:
        return None
    suggestion = _suggestion(criteria, better)
    corrected = match_of(suggestion.criteria)
    if corrected is None:
        return None
    if index.count(connection, corrected, found + 1) <= found:
        return None
    if not suggestion.text.isascii():
        return _suggestion(criteria, better, _as_printed(suggestion.criteria, patience))
    return suggestion


def _doubted(count: _Counting, query: Query) -> dict[str, int]:
    """The words of ``query`` that few articles have, whatever else is asked for, with how many."""
    terms = {}
    for term in query.terms:
        if term.is_prefix:
            continue
        if len(term.words) == 1:
            terms[term.words[0]] = Term(term.words, others=term.others)
        else:
            terms.update({word: Term((word,)) for word in term.words})
    asked = [
        word
        for word in terms
        if _SHORTEST <= len(word) <= LONGEST_SEARCH_WORD and not word[0].isdecimal()
    ]
    counts = count([terms[word] for word in asked], FEW + 1)
    few = {word: found for word, found in zip(asked, counts, strict=True) if found <= FEW}
    too_many = [word for word in few if len(word) > _LONG][_MOST_LONG:]
    doubted = [(word, found) for word, found in few.items() if word not in too_many]
    return dict(doubted[:_MOST_DOUBTED])


def _slips(criteria: Criteria, doubted: dict[str, int]) -> dict[_Slip, int]:
    """Where in what was typed the doubted words stand, and any two words that could be one, each
    with the number of articles that have it."""
    terms = [term for term in criteria.query.terms if not term.is_prefix]
    typed = spans(criteria.q)
    slips = {_Slip((span,)): doubted[span.word] for span in typed if span.word in doubted}
    single = {term.words for term in terms if not term.is_exact}
    for one, other in itertools.pairwise(typed):
        are_apart = criteria.q[one.end : other.start] == " "
        if are_apart and {(one.word,), (other.word,)} <= single and len(slips) < 2 * _MOST_DOUBTED:
            slips[_Slip((one, other))] = 0
    return slips


def _better(count: _Counting, slips: dict[_Slip, int]) -> dict[_Slip, Words]:
    """For each slip that has one, what is better: found, and in far more articles."""
    nearest = _nearest(slips)
    asked = [(slip, words) for slip, of_one in nearest.items() for words in of_one]
    counts = count([Term(words) for _, words in asked], _COUNTED)
    best: dict[_Slip, tuple[float, Words]] = {}
    for (slip, words), counted in zip(asked, counts, strict=True):
        if counted < max(1, _FAR_MORE * slips[slip]):
            continue
        # Ten times as many articles outweigh a letter and a half more.
        merit = math.log10(counted) - 1.5 * nearest[slip][words]
        if slip not in best or (merit, words) > best[slip]:
            best[slip] = merit, words
    chosen: dict[_Slip, Words] = {}
    for slip, (_, words) in sorted(best.items(), key=lambda item: -item[1][0]):
        if not any(set(slip.spans) & set(other.spans) for other in chosen):
            chosen[slip] = words
    return chosen


def _nearest(slips: Collection[_Slip]) -> dict[_Slip, dict[Words, float]]:
    """The words of the archive that are nearest to each slip, and how far they are from it."""
    exact = {word for slip in slips for word in _spellings(slip)}
    there = set(SearchWord.objects.filter(word__in=exact).values_list("word", flat=True))
    alike = _alike([slip.joined for slip in slips if len(slip.spans) == 1])
    nearest = {}
    for slip in slips:
        far = dict(_parted(slip, there))
        if len(slip.spans) == 1:
            for word in (near_spellings(slip.joined) & there) | alike:
                if (how_far := _how_far(slip.joined, word)) is not None:
                    far[(word,)] = how_far
        elif slip.joined in there:
            far[(slip.joined,)] = 0.5
        best = sorted(far.items(), key=lambda item: (item[1], item[0]))
        nearest[slip] = dict(best[:_MOST_VERIFIED])
    return nearest


def _spellings(slip: _Slip) -> set[str]:
    """What is looked up for a slip by its letters."""
    if len(slip.spans) > 1:
        return {slip.joined}
    return near_spellings(slip.joined) | {part for cut in _cuts(slip.joined) for part in cut}


def _alike(words: Sequence[str]) -> set[str]:
    """Words of the archive that sound as one of ``words``, or nearly so if it is long enough."""
    found = [
        SearchWord.objects.filter(
            pk__in=SearchWord.objects.filter(skeleton__in=skeletons)
            .annotate(further=Abs(Length("word") - len(word)))
            .filter(further__lte=2)
            .order_by("further", "word", "pk")
            .values("pk")[:_MOST_ALIKE]
        ).values_list("word", flat=True)
        for word in words
        if (skeletons := _skeletons(word))
    ]
    return set(found[0].union(*found[1:], all=True)) if found else set()


def _skeletons(word: str) -> set[str]:
    bones = skeleton(word)
    if len(bones) < 2:
        return set()
    return near_skeletons(word) if len(word) > 6 else {bones}


def _how_far(typed: str, word: str) -> float | None:
    """How far ``word`` is from what was typed, a sound that is the same counted for half a letter;
    None if it is too far."""
    if word == typed or " " in word:
        return None
    sounds_alike = skeleton(word) == skeleton(typed)
    most = (1 if len(typed) < 8 else 2) + sounds_alike
    letters = distance(typed, word, most)
    return None if letters > most else letters - 0.5 * sounds_alike


def _parted(slip: _Slip, there: Collection[str]) -> Iterator[tuple[Words, float]]:
    """The slip's one word as two that the archive has."""
    if len(slip.spans) == 1:
        yield from ((cut, 1.0) for cut in _cuts(slip.joined) if set(cut) <= set(there))


def _cuts(word: str) -> list[Words]:
    ends = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    return [(word[:end], word[end:]) for end in ends]


def _as_printed(criteria: Criteria, patience: Patience) -> dict[str, str]:
    """The words of the newest article that ``criteria`` find, each as it is printed there: in
    scripts beyond Latin, folding leaves what nobody would write."""
    found = find(replace(criteria, order=Order.NEWEST), size=1, patience=patience).articles
    texts = (f"{one.headline}\n{one.summary}\n{plain_text(one.body)}" for one in found)
    return {span.word: text[span.start : span.end] for text in texts for span in spans(text)}


def _suggestion(
    criteria: Criteria, better: dict[_Slip, Words], printed: Mapping[str, str] | None = None
) -> Suggestion:
    typed = criteria.q
    pieces: list[tuple[str, bool]] = []
    at = 0
    for slip in sorted(better, key=lambda slip: slip.spans[0].start):
        start, end = slip.spans[0].start, slip.spans[-1].end
        words = [
            _as_typed(word, typed[start:end]) if word.isascii() else (printed or {}).get(word, word)
            for word in better[slip]
        ]
        pieces += [(typed[at:start], False), (" ".join(words), True)]
        at = end
    pieces.append((typed[at:], False))
    corrected = replace(criteria, q="".join(text for text, _ in pieces))
    corrected = replace(corrected, forms=forms_of(corrected.query))
    return Suggestion(corrected, tuple(piece for piece in pieces if piece[0]))


def _as_typed(word: str, typed: str) -> str:
    """``word`` with the capitals of what was typed."""
    if typed.isupper():
        return word.upper()
    return word.capitalize() if typed[:1].isupper() else word
