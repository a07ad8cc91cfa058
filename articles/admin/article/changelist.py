"""The list of articles: what an editor sees of each, and how it is ordered and narrowed."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.paginator import InvalidPage
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.admin.article import bulk
from articles.admin.article.filters import (
    HAS_SUGGESTIONS,
    Particulars,
    PublishedFilter,
    StatusFilter,
    WantsALook,
    WhoseFilter,
)
from articles.admin.article.finding import FOUND, find, matching
from articles.admin.base import NONE, DeskAdmin, DeskChangeList, editor
from articles.editing import rules
from articles.models import Article, Byline, Status
from articles.search import Criteria, CriteriaError
from articles.templatetags.moments import ago, minute, short_day

_LAST_CHANGED_FIRST = ("-updated_at", "-id")
_NEWEST_FIRST = (F("public_from").desc(nulls_first=True), "-id")
_NEWEST_OF_A_PERIOD_FIRST = ("-public_from", "-id")
_NEXT_FIRST = ("public_from", "id")

_FIRST_AUTHOR = Subquery(
    Byline.objects.filter(article=OuterRef("pk")).order_by("order", "id").values("author__name")[:1]
)


class ArticleChangeList(DeskChangeList):
    """In the order of the last change. Narrowed by words or particulars it holds the newest
    matches, and is in the order of publication, what is not public yet on top."""

    is_narrowed = False
    is_cut = False
    """Whether there are more matches than are shown."""

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: Any = None
    ) -> QuerySet[Article]:
        # The words are asked of the search index together with the filters, below.
        words, self.query = self.query, ""
        try:
            articles: QuerySet[Article] = super().get_queryset(request, exclude_parameters)
        finally:
            self.query = words
        return (
            self._narrowed(request, articles)
            .select_related(None)
            .select_related("section", "assigned_to")
            .defer("body", "section__description", "assigned_to__password")
            .annotate(has_suggestions=HAS_SUGGESTIONS, first_author=_FIRST_AUTHOR)
        )

    def get_results(self, request: HttpRequest) -> None:
        if not self.is_narrowed:
            super().get_results(request)
            return
        # Few enough for all their ids to be read at once, which spares counting them.
        ids: Any = list(self.queryset.values_list("pk", flat=True))
        paginator = self.model_admin.get_paginator(request, ids, self.list_per_page)
        try:
            of_page = paginator.page(self.page_num).object_list
        except InvalidPage as error:
            raise IncorrectLookupParameters from error
        self.result_list = list(self.queryset.filter(pk__in=of_page))
        self.paginator, self.result_count = paginator, len(ids)
        self.multi_page = len(ids) > self.list_per_page
        self.can_show_all, self.full_result_count = False, None
        self.show_full_result_count, self.show_admin_actions = False, True

    def _narrowed(self, request: HttpRequest, articles: QuerySet[Article]) -> QuerySet[Article]:
        filters = {type(spec): spec for spec in self.filter_specs}
        particulars, published = filters[Particulars], filters[PublishedFilter]
        assert isinstance(particulars, Particulars)
        assert isinstance(published, PublishedFilter)
        period = published.period
        if self.query.strip() or particulars.criteria:
            self.is_narrowed = True
            criteria = Criteria(self.query, particulars.criteria, period, period)
            try:
                chosen, notes = find(criteria)
            except CriteriaError as error:
                chosen, notes = [], [str(error)]
            for note in notes:
                messages.warning(request, note)
            self.is_cut = len(chosen) >= FOUND
            return articles.filter(pk__in=chosen).order_by(*_NEWEST_FIRST)
        if period:
            return articles.order_by(*_NEWEST_OF_A_PERIOD_FIRST)
        if filters[StatusFilter].used_parameters.get("status") == Status.SCHEDULED:
            return articles.order_by(*_NEXT_FIRST)
        if filters[WantsALook].used_parameters.get("wants") == "deindexed":
            return articles.order_by("-deindexed_at", "-id")
        return articles


class ArticleListAdmin(DeskAdmin[Article]):
    """The list of articles, without the page behind each."""

    list_display = ["title", "byline", "state", "section", "turn", "changed"]
    list_filter = [StatusFilter, WhoseFilter, WantsALook, PublishedFilter, Particulars]
    ordering = _LAST_CHANGED_FIRST
    sortable_by = ()
    search_fields = ["headline"]  # shows the box; see ArticleChangeList
    search_help_text = (
        "Words of a public article or of a draft’s headline; place:quetta and the like, as readers "
        f"search; an address; #123 is a number. The newest {FOUND} are found."
    )
    action_form = bulk.BulkForm

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ArticleChangeList]:
        return ArticleChangeList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Article], search_term: str
    ) -> tuple[QuerySet[Article], bool]:
        """What whoever asks may see; both the list and autocompletes end here. Words are given by
        autocompletes only, for the list asks for more at once."""
        articles: Any = rules.visible_to(editor(request), queryset)  # type: ignore[arg-type]
        return (matching(articles, search_term) if search_term.strip() else articles), False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return bulk.actions(editor(request))

    # The verbs note in the audit log what they do

    def log_addition(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        pass

    def log_change(self, request: HttpRequest, obj: Article, message: Any) -> Any:
        pass

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        pass

    # The columns

    @admin.display(description="headline")
    def title(self, article: Article) -> SafeString:
        flags = {
            "headline drawn": article.headline_is_drawn,
            "year guessed": article.dateline_year_is_guess,
            "suggestions": getattr(article, "has_suggestions", False),
            "out of search engines": article.deindexed_at,
            article.language: article.language != get_language(),
        }
        raised = ((flag,) for flag, is_up in flags.items() if is_up)
        marks = format_html_join(" ", '<span class="flag">{}</span>', raised)
        return format_html('<span dir="auto">{}</span> {}', article.headline, marks)

    @admin.display(description="byline")
    def byline(self, article: Article) -> str:
        """The first author."""
        return getattr(article, "first_author", None) or NONE

    @admin.display(description="state")
    def state(self, article: Article) -> SafeString:
        """The status, and the time that goes with it."""
        when = SafeString("")
        if article.public_from and article.public_from > timezone.now():
            when = format_html("for {}", minute(article.public_from))
        elif article.is_public():
            when = short_day(article.published_at)
        # What was scheduled is published once its time has come.
        status = Status.PUBLISHED if article.is_public() else Status(article.status)
        return format_html('<span class="state {}">{}</span> {}', status, status.label, when)

    @admin.display(description="whose turn")
    def turn(self, article: Article) -> str:
        person = article.assigned_to
        return (person.get_full_name() or person.username) if person else NONE

    @admin.display(description="changed")
    def changed(self, article: Article) -> SafeString:
        return ago(article.updated_at)
