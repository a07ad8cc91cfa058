"""The articles of a list, with what a line of it shows."""

from collections.abc import Sequence

from articles.models import Article
from articles.models.prepared import PreparedInstances

_lines: PreparedInstances[Article] = PreparedInstances(
    int, lambda *ids: Article.objects.for_listing().filter(pk__in=ids)
)


def lines(article_ids: Sequence[int]) -> list[Article]:
    """These articles in this order, each once, in one query; those that have gone are left out.

    Whether readers may see them is the caller's to know.
    """
    if not article_ids:
        return []
    found = {article.pk: article for article in _lines(*article_ids)}
    return [found[pk] for pk in dict.fromkeys(article_ids) if pk in found]
