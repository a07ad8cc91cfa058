"""Which people, tags and so on readers may know of at all."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils import timezone

from articles.models import ListingEntry, ListingKind

Row = TypeVar("Row", bound=Model)


def listed(
    rows: QuerySet[Row], kind: ListingKind, at: datetime | None = None, *, findable: bool = False
) -> QuerySet[Row]:
    """The entities of ``kind`` among ``rows`` that a public article stands under, now or ``at``;
    ``findable``, one that was not taken out of search.

    What only a draft names is not public either: the name alone may be the news.
    """
    entries = ListingEntry.objects.filter(
        kind=kind, key=OuterRef("pk"), public_from__lte=at or timezone.now()
    )
    if findable:
        entries = entries.filter(article__deindexed_at__isnull=True)
    return rows.filter(Exists(entries))
