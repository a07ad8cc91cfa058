"""Finding the words of a mention again after the text was edited.

A mention is anchored by its words and by the sentence they stand in: looked for are the words in
the same paragraph, then in the sentence most like the one they stood in, then anywhere.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from articles.linking.findings import Occurrence
from articles.linking.matching import stands_alone
from articles.text.folding import fold, fold_with_offsets

LONGEST_SENTENCE = 500
# Enough of the letters in common to be the same sentence, edited.
_ALIKE = 0.6
# More sentences with the words in them are not compared: the first of them will do.
_MOST_COMPARED = 50
# The stops of Latin, Urdu, Devanagari and Chinese, with what may close a quotation behind them;
# none is the dot of "Gen." or "U.S.".
_END = re.compile(
    r"[.!?…](?<![\s.][A-Z]\.)(?<!\b(?:Mr|Dr|St|Lt)\.)(?<!\b(?:Mrs|Gen|Col|Maj|Sen|Rep|Gov|Rev)\.)"
    r"[\"”’»)\]]*(?=\s)|[۔؟।。\n]"
)


class Anchor(NamedTuple):
    """Where a mention stands: all its occurrences, and the sentence of the first."""

    occurrences: tuple[Occurrence, ...]
    sentence: str


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence of ``text`` that has the words from ``start`` to ``end`` in it, cut to what a
    mention may hold."""
    first = max(0, start - LONGEST_SENTENCE)
    far = end + LONGEST_SENTENCE
    for stop in _END.finditer(text, first, far):
        if stop.end() <= start:
            first = stop.end()
        elif stop.start() >= end:
            last = stop.end()
            break
    else:
        last = min(len(text), far)
    if last - first > LONGEST_SENTENCE:
        first = max(first, start - LONGEST_SENTENCE // 2)
        last = min(last, first + LONGEST_SENTENCE)
    return text[first:last].strip()


def find_again(
    occurrences: Sequence[Occurrence], sentence: str, blocks: Mapping[str, str]
) -> Anchor | None:
    """Where what stood at ``occurrences``, the first in ``sentence``, stands in ``blocks``, the
    texts of the paragraphs by their ids. None when the words are gone."""
    found = [
        occurrence if _stands(occurrence, blocks) else _in_its_paragraph(occurrence, blocks)
        for occurrence in occurrences
    ]
    kept = tuple(dict.fromkeys(occurrence for occurrence in found if occurrence))
    if not kept and occurrences:
        elsewhere = _in_the_text(occurrences[0].words, sentence, blocks)
        kept = (elsewhere,) if elsewhere else ()
    if not kept:
        return None
    first = kept[0]
    end = first.start + len(first.words)
    return Anchor(kept, sentence_around(blocks[first.paragraph], first.start, end))


def _stands(occurrence: Occurrence, blocks: Mapping[str, str]) -> bool:
    paragraph, start, words = occurrence
    text = blocks.get(paragraph, "")
    return text.startswith(words, start) and stands_alone(text, start, start + len(words))


def _in_its_paragraph(occurrence: Occurrence, blocks: Mapping[str, str]) -> Occurrence | None:
    """The same words nearest to where they stood."""
    paragraph, start, words = occurrence
    return min(
        standing_in(paragraph, words, blocks.get(paragraph, "")),
        key=lambda other: abs(other.start - start),
        default=None,
    )


def _in_the_text(words: str, sentence: str, blocks: Mapping[str, str]) -> Occurrence | None:
    """The words in the sentence most like ``sentence``, or else where they first stand."""
    everywhere = [
        occurrence
        for paragraph, text in blocks.items()
        for occurrence in standing_in(paragraph, words, text)
    ]
    if not sentence or len(everywhere) < 2:
        return everywhere[0] if everywhere else None
    matcher = SequenceMatcher(b=sentence, autojunk=False)

    def likeness(occurrence: Occurrence) -> float:
        text, start = blocks[occurrence.paragraph], occurrence.start
        matcher.set_seq1(sentence_around(text, start, start + len(occurrence.words)))
        return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0

    best = max(everywhere[:_MOST_COMPARED], key=likeness)
    return best if likeness(best) >= _ALIKE else everywhere[0]


def standing_in(paragraph: str, words: str, text: str) -> Iterator[Occurrence]:
    """Where ``words`` stand in a paragraph as words of their own, however spelling varies them."""
    wanted = fold(words)
    if not wanted:
        return
    folded, offsets = fold_with_offsets(text)
    position = folded.find(wanted)
    while position >= 0:
        start, end = offsets[position], offsets[position + len(wanted)]
        if stands_alone(text, start, end):
            yield Occurrence(paragraph, start, text[start:end])
        position = folded.find(wanted, position + len(wanted))
