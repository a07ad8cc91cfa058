"""Finds the entry whose page is at a slug, with SQL that is written once."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils import timezone

from articles.listings import listed
from articles.models import ListingKind
from articles.models.prepared import PreparedInstances

Row = TypeVar("Row", bound=Model)


def at_slug(rows: QuerySet[Row], kind: ListingKind | None = None) -> Callable[[str], Row]:
    """What gives the one of ``rows`` at a slug, with those that it selects along, and raises
    Http404 where there is none. With ``kind``, a public article must stand under it."""

    def build(slug: str, now: datetime) -> QuerySet[Row]:
        public = rows if kind is None else listed(rows, kind, now)
        return public.filter(slug=slug).order_by()

    read: PreparedInstances[Row] = PreparedInstances((str, datetime), build)

    def find(slug: str) -> Row:
        for row in read(slug, timezone.now()):
            return row
        raise Http404(f"there is no {slug}")

    return find
