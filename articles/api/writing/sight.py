"""Which entries and pictures a request may read: all that a write may name, change or tell of."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.contrib.auth.models import User
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from rest_framework.request import Request

from articles.api.authentication import holder, reader_of_drafts
from articles.api.visibility import public_entities, public_images
from articles.api.writing.rights import has_right
from articles.editing.rules import visible_to
from articles.models import (
    Article,
    AuditEntry,
    Author,
    Image,
    ListingKind,
    Organisation,
    Person,
    Scope,
    Tag,
)
from articles.pictures.uploading import UPLOADED

Row = TypeVar("Row", bound=Model)
Sight = Callable[[QuerySet[Any]], QuerySet[Any]]
"""Leaves those of some rows that somebody may read."""

_LISTINGS: Mapping[type[Model], ListingKind] = {
    Author: ListingKind.AUTHOR,
    Organisation: ListingKind.ORGANISATION,
    Person: ListingKind.PERSON,
    Tag: ListingKind.TAG,
}
"""Of these public is what a public article stands under; places and sections all are."""

_IN_ARTICLES: Mapping[type[Model], tuple[str, ...]] = {
    Author: ("authors",),
    Image: ("lead_image", "illustrations__image"),
    Organisation: ("mentions__organisation",),
    Person: ("mentions__person",),
    Tag: ("tags",),
}
_BROUGHT_IN = ("add", UPLOADED)


def readable(request: Request, rows: QuerySet[Row], *, is_list: bool = False) -> QuerySet[Row]:
    """Those of ``rows`` that are public; with a key that reads drafts, what its account finds at
    the desk. One that writes is also shown, but in no list, what its account brought in and what
    stands in the articles that it began: it can use what it has made."""
    model = rows.model
    if model is not Image and model not in _LISTINGS:
        return rows
    viewer = reader_of_drafts(request)
    if viewer and has_right(viewer, "view", model):
        return rows
    public = _public(model).filter(pk=OuterRef("pk"))
    writer = None if is_list else holder(request, Scope.WRITE)
    return rows.filter(Exists(public) | _of(writer, model) if writer else Exists(public))


def _public(model: type[Model]) -> QuerySet[Any]:
    if model is Image:
        return public_images()
    return public_entities(model._default_manager.all(), _LISTINGS[model])


def _of(writer: User, model: type[Model]) -> Q:
    """For a row of ``model``: ``writer`` brought it in, or has it in an article of their own."""
    brought_in = AuditEntry.objects.filter(
        user=writer,
        action__in=_BROUGHT_IN,
        kind=model._meta.model_name or "",
        object_id=OuterRef("pk"),
    )
    own = visible_to(writer, Article.objects.filter(created_by=writer.pk)).order_by()
    condition = Q(Exists(brought_in))
    for path in _IN_ARTICLES[model]:
        condition |= Q(Exists(own.filter(**{path: OuterRef("pk")})))
    return condition
