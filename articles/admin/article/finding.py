"""Finds articles at the desk without reading through the archive.

What readers can see is asked of the search index, newest publication first; the rest, which the
index does not hold, is few and looked through, the latest change first.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db.models import QuerySet

from articles.admin.article.unpublished import unpublished
from articles.models import Address, Article
from articles.search import Criteria, CriteriaError
from articles.search.asking.parameters import understood
from articles.search.finding.matching import newest_matches
from articles.search.index.positions import article_at

FOUND = 500
"""The newest public matches that are shown."""

_ADDRESS = re.compile(r"https?://\S+|/\d{4}/\S+")
_NUMBER = re.compile(r"#[0-9]{1,18}")


class Found(NamedTuple):
    """The ids of articles, and sentences about what of the words was taken otherwise than meant."""

    ids: list[int]
    notes: Sequence[str] = ()


def find(criteria: Criteria) -> Found:
    """The articles that ``criteria`` ask for, field words included, the not yet public among them
    by the words of their headlines.

    The address of an article, or its number after a #, finds that one. Raises ``CriteriaError``
    when the search looks through too much.
    """
    typed = criteria.q.strip()
    if typed and names_one(typed):
        if typed.startswith("#"):
            return Found([int(typed[1:])])
        at_address = Address.objects.filter(path=urlsplit(typed).path)
        return Found(list(at_address.values_list("article", flat=True)))
    criteria = understood(criteria)
    public = [article_at(position) for position in newest_matches(criteria, FOUND)]
    return Found([*public, *unpublished(criteria)], criteria.notes)


def matching(articles: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Those of ``articles`` that ``words`` find; none when that looks through too much."""
    try:
        return articles.filter(pk__in=find(Criteria(words)).ids)
    except CriteriaError:
        return articles.none()


def names_one(typed: str) -> bool:
    """Whether what was typed is the address or the number of one article."""
    return bool(_ADDRESS.fullmatch(typed) or _NUMBER.fullmatch(typed))
