"""Which people, tags and so on readers may know of at all."""

from datetime import datetime
from typing import TypeVar

from django.db.models import Model, OuterRef, QuerySet, Subquery
from django.db.models.lookups import IsNull
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
    return rows.filter(has_any(entries))


def has_any(entries: QuerySet[ListingEntry]) -> IsNull:
    """Whether there is one of ``entries``, which refer to the row that is asked about.

    Looked up for each row, of which there are few: for EXISTS, PostgreSQL may read every entry of
    the kind and join.
    """
    return IsNull(Subquery(entries.order_by().values("article_id")[:1]), False)
