"""The list of articles: what an editor sees of each, and the search in it."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from articles.admin.article.filters import HAS_SUGGESTIONS
from articles.models import Article, Status
from articles.search import Criteria
from articles.search.positions import article_at
from articles.search.results import newest_matches

FOUND = 500
"""The newest matches that a search shows; an editor who wants older ones types more words."""

_NOT_PUBLIC = (Status.DRAFT, Status.IN_REVIEW, Status.SCHEDULED, Status.WITHDRAWN)


class ArticleChangeList(ChangeList):
    def get_queryset(
        self, request: HttpRequest, exclude_parameters: Any = None
    ) -> QuerySet[Article]:
        articles: QuerySet[Article] = super().get_queryset(request, exclude_parameters)
        return (
            articles.select_related(None)
            .select_related("section")
            .defer("body", "section__description")
            .annotate(has_suggestions=HAS_SUGGESTIONS)
        )


def matching(articles: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Public articles that the search finds, and others whose headline begins with ``words``."""
    criteria = Criteria(q=words)
    found = [article_at(position) for position in newest_matches(criteria, FOUND)]
    drafts = Article.objects.filter(status__in=_NOT_PUBLIC, headline__istartswith=words.strip())
    return articles.filter(
        Q(pk__in=[*found, *drafts.order_by("-pk").values_list("pk", flat=True)[:FOUND]])
    )
