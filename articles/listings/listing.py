"""Reads a page of any list at the same cost, the first and the ten-thousandth."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet, Sum
from django.utils import timezone

from articles.listings.calendar import month_bounds, month_of
from articles.models import Article, ListingCount, ListingEntry, ListingKind


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of a list, newest article first; ``number`` counts from 1."""

    articles: list[Article]
    number: int
    size: int
    count: int

    @property
    def page_count(self) -> int:
        return max(1, -(-self.count // self.size))

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def has_next(self) -> bool:
        return self.number < self.page_count


@dataclass(frozen=True, slots=True)
class Listing:
    """The public articles of one list, such as ``Listing(ListingKind.PLACE, place.pk)``.

    ``since`` and ``until`` narrow it to a half-open span of time.
    """

    kind: ListingKind
    key: int = 0
    since: datetime | None = None
    until: datetime | None = None

    def entries(self) -> QuerySet[ListingEntry]:
        """The list's entries that readers may see now, newest first."""
        return self._entries().filter(public_from__lte=timezone.now())

    def months(self) -> dict[int, int]:
        """How many public articles each month (YYYYMM) has, newest first, empty months left out.

        Exact: months that the span cuts through, and what is due later, are counted on the index.
        """
        counts = ListingCount.objects.filter(kind=self.kind, key=self.key, count__gt=0)
        if self.since:
            counts = counts.filter(month__gte=month_of(self.since))
        if self.until:
            counts = counts.filter(month__lte=month_of(self.until - timedelta.resolution))
        months = dict(counts.order_by("-month").values_list("month", "count"))
        cut = [month for month in months if self._cuts(month)] if self.since or self.until else []
        for month in cut:
            first, after = month_bounds(month)
            months[month] = (
                self._entries().filter(public_from__gte=first, public_from__lt=after).count()
            )
        for month, count in Counter(
            month_of(moment) for moment in self._later().values_list("public_from", flat=True)
        ).items():
            months[month] = months.get(month, 0) - count
        return {month: count for month, count in months.items() if count > 0}

    def years(self) -> dict[int, int]:
        """How many public articles each year has, newest first."""
        return years_of(self.months())

    def count(self) -> int:
        """How many public articles the list has."""
        if self.since or self.until:
            return sum(self.months().values())
        counts = ListingCount.objects.filter(kind=self.kind, key=self.key)
        total: int = counts.aggregate(total=Sum("count", default=0))["total"]
        return total - self._later().count()

    def page(
        self, number: int = 1, size: int = 20, months: dict[int, int] | None = None
    ) -> ListingPage:
        """Page ``number`` of the list; a page past the last has no articles.

        The months' counts tell in which month the page begins, so that at most a month's entries
        are skipped, all of them on the index. Who has asked for ``months`` already passes them.
        """
        if months is None:
            months = self.months()
        skip = (number - 1) * size
        entries = self.entries()
        for month, count in months.items():
            if skip < count:
                entries = entries.filter(public_from__lt=month_bounds(month)[1])
                break
            skip -= count
        else:
            return ListingPage([], number, size, sum(months.values()))
        ids = list(entries.values_list("article", flat=True)[skip : skip + size])
        found = Article.objects.for_listing().in_bulk(ids)
        articles = [found[pk] for pk in ids if pk in found]
        return ListingPage(articles, number, size, sum(months.values()))

    def _entries(self) -> QuerySet[ListingEntry]:
        entries = ListingEntry.objects.filter(kind=self.kind, key=self.key)
        if self.since:
            entries = entries.filter(public_from__gte=self.since)
        if self.until:
            entries = entries.filter(public_from__lt=self.until)
        return entries.order_by("-public_from", "-article_id")

    def _later(self) -> QuerySet[ListingEntry]:
        return self._entries().filter(public_from__gt=timezone.now())

    def _cuts(self, month: int) -> bool:
        first, after = month_bounds(month)
        return bool(
            (self.since and first < self.since < after)
            or (self.until and first < self.until < after)
        )


def years_of(months: dict[int, int]) -> dict[int, int]:
    """The counts of ``months`` (YYYYMM) by year, in the same order."""
    years: Counter[int] = Counter()
    for month, count in months.items():
        years[month // 100] += count
    return dict(years)
