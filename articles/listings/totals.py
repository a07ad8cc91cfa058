"""How many articles lists have in all, and which lists have the most, without counting any."""

from collections.abc import Callable, Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Count, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.freshness import shows_each, shows_list
from articles.listings.presence import has_any
from articles.models import ListingEntry, ListingKind, ListingTotal, Subject
from articles.models.prepared import PreparedRows


class Total(NamedTuple):
    """That the list of ``key`` has so many public articles."""

    key: int
    number: int


def totals(
    kinds: Collection[ListingKind], keys: Collection[int]
) -> dict[tuple[ListingKind, int], int]:
    """The public articles of each of these lists by kind and key; those without any left out.

    Two queries: what is stored, and what of it is due later.
    """
    if not keys:
        return {}
    for kind in kinds:
        for key in keys:
            shows_list(kind, key)
    later = _later(kinds, keys)
    public = {
        (ListingKind(kind), key): count - later.get((kind, key), 0)
        for kind, key, count in _stored(len(kinds))(*kinds, *keys)
    }
    return {listing: count for listing, count in public.items() if count > 0}


def most(
    kind: ListingKind,
    size: int,
    among: QuerySet[Any, Any] | None = None,
    beyond: int | None = None,
    *,
    backwards: bool = False,
) -> list[Total]:
    """The lists of ``kind`` with the most articles, at most ``size``, the longest first.

    ``among`` narrows them to those with one of its keys, a queryset of one column; which lists a
    page then shows is the caller's to say. ``beyond`` is the key after which to begin or,
    ``backwards``, before which to end. Read along the index of the totals, at the same cost however
    far down; so the order is that of the totals, which count what is due later, while ``number``
    does not.
    """
    if among is None:
        shows_each(Subject.LISTS, [kind])
        if beyond is None and not backwards:
            return _public(kind, _longest(kind, timezone.now(), limit=size))
    rows = _with_public(kind, timezone.now())
    if among is not None:
        rows = rows.filter(key__in=among)
    if beyond is not None:
        last = ListingTotal.objects.filter(kind=kind, key=beyond).values_list("count", flat=True)
        rows = rows.filter(_past(last.first() or 0, beyond, backwards=backwards))
    order = ("count", "-key") if backwards else ("-count", "key")
    public = _public(kind, rows.order_by(*order).values_list("key", "count")[:size])
    return public[::-1] if backwards else public


def prepared_most(
    kind: ListingKind, among: Callable[[int], QuerySet[Any, Any]]
) -> Callable[[int, int], list[Total]]:
    """``most`` of ``kind`` among what ``among`` gives for an id, its SQL written once: takes the id
    and the size."""
    read = PreparedRows(
        (datetime, int),
        lambda now, key: _in_order(_with_public(kind, now).filter(key__in=among(key))),
    )
    return lambda key, size: _public(kind, read(timezone.now(), key, limit=size))


def listed_parts(kind: ListingKind, size: int) -> list[int]:
    """Which parts of the keys of ``kind`` have a list with a public article: part 1 has the keys
    from 1 to ``size``, and so on. A query for each part that has one, and one more."""
    shows_each(Subject.LISTS, [kind])
    rows = _with_public(kind, timezone.now()).order_by("key")
    parts: list[int] = []
    while True:
        beyond = parts[-1] * size if parts else 0
        key = rows.filter(key__gt=beyond).values_list("key", flat=True).first()
        if key is None:
            return parts
        parts.append(-(-key // size))


def _with_public(kind: int, now: datetime) -> QuerySet[ListingTotal, Any]:
    """The totals of the lists of ``kind`` with an article that is public ``now``."""
    entries = ListingEntry.objects.filter(
        kind=OuterRef("kind"), key=OuterRef("key"), public_from__lte=now
    )
    return ListingTotal.objects.filter(has_any(entries), kind=kind, count__gt=0)


def _in_order(rows: QuerySet[ListingTotal, Any]) -> QuerySet[ListingTotal, Any]:
    return rows.order_by("-count", "key").values_list("key", "count")


_longest = PreparedRows((int, datetime), lambda kind, now: _in_order(_with_public(kind, now)))


@cache
def _stored(kinds: int) -> PreparedRows:
    """The totals of lists of so many kinds: takes these and then the keys."""
    return PreparedRows(
        int,
        lambda *numbers: ListingTotal.objects.filter(
            kind__in=numbers[:kinds], key__in=numbers[kinds:], count__gt=0
        ).values_list("kind", "key", "count"),
    )


@cache
def _due(kinds: int) -> PreparedRows:
    """How many articles such lists have that are due after a moment, which comes first."""
    return PreparedRows(
        (datetime, int),
        lambda now, *numbers: (
            ListingEntry.objects.filter(
                kind__in=numbers[:kinds], key__in=numbers[kinds:], public_from__gt=now
            )
            .order_by()
            .values_list("kind", "key")
            .annotate(number=Count("*"))
        ),
    )


def _public(kind: ListingKind, found: Collection[tuple[int, int]]) -> list[Total]:
    """The lists ``found``, each a key and the articles that it counts, without those due later."""
    later = _later([kind], [key for key, _ in found])
    return [Total(key, count - later.get((kind, key), 0)) for key, count in found]


def _past(count: int, key: int, *, backwards: bool) -> Q:
    """Those after the list of ``key``, which has ``count``, or before it."""
    if backwards:
        return Q(count__gt=count) | Q(count=count, key__lt=key)
    return Q(count__lt=count) | Q(count=count, key__gt=key)


def _later(kinds: Collection[int], keys: Collection[int]) -> dict[tuple[int, int], int]:
    """How many articles of each of these lists are due later."""
    if not keys:
        return {}
    rows = _due(len(kinds))(timezone.now(), *kinds, *keys)
    return {(kind, key): number for kind, key, number in rows}
