"""Reads what a person types into the search box. Nothing that can be typed is an error.

Words must all be there, in any order; ``"words in quotes"`` stand together; ``this OR that`` asks
for either; ``-this`` excludes; ``begin*`` takes every word that begins so; ``this NEAR that`` asks
for both within some words of each other; ``headline:this`` looks in headlines only. Other field
words are read before (see ``articles.search.asking.field_words``): those that are left here name
nothing, and what is to be in the field is searched for as words. Each database turns the result
into its own language.
"""

from dataclasses import dataclass, field

from articles.search.words.tokens import words
from articles.search.words.typed import HEADLINE, LONGEST_TEXT, Item, Operator, Value, items

MOST_WORDS = 32
# A shorter beginning would gather most of the index before the first match is known.
SHORTEST_PREFIX = 3
# Each gathers all that begins so before the first match is known.
MOST_PREFIXES = 5
# Of two words each, near each other: more would cost a database much.
MOST_PAIRS = 8


@dataclass(frozen=True, slots=True)
class Term:
    """One word, or several that follow each other; the last may be only the beginning of one.
    ``typed`` is how it was written, ``is_exact`` that it stood in quotes; ``others`` are the forms
    that will do as well (see ``articles.search.asking.forms``)."""

    words: tuple[str, ...]
    is_prefix: bool = False
    in_headline: bool = False
    typed: str = field(default="", compare=False)
    is_exact: bool = field(default=False, compare=False)
    others: tuple[tuple[str, ...], ...] = ()


def spaced(term: Term) -> list[str]:
    """The forms of ``term``, the one typed first, as they stand in a text: between spaces."""
    typed = f" {' '.join(term.words)}{'' if term.is_prefix else ' '}"
    return [typed, *(f" {' '.join(form)} " for form in term.others)]


@dataclass(frozen=True, slots=True)
class Near:
    """Any term of ``first`` and any of ``second``, in the headline or in the text, with at most
    ``distance`` words between the end of one and the beginning of the other, whichever comes
    first."""

    first: tuple[Term, ...]
    second: tuple[Term, ...]
    distance: int

    @property
    def pairs(self) -> list[tuple[Term, Term]]:
        return [(one, other) for one in self.first for other in self.second]


@dataclass(frozen=True, slots=True)
class Query:
    """Of every group at least one term is in the article, and none of the excluded ones; of groups
    that must be ``near`` each other, two terms that are.

    ``is_cut`` says that the text was too long, or asked for too much, and something was left out.
    """

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    near: tuple[Near, ...] = ()
    is_cut: bool = False

    def __bool__(self) -> bool:
        """Whether there is a word to search for, or to exclude."""
        return bool(self.groups or self.excluded)

    @property
    def terms(self) -> tuple[Term, ...]:
        """What an article may be found by, in the order typed."""
        return tuple(term for group in self.groups for term in group)

    @property
    def groups_apart(self) -> list[tuple[Term, ...]]:
        """The groups that need not be near another: whatever is near is there."""
        together = {group for near in self.near for group in (near.first, near.second)}
        return [group for group in self.groups if group not in together]


def read(text: str) -> Query:
    """The query that ``text`` means. Never raises; text without a word gives an empty query."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    distances: dict[int, int] = {}
    is_cut = len(text) > LONGEST_TEXT
    room, prefixes = MOST_WORDS, MOST_PREFIXES
    joint: Item | None = None
    for item in items(text):
        if item.operator:
            joint = item
            continue
        terms = _terms(item)
        if not terms:
            continue
        room -= sum(len(term.words) for term in terms)
        prefixes -= sum(term.is_prefix for term in terms)
        if room < 0 or prefixes < 0:
            is_cut = True
            break
        if item.excluded:
            excluded += terms
        elif joint and joint.operator == Operator.OR and groups:
            groups[-1] += terms
        else:
            groups.append(terms)
            if joint and joint.operator == Operator.NEAR and len(groups) > 1:
                distances[len(groups) - 1] = joint.distance
        joint = None
    near, is_crowded = _near(groups, distances)
    return Query(tuple(groups), tuple(excluded), near, is_cut or is_crowded)


def _terms(item: Item) -> tuple[Term, ...]:
    terms = (_term(value, in_headline=item.field == HEADLINE) for value in item.values)
    return tuple(term for term in terms if term.words)


def _term(value: Value, *, in_headline: bool) -> Term:
    found = tuple(words(value.text))
    is_prefix = (
        not value.is_quoted
        and value.text.endswith("*")
        and len(found) > 0
        and len(found[-1]) >= SHORTEST_PREFIX
    )
    return Term(found, is_prefix, in_headline, value.text.lstrip("-"), value.is_quoted)


def _near(
    groups: list[tuple[Term, ...]], distances: dict[int, int]
) -> tuple[tuple[Near, ...], bool]:
    """Which groups must be near the ones before them, and whether those are too many."""
    near: list[Near] = []
    room = MOST_PAIRS
    for number, distance in distances.items():
        one = Near(groups[number - 1], groups[number], distance)
        room -= len(one.pairs)
        if room < 0:
            return tuple(near), True
        near.append(one)
    return tuple(near), False
