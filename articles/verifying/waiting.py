"""The articles whose lists and search entries the worker has yet to bring up to date: they lag
behind, and are not damaged."""

from collections.abc import Sequence

from articles.models import StaleArticle


def settled(article_ids: Sequence[int]) -> list[int]:
    """Those of the articles that do not wait."""
    waiting = set(StaleArticle.objects.filter(pk__in=article_ids).values_list("article", flat=True))
    return [pk for pk in article_ids if pk not in waiting]


def count() -> int:
    return StaleArticle.objects.count()
