"""The checks before publishing, of what stands in the form by now, saved or not."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from articles import editing
from articles.admin.article.desk_page import article_page
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.rules import Action
from articles.models import Article, Image
from articles.text.body import clean


@require_POST
@article_page(Action.EDIT)
def checks(request: HttpRequest, article: Article) -> HttpResponse:
    """The list of findings, to be put into the page."""
    return _found(request, article)


@require_POST
def checks_of_new(request: HttpRequest) -> HttpResponse:
    """The same, of an article that was never saved."""
    if not rules.is_permitted(editor(request), Action.CREATE):
        raise PermissionDenied
    return _found(request, Article())


def _found(request: HttpRequest, article: Article) -> HttpResponse:
    _overlay(article, request.POST.dict())
    context = {"checks": editing.check(article), "original": article if article.pk else None}
    return render(request, "admin/articles/article/_checks.html", context)


def _overlay(article: Article, typed: dict[str, Any]) -> None:
    """Put what the form holds into the article in memory, as saving the form would."""
    if "headline" in typed:
        # A headline that an editor has written is drawn no more, nor is a date a guess.
        article.headline_is_drawn &= typed["headline"] == article.headline
        article.headline = typed["headline"]
    if "body" in typed:
        article.body = clean(typed["body"])
    if "dateline_date" in typed:
        article.dateline_year_is_guess &= typed["dateline_date"] == str(article.dateline_date)
    if "section" in typed:
        article.section_id = _key(typed["section"])
    if "lead_image" in typed and (key := _key(typed["lead_image"])) != article.lead_image_id:
        article.lead_image = Image.objects.filter(pk=key).first() if key else None


def _key(value: str) -> int | None:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 18 else None
