"""The articles of a list, with what a line of it shows."""

from collections.abc import Sequence

from articles.freshness import shows_each
from articles.models import Article, Subject
from articles.models.prepared import PreparedInstances


def _prepared(*more: str) -> PreparedInstances[Article]:
    return PreparedInstances(
        int, lambda *ids: Article.objects.for_listing(*more).filter(pk__in=ids).order_by()
    )


_lines = _prepared()
_lines_with_body = _prepared("body")


def lines(article_ids: Sequence[int]) -> list[Article]:
    """These articles in this order, each once, in one query; those that have gone are left out.

    Whether readers may see them is the caller's to know.
    """
    return _ordered(_lines, article_ids)


def lines_with_body(article_ids: Sequence[int]) -> list[Article]:
    """The same with their bodies, which are most of what there is to read."""
    return _ordered(_lines_with_body, article_ids)


def _ordered(read: PreparedInstances[Article], article_ids: Sequence[int]) -> list[Article]:
    if not article_ids:
        return []
    found = {article.pk: article for article in read(*article_ids)}
    shows_each(Subject.ARTICLE, article_ids)
    shows_each(Subject.SECTION, {one.section_id for one in found.values() if one.section_id})
    shows_each(Subject.IMAGE, ())  # a line shows none; who does says so
    return [found[pk] for pk in dict.fromkeys(article_ids) if pk in found]
