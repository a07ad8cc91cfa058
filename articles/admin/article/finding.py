"""Finds articles at the desk without reading through the archive.

What readers can see is asked of the search index, newest publication first; the rest, which the
index does not hold, is few and looked through, the latest change first.
"""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet

from articles.models import Address, Article, Status
from articles.search import Criteria, CriteriaError
from articles.search.finding.results import newest_matches
from articles.search.index.positions import article_at
from articles.search.words.query import Query, Term, read
from articles.search.words.tokens import starts_with, words

FOUND = 500
"""The newest public matches that are shown."""

LOOKED_THROUGH = 2_000
"""Of what is not public, the articles in each state that are looked through."""

_UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.WITHDRAWN, Status.BIN)
_ADDRESS = re.compile(r"https?://\S+|/\d{4}/\S+")
_NUMBER = re.compile(r"#[0-9]{1,18}")


def found(criteria: Criteria, narrowing: Q | None = None) -> list[int]:
    """The ids of the articles that ``criteria`` ask for, the not yet public among them by the
    words of their headlines; ``narrowing`` is what the criteria's filters mean for those.

    The address of an article, or its number after a #, finds that one. Raises ``CriteriaError``
    when the search looks through too much.
    """
    typed = criteria.q.strip()
    if typed and names_one(typed):
        if typed.startswith("#"):
            return [int(typed[1:])]
        at_address = Address.objects.filter(path=urlsplit(typed).path)
        return list(at_address.values_list("article", flat=True))
    public = [article_at(position) for position in newest_matches(criteria, FOUND)]
    return [*public, *_unpublished(criteria.q, narrowing or Q())]


def matching(articles: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Those of ``articles`` that ``words`` find; none when that looks through too much."""
    try:
        return articles.filter(pk__in=found(Criteria(words)))
    except CriteriaError:
        return articles.none()


def names_one(typed: str) -> bool:
    """Whether what was typed is the address or the number of one article."""
    return bool(_ADDRESS.fullmatch(typed) or _NUMBER.fullmatch(typed))


def _unpublished(typed: str, narrowing: Q) -> list[int]:
    """Those that the index does not hold, by the words of their headlines. One query."""
    query = read(typed)
    if typed.strip() and not query:
        return []
    heaps = [(Q(status=status), "-updated_at") for status in _UNPUBLISHED]
    heaps.append((Q(deindexed_at__isnull=False), "-deindexed_at"))
    first, *others = (
        Article.objects.filter(
            narrowing,
            pk__in=Article.objects.filter(heap).order_by(order).values("pk")[:LOOKED_THROUGH],
        )
        .order_by()
        .values_list("pk", "headline")
        for heap, order in heaps
    )
    return [
        pk for pk, headline in first.union(*others, all=True) if _answers(words(headline), query)
    ]


def _answers(headline: Sequence[str], query: Query) -> bool:
    """Whether a headline has the words of ``query``, the last of which may be half typed."""

    def has(term: Term) -> bool:
        return any(
            starts_with(headline, at, term.words, is_prefix=term.is_prefix or term is last)
            for at in range(len(headline))
        )

    last = query.terms[-1] if query.terms else None
    return all(any(map(has, group)) for group in query.groups) and not any(map(has, query.excluded))
