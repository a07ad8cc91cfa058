"""Documents and queries as PostgreSQL's full text takes them: the text forms of its ``tsvector``
and ``tsquery``.

GIN does not know where in a document a word stands: for a phrase, each document with all of its
words would be read, which of common words are many. So it knows besides which two words follow one
another, as a number of 16 bits. Few documents have a number by chance, and those are read.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise, zip_longest
from zlib import crc32

from articles.search.index.backend import Document, Match
from articles.search.words.query import Term
from articles.search.words.typed import LONGEST_DISTANCE

# PostgreSQL's own limits of a tsvector: words further on all count as the last, and of one
# word no more places are kept. Only phrases, and what is near, late in very long articles notice.
_LAST_PLACE = 16_383
_MOST_PLACES = 255
# Between two fields of a document, so that nothing near reaches across: two of them lie between
# the headline and the text.
_GAP = LONGEST_DISTANCE // 2 + 1

# The weights that ``vector`` gives: A in the headline, B in the names, D in the text.
_HEADLINE = "A"
_OWN_WORDS = "AD"
# The places that a word of a document may have, as ``vector`` writes them, by their weight.
_PLACES = {
    weight: [f"{place}{weight}" for place in range(1, _LAST_PLACE)] for weight in ("A", "B", "")
}
# Before a word of the headline; no word has it.
_IN_HEADLINE = "^"


def vector(document: Document) -> str:
    """The document as the text form of a tsvector; A marks the headline, B the names. The words of
    the headline are there once more, marked, for GIN does not know in which field a word stands."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    place = 0
    for text, weight in ((document.headline, "A"), (document.names, "B"), (document.text, "")):
        words_of_text = text.split()
        near = _PLACES[weight][place : place + len(words_of_text)]
        for word, at in zip_longest(words_of_text, near, fillvalue=f"{_LAST_PLACE}{weight}"):
            places[word].append(at)
        place += len(words_of_text) + _GAP
    words = [
        f"{_quoted(word)}:{','.join(of_word[:_MOST_PLACES])}" for word, of_word in places.items()
    ]
    in_headline = [f"{_IN_HEADLINE}{word}" for word in dict.fromkeys(document.headline.split())]
    return " ".join(words + list(map(_quoted, [*in_headline, *document.filters.split()])))


def pairs(document: Document) -> str:
    """Any two words of the document that follow one another, as the text form of an array."""
    fields = (document.headline, document.names, document.text)
    return _array(chain.from_iterable(_pairs(field.split()) for field in fields))


def pairs_in(match: Match) -> Iterator[tuple[str, str]]:
    """What the pairs of a document must be for it to have the phrases of ``match``, none if there
    are none: operators and the arrays to their right."""
    for group in match.query.groups:
        of_each = _pairs_of_each(group)
        if len(of_each) == 1 and of_each[0]:
            yield "@>", _array(of_each[0])
        elif all(of_each):
            yield "&&", _array(of_one[0] for of_one in of_each)


def expression(match: Match) -> str:
    """``match`` as the text form of a tsquery, but for what ``pairs_in`` and ``standing`` say;
    empty when that is all."""
    groups = (group for group in match.query.groups if not _is_known_by_pairs(group))
    wanted = [_group(group, match) for group in groups]
    wanted += [_any(map(_quoted, group)) for group in match.filters]
    wanted += [f"!({_term(term)})" for term in match.query.excluded]
    wanted += [f"!{_quoted(token)}" for token in match.excluded]
    return " & ".join(wanted)


def standing(match: Match) -> str:
    """A tsquery for how words must stand to each other, to be held against the documents that are
    found by the rest; empty when nothing must."""
    wanted = [_group(group, match) for group in match.query.groups if _is_known_by_pairs(group)]
    wanted += [
        _any(_near(one, other, near.distance) for one, other in near.pairs)
        for near in match.query.near
    ]
    return " & ".join(wanted)


def _is_known_by_pairs(group: Sequence[Term]) -> bool:
    """Whether the index finds it by ``pairs_in``. Of headlines it knows the words besides."""
    return all(_pairs_of_each(group)) and not any(term.in_headline for term in group)


def _pairs_of_each(group: Sequence[Term]) -> list[list[int]]:
    """The pairs in each form of each term."""
    return [_pairs(words) for term in group for words in _whole(term)]


def _group(group: Sequence[Term], match: Match) -> str:
    weights = _OWN_WORDS if match.in_words else ""
    return _any(_term(term, weights) for term in group)


def _pairs(words: Sequence[str]) -> list[int]:
    texts = map(str.encode, map(" ".join, pairwise(words)))
    return [number % 2**16 - 2**15 for number in map(crc32, texts)]


def _whole(term: Term) -> Iterator[Sequence[str]]:
    """The forms of ``term``, without a word of which only the beginning is known."""
    yield term.words[:-1] if term.is_prefix else term.words
    yield from term.others


def _array(numbers: Iterable[int]) -> str:
    listed = str(sorted(set(numbers))).replace(" ", "")
    return f"{{{listed[1:-1]}}}"


def _any(alternatives: Iterable[str]) -> str:
    return f"({' | '.join(alternatives)})"


def _term(term: Term, weights: str = "") -> str:
    """``weights`` say in which fields, as ``vector`` marks them."""
    forms = [term, *(Term(form) for form in term.others)]
    if term.in_headline:
        return _any(map(_in_headline, forms))
    return _any(_standing(_placed(form, 0, weights)) for form in forms)


def _in_headline(term: Term) -> str:
    words = [_quoted(f"{_IN_HEADLINE}{word}") for word in term.words]
    if term.is_prefix:
        words[-1] += ":*"
    if len(words) > 1:
        words.append(_standing(_placed(term, 0, _HEADLINE)))
    return f"({' & '.join(words)})"


def _near(one: Term, other: Term, distance: int) -> str:
    """Each way in which the two may stand; a tsquery knows exact distances only."""
    weights = _HEADLINE if one.in_headline or other.in_headline else _OWN_WORDS
    places = range(-len(other.words) - distance, len(one.words) + distance + 1)
    return _any(
        _standing(sorted([*_placed(one, 0, weights), *_placed(other, place, weights)]))
        for place in sorted(places, key=abs)
    )


def _placed(term: Term, first: int, weights: str) -> list[tuple[int, str]]:
    """The words of ``term`` from the place ``first`` on."""
    words = [f"{_quoted(word)}:{weights}" for word in term.words]
    if term.is_prefix:
        words[-1] += "*"
    return [(first + number, word.rstrip(":")) for number, word in enumerate(words)]


def _standing(placed: list[tuple[int, str]]) -> str:
    """Words in these places, as far from each other as those are; one word may have two names."""
    distances = [after - before for (before, _), (after, _) in pairwise(placed)]
    (_, first), *others = placed
    steps = (f"<{n}> {word}" for n, (_, word) in zip(distances, others, strict=True))
    return " ".join([first, *steps])


def _quoted(text: str) -> str:
    if text.isalnum():
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"
