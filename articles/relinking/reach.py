"""How far a name reaches: which articles have it in their words, by the search index."""

from collections.abc import Sequence
from dataclasses import dataclass

from articles.listings import lines
from articles.models import Article
from articles.relinking.unsearched import unsearched, with_phrases
from articles.search.finding import in_words

COUNTED = 10_000
"""No name is counted further."""

READ = 1_000
"""Of the articles that are in no index, so many of the newest are read."""

_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Reach:
    """How many articles have a name, or at least have it, and some of the newest."""

    count: int
    is_exact: bool
    articles: list[Article]


def reach(names: Sequence[str]) -> Reach:
    """The articles that have any of ``names`` in their words, whatever it means there: those of
    the search index, and drafts and others that are in none.

    A name without a letter or digit reaches nothing. Six queries at most.
    """
    wanted = in_words.phrases(names)
    if not wanted:
        return Reach(0, True, [])
    indexed = in_words.count_with(wanted, COUNTED + 1)
    others = list(with_phrases(wanted, READ))
    newest = in_words.articles_with(wanted, _EXAMPLES)
    return Reach(
        count=min(indexed + len(others), COUNTED),
        is_exact=indexed + len(others) <= COUNTED and not unsearched()[READ : READ + 1].exists(),
        articles=lines([*newest, *others][:_EXAMPLES]),
    )
