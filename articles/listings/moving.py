"""Gives one list's articles to another list of its kind, as when two entries become one."""

from collections import Counter

from django.db import transaction
from django.db.models import Exists, OuterRef

from articles import freshness
from articles.listings.calendar import month_of
from articles.listings.entries import add_to_counts, add_to_totals
from articles.models import Article, ListingCount, ListingEntry, ListingKind, ListingTotal


@transaction.atomic
def move(kind: ListingKind, source: int, target: int) -> None:
    """Give the list of ``target`` every article in that of ``source``, which is then empty.

    Nobody sees the list without them in between. A constant number of statements; of the articles
    only those that stand in both lists are read. They are locked as by ``refresh``.
    """
    entries = ListingEntry.objects.filter(kind=kind, key=source)
    articles = Article.objects.filter(pk__in=entries.values("article")).order_by("pk")
    list(articles.select_for_update().values_list("pk"))
    in_both = entries.filter(
        Exists(ListingEntry.objects.filter(kind=kind, key=target, article=OuterRef("article")))
    )
    doubles = Counter(map(month_of, in_both.values_list("public_from", flat=True).iterator()))
    counts = ListingCount.objects.filter(kind=kind, key=source)
    months = Counter(dict(counts.values_list("month", "count")))
    months.subtract(doubles)
    ListingEntry.objects.filter(pk__in=in_both.values("pk")).delete()
    entries.update(key=target)
    counts.delete()
    ListingTotal.objects.filter(kind=kind, key=source).delete()
    add_to_counts(Counter({(kind, target, month): count for month, count in months.items()}))
    add_to_totals(Counter({(kind, target): sum(months.values())}))
    freshness.purge(freshness.whole_lists(kind, source, target))
