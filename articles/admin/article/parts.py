"""What else belongs to an article on its page: authors, suggested tags."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.admin.base import DeskInline
from articles.models import Byline, TagSuggestion


class BylineInline(DeskInline[Byline]):
    model = Byline
    fields = ["author", "order"]
    autocomplete_fields = ["author"]
    verbose_name = "author"
    verbose_name_plural = "authors"


class TagSuggestionForm(forms.ModelForm):  # type: ignore[type-arg]
    decision = forms.ChoiceField(
        choices=[("", "undecided"), ("take", "take"), ("leave", "leave")],
        required=False,
        widget=forms.Select(attrs={"aria-label": "decision"}),
    )

    class Meta:
        model = TagSuggestion
        fields: list[str] = []

    def save(self, commit: bool = True) -> TagSuggestion:
        """A tag that is taken is a suggestion no longer; one that is left is not made again."""
        suggestion: TagSuggestion = self.instance
        if self.cleaned_data["decision"] == "take":
            suggestion.article.tags.add(suggestion.tag)
            suggestion.delete()
        elif self.cleaned_data["decision"] == "leave":
            suggestion.is_rejected = True
            suggestion.save()
        return suggestion


class TagSuggestionInline(DeskInline[TagSuggestion]):
    model = TagSuggestion
    form = TagSuggestionForm
    fields = ["tag", "quote", "decision"]
    readonly_fields = ["tag", "quote"]
    can_delete = False
    verbose_name_plural = "suggested tags"

    def get_queryset(self, request: HttpRequest) -> QuerySet[TagSuggestion]:
        return super().get_queryset(request).filter(is_rejected=False).select_related("tag")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
