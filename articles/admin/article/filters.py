"""Filters of the list of articles, none of which reads the whole table."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.admin.base import editor
from articles.admin.filters import Choice, FormFilter, PeriodFilter
from articles.models import (
    Article,
    Byline,
    ListingCount,
    ListingKind,
    Mention,
    MentionState,
    Status,
    Tagging,
    TagSuggestion,
)
from articles.models.distinct import distinct
from articles.search import Choice as Sought
from articles.search import Filter

STALE = timedelta(days=14)
"""A draft that nobody has touched for so long is about to be forgotten."""

LOOKED_THROUGH = 1_000
"""The newest articles with suggestions, among which the list looks."""

HAS_SUGGESTIONS = Q(
    Exists(Mention.objects.filter(article=OuterRef("pk"), state=MentionState.SUGGESTED))
) | Q(Exists(TagSuggestion.objects.filter(article=OuterRef("pk"), is_rejected=False)))


def with_suggestions() -> list[int]:
    """The newest articles for which a machine proposes something that nobody has decided. Two
    queries, each along an index that holds nothing else."""
    mentions = Mention.objects.filter(state=MentionState.SUGGESTED)
    tags = TagSuggestion.objects.filter(is_rejected=False)
    newest: set[int] = set()
    for waiting in (mentions, tags):
        articles = waiting.order_by("-article").values_list("article", flat=True).distinct()
        newest.update(articles[:LOOKED_THROUGH])
    return sorted(newest, reverse=True)[:LOOKED_THROUGH]


def stale_since() -> Q:
    """Drafts that nobody has touched for ``STALE``."""
    return Q(status=Status.DRAFT, updated_at__lt=timezone.now() - STALE)


class StatusFilter(admin.SimpleListFilter):
    """One status, or all but the bin."""

    title = "status"
    template = "admin/tab_filter.html"
    is_tabs = True
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Status.choices)

    def choices(self, changelist: Any) -> Iterator[Any]:
        everything, *others = super().choices(changelist)
        yield {**everything, "display": "all but the bin"}
        yield from others

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() in Status.values:
            return queryset.filter(status=self.value())
        return queryset.exclude(status=Status.BIN)


class WhoseFilter(admin.SimpleListFilter):
    """What is one's own to write, or one's turn to mend."""

    title = "whose"
    parameter_name = "whose"

    FIELDS = {"mine": "created_by", "turn": "assigned_to"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "written by me"), ("turn", "my turn")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        field = self.FIELDS.get(self.value() or "")
        return queryset.filter(**{field: editor(request).pk}) if field else queryset


class WantsALook(admin.SimpleListFilter):
    """What a machine did that an editor has not seen yet, and what lies about."""

    title = "wants a look"
    parameter_name = "wants"

    LABELS = {
        "headline": "headline drawn",
        "year": "year guessed",
        "suggestions": "suggestions wait",
        "stale": "draft untouched for two weeks",
        "deindexed": "out of search engines",
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.LABELS.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        match self.value():
            case "headline":
                return queryset.filter(headline_is_drawn=True)
            case "year":
                return queryset.filter(dateline_year_is_guess=True)
            case "suggestions":
                return queryset.filter(pk__in=with_suggestions())
            case "stale":
                return queryset.filter(stale_since())
            case "deindexed":
                return queryset.filter(deindexed_at__isnull=False)
        return queryset


class PublishedFilter(PeriodFilter):
    """When it was, or will be, published. The archive's own counts say how much there is."""

    title = "date of publication"
    column = "public_from"

    def months(self) -> Mapping[int, int | None]:
        counts = ListingCount.objects.filter(kind=ListingKind.ARCHIVE, key=0, count__gt=0)
        return dict(counts.order_by("-month").values_list("month", "count"))


class Particulars(FormFilter):
    """Where an article stands and what it is about, found by typing."""

    title = "particulars"
    choose = {
        "section": Choice(Article._meta.get_field("section")),
        "author": Choice(Byline._meta.get_field("author")),
        "tag": Choice(Tagging._meta.get_field("tag")),
        "place": Choice(Mention._meta.get_field("place")),
        "dateline": Choice(Article._meta.get_field("dateline_place")),
        "person": Choice(Mention._meta.get_field("person")),
        "organisation": Choice(Mention._meta.get_field("organisation")),
    }
    labels = {"dateline": "Filed from"}
    typed = ["language"]
    picked = {"source": lambda: distinct(Article, "source")}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        """The source; the rest is asked of the search index (see ``finding``)."""
        source = self.chosen.get("source")
        return queryset.filter(source=source) if source else queryset

    @property
    def criteria(self) -> tuple[Filter, ...]:
        """What the search index is asked."""
        filters = [
            Filter(name, (Sought(self.chosen[name], "", ""),))
            for name in self.choose
            if name in self.chosen
        ]
        if language := self.chosen.get("language"):
            filters.append(Filter("language", (Sought(language.lower(), "", ""),)))
        return tuple(filters)
