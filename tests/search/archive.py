"""Puts articles into the archive the way every change does: lists first, then the index."""

from typing import Any

from articles import listings, search
from articles.models import Article
from articles.search import Count, Criteria
from tests.factories import make_article, make_mention


def publish(headline: str = "", *, about: Any = (), **fields: Any) -> Article:
    """An article in all lists and in the index, mentioning what it is ``about``."""
    article = make_article(headline, **fields)
    for entity in about:
        make_mention(article, entity)
    index(article)
    return article


def index(*articles: Article) -> None:
    ids = [article.pk for article in articles]
    listings.refresh(ids)
    search.refresh(ids)


def criteria(**params: str) -> Criteria:
    """The criteria of an address's parameters; ``from_`` stands for ``from``."""
    return search.parse({name.rstrip("_"): [value] for name, value in params.items()})


def headlines(**params: str) -> list[str]:
    """The headlines that a search finds, in its order."""
    return [article.headline for article in search.find(criteria(**params)).articles]


def counted(criteria: Criteria, *, exact: bool = False) -> Count:
    """How many articles a search says that it finds."""
    return search.find_after(criteria, None, size=1, exact=exact).count
