"""The statements that lists are read with, each written once and kept."""

from datetime import datetime
from functools import partial
from itertools import product
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value

from articles.models import Article, ListingCount, ListingEntry, ListingTotal
from articles.models.prepared import PreparedRows

Order = tuple[str, str]
NEWEST: Order = ("-public_from", "-article_id")
OLDEST: Order = ("public_from", "article_id")
UNFINDABLE = 0

_BOUNDS = (int, int, datetime, datetime)
_ORDERS = tuple(product((False, True), (NEWEST, OLDEST)))


def _of_list(
    is_findable: bool, order: Order, kind: int, key: int, since: datetime, until: datetime
) -> QuerySet[ListingEntry, Any]:
    rows = ListingEntry.objects.filter(
        kind=kind, key=key, public_from__gte=since, public_from__lt=until
    )
    if is_findable:
        rows = rows.filter(article__deindexed_at__isnull=True)
    return rows.order_by(*order).values_list("public_from", "article_id")


def _beyond(is_findable: bool, order: Order, *bounds: Any) -> QuerySet[ListingEntry, Any]:
    *span, moment, article = bounds
    comparison = "lt" if order is NEWEST else "gt"
    # The span must end at the moment: of two bounds of a column SQLite takes one for the index, and
    # may walk the whole list to the other.
    return _of_list(is_findable, order, *span).filter(
        Q((f"public_from__{comparison}", moment)) | Q((f"article_id__{comparison}", article))
    )


def _taken_out(kind: int, key: int) -> QuerySet[ListingEntry, Any]:
    """A list's entries of articles that were taken out of search, which are few."""
    # The articles first: were kind and key not hidden in sums, a database would walk the whole
    # list for them.
    return ListingEntry.objects.alias(its_kind=F("kind") + 0, its_key=F("key") + 0).filter(
        its_kind=kind,
        its_key=key,
        article__in=Article.objects.filter(deindexed_at__isnull=False).order_by().values("pk"),
    )


def _less(entries: QuerySet[ListingEntry, Any]) -> QuerySet[ListingEntry, Any]:
    """One row: how many there are of ``entries``, below nothing."""
    return (
        entries.order_by().values(of_all=Value(0)).annotate(less=-Count("pk")).values_list("less")
    )


entries = {one: PreparedRows(_BOUNDS, partial(_of_list, *one)) for one in _ORDERS}
"""Publication and article of a list's entries in a half-open span of time, by whether those alone
are wanted that can be found by search, and the order."""

entries_beyond = {
    one: PreparedRows((*_BOUNDS, datetime, int), partial(_beyond, *one)) for one in _ORDERS
}
"""The same from a moment and an article on, neither of them included."""

counts = PreparedRows(
    int,
    lambda kind, key, first, last: (
        ListingCount.objects.filter(
            kind=kind, key=key, month__gte=first, month__lte=last, count__gt=0
        )
        .order_by("-month")
        .values_list("month", "count")
    ),
)
"""The months of a list, from one to another, and how many articles each has."""

of_day = PreparedRows(
    (int, *_BOUNDS),
    lambda day, *bounds: (
        _of_list(False, NEWEST, *bounds)
        .order_by()
        .values(day=Value(day))
        .annotate(number=Count("pk"))
        .values_list("day", "number")
    ),
)
"""The number of a day, as it was given, and how many entries a list has in its span."""

unfindable = PreparedRows(
    int, lambda kind, key: _taken_out(kind, key).values_list("public_from", Value(UNFINDABLE))
)
"""When those of a list were published that cannot be found, each with ``UNFINDABLE``."""

total = PreparedRows(
    int,
    lambda kind, key: ListingTotal.objects.filter(kind=kind, key=key).values_list("count"),
)
"""How many articles a list has, and what is to be added to it: less those due in a span of time,
less those that cannot be found and were published before a moment."""
total_less_due = PreparedRows(_BOUNDS, lambda *bounds: _less(_of_list(False, NEWEST, *bounds)))
total_less_unfindable = PreparedRows(
    (int, int, datetime),
    lambda kind, key, until: _less(_taken_out(kind, key).filter(public_from__lt=until)),
)
