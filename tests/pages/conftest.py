"""A small archive for the pages, with everything derived from it in place."""

import pytest

from articles import listings, search
from articles.models import Article


@pytest.fixture
def listed():
    """Brings lists, counts and the search index up to date with the articles given."""

    def refresh(*articles: Article) -> None:
        ids = [article.pk for article in articles]
        listings.refresh(ids)
        search.refresh(ids)

    return refresh
