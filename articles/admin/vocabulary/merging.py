"""Merging two entries: choose the other, see both side by side, say which stays and why."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import BigIntegerField, Manager
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html

from articles.admin.base import editor
from articles.admin.vocabulary.sides import Side, address_of, side
from articles.admin.vocabulary.tools import may_merge, merge_address
from articles.models import VocabularyKind
from articles.vocabulary.kinds import MODELS, Mergeable
from articles.vocabulary.merging import merge, obstacles_to_merge
from articles.vocabulary.merging.merge import LONGEST_REASON

SHOWN = 20
"""Entries found by the words typed."""


class MergeForm(forms.Form):
    """Which of two entries stays, and why they are one."""

    stays = forms.TypedChoiceField(coerce=int, widget=forms.RadioSelect, label="Which one stays")
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        required=False,
        label="Why",
        help_text="For the log of merges; readers do not see it.",
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: Any, one: Mergeable, other: Mergeable, stays: int) -> None:
        super().__init__(data, initial={"stays": stays})
        self.fields["stays"].choices = [  # type: ignore[attr-defined]
            (entry.pk, f"{entry} (number {entry.pk})") for entry in (one, other)
        ]


def merge_with(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Ask for the other entry, show both, and on POST merge them."""
    entry = entry_at(request, kind, key)
    other = _other(request, entry)
    if other is None:
        return _choose(request, entry)
    # That with more to it is meant to stay, until an editor says otherwise.
    sides = [side(entry), side(other)]
    weightier = max(sides, key=lambda one: sum(share.number for share in one.shares))
    form = MergeForm(
        request.POST if request.method == "POST" else None, entry, other, weightier.entry.pk
    )
    if form.is_valid():
        source, target = (
            (entry, other) if form.cleaned_data["stays"] == other.pk else (other, entry)
        )
        try:
            done = merge(source, target, by=editor(request), reason=form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request,
                format_html(
                    '“{}” is part of “{}” now. <a href="{}">Undo</a>',
                    done.source_name,
                    done.target_name,
                    reverse("admin:articles_merge_undo", args=[done.pk]),
                ),
            )
            return HttpResponseRedirect(_next(request) or address_of(target))
    return _show(request, entry, other, sides, form)


def entry_at(request: HttpRequest, kind: str, key: int) -> Mergeable:
    """The entry that a page is about. Raises PermissionDenied, or Http404 where there is none."""
    if not may_merge(request):
        raise PermissionDenied
    entry = _entry(kind, key)
    if entry is None:
        raise Http404(f"There is no {kind} {key}.")
    return entry


def _entry(kind: str, key: int) -> Mergeable | None:
    model = MODELS.get(VocabularyKind(kind)) if kind in VocabularyKind.values else None
    if model is None or not issubclass(model, Mergeable) or key > BigIntegerField.MAX_BIGINT:
        return None
    rows: Manager[Any] = model._default_manager
    return rows.filter(pk=key).first()


def _other(request: HttpRequest, entry: Mergeable) -> Mergeable | None:
    asked = request.POST.get("other") or request.GET.get("other", "")
    is_number = asked.isascii() and asked.isdecimal() and len(asked) < 19
    return _entry(str(entry._meta.model_name), int(asked)) if is_number else None


def _choose(request: HttpRequest, entry: Mergeable) -> HttpResponse:
    words = request.GET.get("q", "").strip()
    pages: Any = admin.site.get_model_admin(type(entry))
    found = pages.best_known(request, words).exclude(pk=entry.pk)[:SHOWN] if words else []
    context = {"words": words, "found": [(row.pk, pages.label(row)) for row in found]}
    return draw(request, "choose", f"Merge {entry} with another", entry, **context)


def _show(
    request: HttpRequest, entry: Mergeable, other: Mergeable, sides: list[Side], form: MergeForm
) -> HttpResponse:
    # What stands against both ways is told before anybody asks for either.
    ways = [obstacles_to_merge(entry, other), obstacles_to_merge(other, entry)]
    context = {
        "other": other,
        "sides": sides,
        "form": form,
        "obstacles": list(dict.fromkeys(ways[0] + ways[1])),
        "is_possible": not (ways[0] and ways[1]),
        "next": _next(request),
        "again": merge_address(entry),
    }
    return draw(request, "merge", f"Are {entry} and {other} one?", entry, **context)


def _next(request: HttpRequest) -> str:
    """Where the editor came from, if that was the list of duplicates."""
    came_from = request.POST.get("from") or request.GET.get("from")
    return reverse("admin:articles_merge_duplicates") if came_from == "duplicates" else ""


def draw(
    request: HttpRequest, template: str, title: str, entry: Mergeable | None, **context: Any
) -> TemplateResponse:
    """A page of the desk, ``templates/admin/articles/merge/<template>.html``."""
    return TemplateResponse(
        request,
        f"admin/articles/merge/{template}.html",
        {
            **admin.site.each_context(request),
            "title": title,
            "entry": entry,
            "back": address_of(entry) if entry else "",
            **context,
        },
    )
