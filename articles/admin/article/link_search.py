"""What the body editor offers as the target of a link, found by name or by words."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.utils import dateformat, timezone
from django.views.decorators.http import require_safe

from articles.admin.article.finding import matching
from articles.admin.base import editor
from articles.editing import rules
from articles.editing.rules import Action
from articles.listings import listed
from articles.models import Article, ListingKind, Organisation, Person, Place, Status, Tag
from articles.text.characters import printable
from articles.text.excerpts import summarise
from articles.text.folding import fold

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
    """The targets that ``q`` names: entities by the beginning of a name, articles by words."""
    viewer = editor(request)
    if not any(rules.is_permitted(viewer, action) for action in (Action.EDIT, Action.CREATE)):
        raise PermissionDenied
    words = " ".join(printable(request.GET.get("q", "")).split())[:LONGEST]
    found = _targets(words, rules.visible_to(viewer, Article.objects.all()))
    return JsonResponse({"results": [target._asdict() for target in found]})


def _targets(words: str, articles: QuerySet[Article]) -> Iterator[Target]:
    if len(words) < SHORTEST:
        return
    places = _called(Place.objects.current().select_related("parent"), words).order_by(
        "-population", "name"
    )
    for place in places[:EACH]:
        inside = f", {place.parent.name}" if place.parent else ""
        detail = f"{place.get_kind_display()}{inside}"
        yield Target("place", place.name, detail, place.get_absolute_url())
    yield from _known("person", _called(Person.objects.current(), words), ListingKind.PERSON)
    organisations = _called(Organisation.objects.current(), words)
    yield from _known("organisation", organisations, ListingKind.ORGANISATION)
    yield from _known("tag", Tag.objects.current().filter(name__istartswith=words), ListingKind.TAG)
    with_address = articles.filter(status__in=[Status.PUBLISHED, Status.SCHEDULED])
    for article in matching(with_address, words).defer("body").order_by("-published_at")[:EACH]:
        yield Target("article", article.headline, _day(article), article.get_absolute_url())


def _called(entities: QuerySet[Any], beginning: str) -> QuerySet[Any]:
    """The entities of which a name begins so, whatever its case and accents."""
    named = entities.model._default_manager.filter(names__folded__startswith=fold(beginning))
    return entities.filter(Q(name__istartswith=beginning) | Q(pk__in=named.values("pk")))


def _known(what: str, found: QuerySet[Any], kind: ListingKind) -> Iterator[Target]:
    """Those found, with word of it where readers find no page yet."""
    entities = {each.pk: each for each in found.order_by("name", "pk")[:EACH]}
    rows: QuerySet[Model] = found.model._default_manager.filter(pk__in=entities)
    public = set(listed(rows, kind).values_list("pk", flat=True)) if entities else set()
    for each in entities.values():
        detail = summarise(each.description, _DETAIL) if each.description else ""
        if each.pk not in public:
            detail = "no page until a public article names it"
        yield Target(what, each.name, detail, each.get_absolute_url())


def _day(article: Article) -> str:
    if not article.is_public():
        return "not public yet"
    assert article.published_at
    return dateformat.format(timezone.localtime(article.published_at), "j F Y")
