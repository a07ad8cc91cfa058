"""Filters of the list of articles, none of which reads the whole table to be drawn."""

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from articles.listings import Listing, year_bounds
from articles.models import Article, ListingKind, Mention, MentionState, TagSuggestion

SUGGESTED_MENTION = Exists(
    Mention.objects.filter(article=OuterRef("pk"), state=MentionState.SUGGESTED)
)
SUGGESTED_TAG = Exists(TagSuggestion.objects.filter(article=OuterRef("pk"), is_rejected=False))
HAS_SUGGESTIONS = Q(SUGGESTED_MENTION) | Q(SUGGESTED_TAG)


class Year(admin.SimpleListFilter):
    """The year of publication; the years come from the counts of the archive's lists."""

    title = "year"
    parameter_name = "year"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        years = Listing(ListingKind.ARCHIVE).years()
        return [(str(year), f"{year} ({count:,})") for year, count in years.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        year = self.value()
        if not year:
            return queryset
        first, after = year_bounds(int(year))
        return queryset.filter(public_from__gte=first, public_from__lt=after)


class WantsALook(admin.SimpleListFilter):
    """What a machine did that an editor has not seen yet."""

    title = "wants a look"
    parameter_name = "wants"

    FILTERS = {
        "headline": ("headline drawn", Q(headline_is_drawn=True)),
        "year": ("year guessed", Q(dateline_year_is_guess=True)),
        "suggestions": ("suggestions wait", HAS_SUGGESTIONS),
    }

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, label) for value, (label, _) in self.FILTERS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        chosen = self.FILTERS.get(self.value() or "")
        return queryset.filter(chosen[1]) if chosen else queryset
