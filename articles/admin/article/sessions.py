"""Autosave, and word of who else has the article open: what page and desk tell each other."""

from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST

from articles.admin.article.desk_page import article_page
from articles.admin.article.form import RESUME
from articles.admin.base import editor
from articles.editing import rules, sessions
from articles.editing.differences import compare
from articles.editing.rules import Action
from articles.models import Article, EditingSession
from articles.text.body import clean, identify, plain_text

# What is not what somebody typed.
_NOT_KEPT = ("csrfmiddlewaretoken", RESUME, "based_on")


class State(NamedTuple):
    """What the page says when it opens: where the browser reports to, who else is here, and what
    of the editor's own was never saved."""

    address: str
    based_on: int
    colleagues: list[sessions.Colleague]
    unsaved: EditingSession | None
    unsaved_address: str


def state(request: HttpRequest, article: Article | None, form: forms.BaseForm) -> State:
    """The state of the page with ``form``; work that has come back into it waits no longer."""
    colleagues, unsaved = sessions.opened(article, editor(request))
    return State(
        address=_address("session", article),
        based_on=article.revision if article else 0,
        colleagues=colleagues,
        unsaved=None if form.is_bound else unsaved,
        unsaved_address=_address("unsaved", article),
    )


@require_POST
@article_page(Action.EDIT)
def session(request: HttpRequest, article: Article) -> HttpResponse:
    """The browser's report every some seconds, with the form when something in it is unsaved."""
    return _keep(request, article)


@require_POST
def session_of_new(request: HttpRequest) -> HttpResponse:
    """The same for an article that was never saved."""
    _require_create(request)
    return _keep(request, None)


@article_page(Action.EDIT)
def unsaved(request: HttpRequest, article: Article) -> HttpResponse:
    """What was typed and never saved, beside what is saved: to go on with, or to discard."""
    return _unsaved(request, article)


def unsaved_of_new(request: HttpRequest) -> HttpResponse:
    """The same for an article that was never saved."""
    _require_create(request)
    return _unsaved(request, None)


def _keep(request: HttpRequest, article: Article | None) -> JsonResponse:
    user = editor(request)
    based_on = request.POST.get("based_on", "")
    if not based_on.isdecimal():
        return JsonResponse({"detail": "based_on is the number of a revision."}, status=400)
    typed = None
    if "unchanged" not in request.POST:
        kept = request.POST.copy()
        for name in _NOT_KEPT:
            kept.pop(name, None)
        typed = kept.urlencode()
    try:
        sessions.keep(article, user, based_on=int(based_on), unsaved=typed)
    except ValueError as error:
        return JsonResponse({"detail": str(error)}, status=413)
    others = sessions.colleagues(article, user) if article else []
    later = sessions.later_save(article, int(based_on)) if article else None
    return JsonResponse(
        {
            "colleagues": [
                {"name": each.name, "since": f"{localtime(each.since):%H:%M}"} for each in others
            ],
            "saved": later
            and {"by": later.actor, "at": f"{localtime(later.at):%H:%M}", "revision": later.number},
        }
    )


def _unsaved(request: HttpRequest, article: Article | None) -> HttpResponse:
    user = editor(request)
    kept = sessions.unsaved_work(article, user)
    if kept is None:
        raise Http404("Nothing is unsaved.")
    edit = _address("change", article) if article else reverse("admin:articles_article_add")
    if request.method == "POST":
        sessions.close(article, user)
        messages.success(request, "The unsaved work is discarded.")
        return HttpResponseRedirect(edit)
    typed = QueryDict(kept.unsaved)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": "Unsaved work",
        "subtitle": str(article) if article else "",
        "opts": Article._meta,
        "original": article,
        "session": kept,
        "edit": edit,
        "typed": [(name, value) for name, values in typed.lists() for value in values],
        "resume": RESUME,
        "changes": [
            (label, pieces)
            for label, before, after in _texts(article, typed)
            if before != after
            for pieces in [compare(before, after)]
        ],
    }
    return TemplateResponse(request, "admin/articles/article/unsaved.html", context)


def _texts(article: Article | None, typed: QueryDict) -> list[tuple[str, str, str]]:
    """The label of each text, how it is saved and how it was typed."""
    return [
        ("Headline", article.headline if article else "", typed.get("headline", "")),
        ("Summary", article.summary if article else "", typed.get("summary", "")),
        (
            "Text",
            plain_text(article.body) if article else "",
            plain_text(identify(clean(typed.get("body", "")))),
        ),
    ]


def _address(page: str, article: Article | None) -> str:
    if article is None:
        return reverse(f"admin:articles_article_{page}_of_new")
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


def _require_create(request: HttpRequest) -> None:
    if not rules.is_permitted(editor(request), Action.CREATE):
        raise PermissionDenied
