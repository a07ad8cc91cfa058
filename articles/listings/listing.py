"""Reads a page of any list at the same cost, the first and the ten-thousandth."""

from calendar import monthrange
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from articles.freshness import shows_list
from articles.listings import reading
from articles.listings.calendar import Bounds, day_bounds, month_bounds, month_of
from articles.listings.lines import lines
from articles.listings.reading import NEWEST, OLDEST, UNFINDABLE, Order
from articles.models import Article, ListingEntry, ListingKind
from articles.models.prepared import together

_FIRST, _LAST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
_LARGEST = 2**63 - 1
_FIRST_MONTH, _LAST_MONTH = 101, 999_912
_ALL = 2**62


@dataclass(frozen=True, slots=True)
class ListingPage:
    """One page of a list in its order; ``number`` counts from 1."""

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

    ``since`` and ``until`` narrow it to a half-open span of time, ``findable`` to what was not
    taken out of search; that costs a query more.
    """

    kind: ListingKind
    key: int = 0
    since: datetime | None = None
    until: datetime | None = None
    findable: bool = False

    def entries(self) -> QuerySet[ListingEntry]:
        """The list's entries that readers may see now, newest first."""
        self._show(self.since, self.until)
        entries = ListingEntry.objects.filter(
            kind=self.kind, key=self.key, public_from__lte=timezone.now()
        )
        if self.since:
            entries = entries.filter(public_from__gte=self.since)
        if self.until:
            entries = entries.filter(public_from__lt=self.until)
        if self.findable:
            entries = entries.filter(article__deindexed_at__isnull=True)
        return entries.order_by("-public_from", "-article_id")

    def days(self, year: int, month: int) -> dict[int, int]:
        """How many public articles each day of a month has, days without any left out. One query,
        which counts them on the index."""
        since, until = self.since or _FIRST, min(self.until or _LAST, _now())
        self._show(*month_bounds(year * 100 + month))
        asked = []
        for day in range(1, monthrange(year, month)[1] + 1):
            first, after = day_bounds(date(year, month, day))
            span = max(first, since), min(after, until)
            asked.append(reading.of_day.first(1, day, self.kind, self.key, *span))
        return {day: count for day, count in together(asked) if count}

    def months(self) -> dict[int, int]:
        """How many public articles each month (YYYYMM) has, newest first, empty months left out.

        Exact: months that the span cuts through, and what is due later, are counted on the index.
        """
        self._show(self.since, self.until)
        first = month_of(self.since) if self.since else _FIRST_MONTH
        last = month_of(self.until - timedelta.resolution) if self.until else _LAST_MONTH
        months: dict[int, int] = dict(reading.counts(self.kind, self.key, first, last))
        cut = [
            month
            for month in dict.fromkeys((last, first))
            if month in months and self._cuts(month_bounds(month))
        ]
        corrections = self._corrections(cut)
        if not cut and not corrections:
            return months
        months |= dict.fromkeys(cut, 0)
        for month, change in corrections.items():
            months[month] = months.get(month, 0) + change
        return {month: count for month, count in months.items() if count > 0}

    def years(self) -> dict[int, int]:
        """How many public articles each year has, newest first."""
        return years_of(self.months())

    def count(self) -> int:
        """How many public articles the list has. One query, but where the list is narrowed to a
        span of time."""
        if self.since or self.until:
            return sum(self.months().values())
        self._show()
        now = _now()
        asked = [
            reading.total.first(1, self.kind, self.key),
            reading.total_less_due.first(1, self.kind, self.key, now, _LAST),
        ]
        if self.findable:
            asked.append(reading.total_less_unfindable.first(1, self.kind, self.key, now))
        return sum(count for (count,) in together(asked))

    def newest(self, size: int) -> list[Article]:
        """The first ``size`` articles of the list."""
        return lines(self.newest_ids(size))

    def newest_ids(self, size: int) -> list[int]:
        """The ids of the first ``size`` articles of the list."""
        return [pk for _, pk in self._rows(limit=size)]

    def beyond(
        self, place: tuple[datetime, int] | None, size: int, *, newest_first: bool = True
    ) -> list[tuple[datetime, int]]:
        """Publication and article of the ``size`` entries that follow ``place``, which is such a
        pair itself; without one, of the first. It costs the same anywhere."""
        if place is None:
            place = (_LAST, _LARGEST) if newest_first else (_FIRST, 0)
        read = reading.entries_beyond[self.findable, NEWEST if newest_first else OLDEST]
        since, until = self.since or _FIRST, min(_now(), self.until or _LAST)
        first = since if newest_first else max(since, place[0])
        if newest_first and place[0] < until:
            until = place[0] + timedelta.resolution
        rows: list[tuple[datetime, int]] = read(
            self.kind, self.key, first, until, *place, limit=size
        )
        is_full = bool(rows) and len(rows) == size
        if newest_first:
            self._show(rows[-1][0] if is_full else since, place[0])
        else:
            self._show(place[0], rows[-1][0] if is_full else self.until)
        return rows

    def ends(self) -> list[Article]:
        """The oldest article of the list and the newest; one when it has no other, or none."""
        oldest = self._rows(limit=1, order=OLDEST)
        return lines([*(pk for _, pk in oldest), *self.newest_ids(1)])

    def page(
        self,
        number: int = 1,
        size: int = 20,
        months: dict[int, int] | None = None,
        *,
        oldest_first: bool = False,
    ) -> ListingPage:
        """Page ``number`` of the list; a page past the last has no articles.

        The months' counts tell in which month the page begins, so that at most a month's entries
        are skipped, all of them on the index. Who has asked for ``months`` already passes them.
        """
        if months is None:
            months = self.months()
        skip = (number - 1) * size
        count = sum(months.values())
        for month in reversed(months) if oldest_first else months:
            if skip < months[month]:
                since, until = month_bounds(month)
                if oldest_first:
                    rows = self._rows(since, None, size, skip, order=OLDEST)
                else:
                    rows = self._rows(None, until, size, skip)
                return ListingPage(lines([pk for _, pk in rows]), number, size, count)
            skip -= months[month]
        return ListingPage([], number, size, count)

    def _rows(
        self,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int | None = None,
        offset: int = 0,
        order: Order = NEWEST,
    ) -> list[tuple[datetime, int]]:
        """Publication and article of each entry of this list in that span of time."""
        since = max(since or _FIRST, self.since or _FIRST)
        until = min(until or _LAST, self.until or _LAST)
        read = reading.entries[self.findable, order]
        rows: list[tuple[datetime, int]] = read(
            self.kind, self.key, since, min(until, _now()), limit=limit, offset=offset
        )
        is_full = bool(rows) and len(rows) == limit
        if order is NEWEST:
            self._show(rows[-1][0] if is_full else since, until)
        else:
            self._show(since, rows[-1][0] if is_full else until)
        return rows

    def _show(self, since: datetime | None = None, until: datetime | None = None) -> None:
        """Say that the page being rendered shows this span of the list, both ends included."""
        shows_list(
            self.kind,
            self.key,
            None if since == _FIRST else since,
            None if until == _LAST else until,
        )

    def _corrections(self, cut: Sequence[int]) -> Counter[int]:
        """What to add to the stored counts by month, in one query: to months that are ``cut``, and
        begin at nothing, what they have on the index; from the others is taken what is due later
        and what cannot be found."""
        now, since, until = _now(), self.since or _FIRST, self.until or _LAST
        spans = [
            (max(since, first), min(until, after, now)) for first, after in map(month_bounds, cut)
        ]
        read = reading.entries[self.findable, NEWEST]
        asked = [
            read.first(_ALL, self.kind, self.key, *span)
            for span in [*spans, (max(since, now), until)]
        ]
        if self.findable:
            asked.append(reading.unfindable.first(_ALL, self.kind, self.key))
        corrections: Counter[int] = Counter()
        for moment, article in together(asked):
            month = month_of(moment)
            if month in cut:
                corrections[month] += article != UNFINDABLE and moment < now
            elif article != UNFINDABLE or since <= moment < until:
                corrections[month] -= 1
        return corrections

    def _cuts(self, month: Bounds) -> bool:
        first, after = month
        return bool(
            (self.since and first < self.since < after)
            or (self.until and first < self.until < after)
        )


def _now() -> datetime:
    """The end of what is public now: an article is from its very moment on."""
    return timezone.now() + timedelta.resolution


def years_of(months: dict[int, int]) -> dict[int, int]:
    """The counts of ``months`` (YYYYMM) by year, in the same order."""
    years: Counter[int] = Counter()
    for month, count in months.items():
        years[month // 100] += count
    return dict(years)
