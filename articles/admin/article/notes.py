"""What editors tell one another about an article, and what agencies tell desks."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.admin.base import DeskInline
from articles.admin.choices import KnownRows
from articles.models import DeskNote, WireDetails
from articles.templatetags.moments import minute


class DeskNoteForm(forms.ModelForm):  # type: ignore[type-arg]
    """A note stays as it was written; whoever has seen to it ticks it off."""

    is_done = forms.BooleanField(required=False, label="done")

    class Meta:
        model = DeskNote
        fields = ["text", "quote"]
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "quote": forms.TextInput(attrs={"dir": "auto"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["text"].disabled = self.fields["quote"].disabled = True


class DeskNotes(KnownRows):
    """The notes of an article; ``by`` is who saves them."""

    by: User

    def save_new(self, form: Any, commit: bool = True) -> DeskNote:
        form.instance.created_by = self.by
        note: DeskNote = super().save_new(form, commit)
        return note

    def save_existing(self, form: Any, obj: DeskNote, commit: bool = True) -> DeskNote:
        if form.cleaned_data.get("is_done"):
            obj.resolved_at, obj.resolved_by = timezone.now(), self.by
            obj.save(update_fields=["resolved_at", "resolved_by"])
        return obj


class DeskNoteInline(DeskInline[DeskNote]):
    model = DeskNote
    form = DeskNoteForm
    formset = DeskNotes
    fields = ["text", "quote", "said", "is_done"]
    readonly_fields = ["said"]
    can_delete = False
    verbose_name = "note for the desk"
    verbose_name_plural = "notes for the desk, which readers never see"

    def get_queryset(self, request: HttpRequest) -> QuerySet[DeskNote]:
        notes = super().get_queryset(request)
        return notes.filter(resolved_at__isnull=True).select_related("created_by")

    @admin.display(description="by")
    def said(self, note: DeskNote) -> SafeString | str:
        if note._state.adding:  # noqa: SLF001 - documented, though it begins with an underscore
            return "-"
        return format_html("{}, {}", note.created_by or "somebody", minute(note.created_at))


class WireRows(KnownRows):
    """The one row there may be, which the article has brought along."""

    def get_queryset(self) -> Any:
        return [self.instance.wire_details] if hasattr(self.instance, "wire_details") else []


class WireDetailsInline(DeskInline[WireDetails]):
    model = WireDetails
    formset = WireRows
    fields = ["slugline", "urgency", "genre", "editors_note"]
    max_num = 1
    can_delete = False
    verbose_name_plural = "for desks that receive it: slugline, urgency, genre, editor’s note"
    classes = ["collapse"]
