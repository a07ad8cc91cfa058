"""Comments → Rules: the ladder in sentences, what it would change, and the switch."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.base import DeskAdmin, editor
from articles.admin.comment_rules.form import LISTS, RulesForm
from articles.admin.comment_rules.sentences import (
    AKISMET,
    FLOOD,
    LADDER,
    READERS,
    TITLES,
    Sentence,
    parts,
)
from articles.comments.judging import akismet, learning, words
from articles.comments.judging.ladder import Terms
from articles.comments.judging.trial import SHOWN, Trial, compare
from articles.comments.judging.words import Fault, Matcher
from articles.models import CommentRules

FAULTS_SHOWN = 10


class Line(NamedTuple):
    """A sentence as the page shows it: words and fields in turn, and what is wrong with them."""

    rule: str
    parts: list[str | BoundField]
    note: str
    faults: list[tuple[str, str]]
    """Each with the id by which its field refers to it."""


class Listed(NamedTuple):
    """A list of words as the page shows it."""

    field: BoundField
    size: int
    faults: list[Fault]
    more_faults: int


@admin.register(CommentRules)
class CommentRulesAdmin(DeskAdmin[CommentRules]):
    known_as = ("rules for comments", "rules")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        return HttpResponseRedirect(_address())

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The page: shown, tried, or switched on."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        may_change = self.has_change_permission(request)
        if request.method != "POST":
            return self._show(request, RulesForm(is_locked=not may_change))
        if not may_change:
            raise PermissionDenied
        form = RulesForm(request.POST)
        if not form.is_valid():
            return self._show(request, form)
        if "switch_on" not in request.POST:
            terms = Terms(CommentRules.objects.current(), words.in_force())
            tried = Terms(form.save(commit=False), form.words)
            return self._show(request, form, compare(terms, tried))
        if form.is_outdated():
            form.say_outdated()
            return self._show(request, form)
        if form.switch_on(editor(request)):
            messages.success(request, "The rules are in force as you see them.")
        else:
            messages.info(request, "Nothing was otherwise than it is in force.")
        return HttpResponseRedirect(_address())

    def _show(
        self, request: HttpRequest, form: RulesForm, trial: Trial | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "Rules for comments",
            "opts": self.opts,
            "form": form,
            "may_change": self.has_change_permission(request),
            "groups": [
                ("Who waits and who does not", _LADDER_HELP, _lines(_ladder(), form), True),
                ("How much and how long", "", _lines(FLOOD, form), False),
                ("What readers find", "", _lines(READERS, form), False),
            ],
            "lists": [
                _listed(form[name], matcher)
                for name, matcher in zip(LISTS, form.words, strict=True)
            ],
            "learned": learning.seen(),
            "least_learned": learning.LEAST_LEARNED,
            "trial": trial,
            "shown": SHOWN,
            "by_rule": [(row, TITLES.get(row.rule, row.rule)) for row in trial.by_rule]
            if trial
            else [],
            "changes": form.changes() if trial else [],
            "history": reverse("admin:articles_commentrules_history", args=[1]),
        }
        return TemplateResponse(request, "admin/articles/commentrules/page.html", context)


_LADDER_HELP = "The first that applies decides."


def _address() -> str:
    return reverse("admin:articles_commentrules_changelist")


def _ladder() -> list[Sentence]:
    """The ladder, with Akismet on it where a key is set."""
    otherwise = next(place for place, step in enumerate(LADDER) if step.rule == "otherwise")
    asked = [AKISMET] if akismet.is_on() else []
    return [*LADDER[:otherwise], *asked, *LADDER[otherwise:]]


def _lines(sentences: Iterable[Sentence], form: forms.BaseForm) -> list[Line]:
    lines = []
    for sentence in sentences:
        found = list(parts(sentence, form))
        faults = [
            (f"{part.auto_id}_error", f"{part.label}: {' '.join(map(str, part.errors))}")
            for part in found
            if isinstance(part, BoundField) and part.errors
        ]
        lines.append(Line(sentence.rule, found, sentence.note, faults))
    return lines


def _listed(field: BoundField, matcher: Matcher) -> Listed:
    faults = matcher.faults[:FAULTS_SHOWN]
    return Listed(field, matcher.size, faults, len(matcher.faults) - len(faults))
