"""Quick search over everything that the desk keeps, one box for all of it."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import F, Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.article.finding import find, names_one
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.rules import Action
from articles.models import (
    Article,
    Author,
    Comment,
    Image,
    Organisation,
    Person,
    Place,
    Section,
    Tag,
)
from articles.search import Criteria, CriteriaError
from articles.text.characters import printable

SHOWN = 6
"""Results of a kind; the kind's own list has the others."""

LONGEST = 200
"""Characters of what is typed that are looked at."""

_KINDS: tuple[type[Model], ...] = (
    Place, Person, Organisation, Tag, Author, Section, Image, Comment, User
)  # fmt: skip


class Result(NamedTuple):
    """A row that was found: what it is called, its page at the desk, and a word about it."""

    text: str
    address: str
    note: str = ""


class Group(NamedTuple):
    """What was found of one kind; ``more`` leads to the rest, if there is any."""

    title: str
    results: list[Result]
    more: str


def quick_search(request: HttpRequest) -> HttpResponse:
    """``/admin/search/?q=``: a few results of each kind that whoever asks may see.

    An article's address or #number leads straight to it.
    """
    typed = printable(request.GET.get("q", "")).strip()[:LONGEST]
    articles, notes = _articles(request, typed) if typed else ([], ())
    if articles and names_one(typed):
        return HttpResponseRedirect(_page(articles[0]))
    groups = list(_groups(request, typed, articles)) if typed else []
    context = {
        **admin.site.each_context(request),
        "title": f"Search: {typed}" if typed else "Search",
        "quick_search": typed,
        "groups": groups,
        "notes": notes,
    }
    return TemplateResponse(request, "admin/search.html", context)


def _groups(request: HttpRequest, typed: str, articles: list[Article]) -> Iterator[Group]:
    yield from _group(Article, typed, [Result(str(a), _page(a), _state(a)) for a in articles])
    for model in _KINDS:
        page: Any = admin.site.get_model_admin(model)
        if page.has_view_permission(request):
            everything = page.get_queryset(request)
            rows, _ = page.get_search_results(request, everything, typed)
            results = [Result(page.label(row), _page(row)) for row in rows[: SHOWN + 1]]
            yield from _group(model, typed, results)


def _group(model: type[Model], typed: str, results: list[Result]) -> Iterator[Group]:
    if results:
        options = model._meta
        address = reverse(f"admin:{options.app_label}_{options.model_name}_changelist")
        more = f"{address}?{urlencode({'q': typed})}" if len(results) > SHOWN else ""
        page: Any = admin.site.get_model_admin(model)
        yield Group(page.list_name, results[:SHOWN], more)


def _articles(request: HttpRequest, typed: str) -> tuple[list[Article], Sequence[str]]:
    """Those that may be seen, what is not public on top, then the newest; and what is to be said of
    the words."""
    if not rules.is_permitted(request.user, Action.READ):
        return [], ()
    try:
        ids, notes = find(Criteria(typed))
    except CriteriaError as error:
        return [], [str(error)]
    articles = rules.visible_to(editor(request), Article.objects.defer("body", "summary"))
    newest = articles.filter(pk__in=ids).order_by(F("public_from").desc(nulls_first=True), "-id")
    return list(newest[: SHOWN + 1]), notes


def _state(article: Article) -> str:
    day = f", {article.published_at:%Y-%m-%d}" if article.published_at else ""
    return f"{article.get_status_display()}{day}"


def _page(row: Model) -> str:
    options = row._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[row.pk])
