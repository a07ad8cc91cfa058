"""What the body editor offers as the target of a link, found by name or by words."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils import dateformat, timezone
from django.views.decorators.http import require_safe

from articles.admin.article.finding import matching
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.rules import Action
from articles.listings import listed
from articles.models import Article, Organisation, Person, Place, Status, Tag
from articles.text.characters import printable
from articles.text.excerpts import summarise

EACH = 5
"""So many of each kind are offered."""

SHORTEST = 2
LONGEST = 100
_DETAIL = 80


class Target(NamedTuple):
    """Something to link to; ``detail`` tells it from its namesakes."""

    kind: str
    label: str
    detail: str
    url: str


@require_safe
def link_search(request: HttpRequest) -> JsonResponse:
    """The targets that ``q`` names: entries of the vocabulary by a name, articles by words."""
    viewer = editor(request)
    if not any(rules.is_permitted(viewer, action) for action in (Action.EDIT, Action.CREATE)):
        raise PermissionDenied
    words = " ".join(printable(request.GET.get("q", "")).split())[:LONGEST]
    found = _targets(request, words, rules.visible_to(viewer, Article.objects.all()))
    return JsonResponse({"results": [target._asdict() for target in found]})


def _targets(request: HttpRequest, words: str, articles: QuerySet[Article]) -> Iterator[Target]:
    if len(words) < SHORTEST:
        return
    for model in (Place, Person, Organisation, Tag):
        yield from _entries(request, model, words)
    with_address = articles.filter(status__in=[Status.PUBLISHED, Status.SCHEDULED])
    for article in matching(with_address, words).defer("body").order_by("-published_at")[:EACH]:
        yield Target("article", article.headline, _day(article), article.get_absolute_url())


def _entries(request: HttpRequest, model: type[Model], words: str) -> Iterator[Target]:
    """Those that are called so, the best known first, with word of it where readers find no page
    yet."""
    page: Any = admin.site.get_model_admin(model)
    found = list(page.best_known(request, words)[:EACH])
    rows: QuerySet[Model] = model._default_manager.filter(pk__in=[row.pk for row in found])
    public = set(listed(rows, page.listing).values_list("pk", flat=True)) if found else set()
    for row in found:
        detail = page.detail(row) or summarise(row.description, _DETAIL)
        if row.pk not in public and model is not Place:
            detail = "no page until a public article names it"
        yield Target(str(model._meta.verbose_name), row.name, detail, row.get_absolute_url())


def _day(article: Article) -> str:
    if not article.is_public():
        return "not public yet"
    assert article.published_at
    return dateformat.format(timezone.localtime(article.published_at), "j F Y")
