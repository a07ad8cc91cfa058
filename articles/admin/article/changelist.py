"""The list of articles: what an editor sees of each, and the search in it."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles import editing
from articles.admin.article.filters import HAS_SUGGESTIONS, WantsALook, Year
from articles.admin.base import DeskAdmin, editor
from articles.models import Article, Status
from articles.search import Criteria
from articles.search.positions import article_at
from articles.search.results import newest_matches
from articles.templatetags.moments import short_day

FOUND = 500
"""The newest matches that a search shows; an editor who wants older ones types more words."""

AT_ONCE = 200
"""Articles that one bulk action changes."""

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


class ArticleListAdmin(DeskAdmin[Article]):
    """The list of articles, without the page behind each."""

    list_display = [
        "title",
        "status",
        "section",
        "published",
        "language",
        "revision",
    ]
    list_filter = ["status", WantsALook, "section", Year]
    ordering = ["-updated_at", "-id"]
    sortable_by = ()
    search_fields = ["headline"]  # shows the box; see get_search_results
    search_help_text = "Words of a public article, or the beginning of a draft’s headline."
    actions = ["publish", "submit"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleChangeList]:
        return ArticleChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        return (matching(queryset, search_term) if search_term.strip() else queryset), False

    @admin.display(description="published")
    def published(self, article: Article) -> SafeString:
        return short_day(article.published_at)

    @admin.display(description="headline")
    def title(self, article: Article) -> SafeString:
        flags = {
            "headline drawn": article.headline_is_drawn,
            "year guessed": article.dateline_year_is_guess,
            "suggestions": getattr(article, "has_suggestions", False),
        }
        raised = ((flag,) for flag, is_up in flags.items() if is_up)
        marks = format_html_join(" ", '<span class="flag">{}</span>', raised)
        return format_html('<span dir="auto">{}</span> {}', article.headline, marks)

    @admin.action(description="Publish the selected articles", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(request, queryset, editing.publish, "published")

    @admin.action(description="Submit the selected drafts for review", permissions=["change"])
    def submit(self, request: HttpRequest, queryset: QuerySet[Article]) -> None:
        self._each(request, queryset, editing.submit, "submitted for review")

    def _each(
        self, request: HttpRequest, articles: QuerySet[Article], verb: Any, participle: str
    ) -> None:
        done = 0
        for article in articles.defer(None)[:AT_ONCE]:
            try:
                verb(article, by=editor(request))
                done += 1
            except ValidationError as error:
                messages.error(request, f"“{article}”: {' '.join(error.messages)}")
        messages.info(request, f"{done} of at most {AT_ONCE} at a time {participle}.")


def matching(articles: QuerySet[Article], words: str) -> QuerySet[Article]:
    """Public articles that the search finds, and others whose headline begins with ``words``."""
    criteria = Criteria(q=words)
    found = [article_at(position) for position in newest_matches(criteria, FOUND)]
    begun = Article.objects.filter(headline__istartswith=words.strip())
    for not_in_search in (
        begun.filter(status__in=_NOT_PUBLIC).order_by("-pk"),
        begun.filter(deindexed_at__isnull=False).order_by("-deindexed_at"),
    ):
        found += not_in_search.values_list("pk", flat=True)[:FOUND]
    return articles.filter(pk__in=found)
