"""Writes listing entries and the counts per month, for a batch of articles at a time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.db import connection, transaction
from django.utils import timezone

from articles import freshness
from articles.listings.calendar import month_of
from articles.listings.counts import miscounts, mistotals
from articles.listings.weights import reweighed
from articles.models import (
    EVERY,
    Article,
    Byline,
    Containment,
    Correction,
    EntityKind,
    ListingCount,
    ListingEntry,
    ListingKind,
    ListingTotal,
    Mention,
    MentionRole,
    Subject,
    Tagging,
    rows,
)
from articles.models.article_facets import list_number
from articles.models.rows import insert_values

BATCH = 500
_LONGEST_TRANSACTION = timedelta(minutes=15)


class Entry(NamedTuple):
    """A row of ``ListingEntry``; the fields are its columns."""

    article: int
    kind: int
    key: int
    public_from: datetime


@transaction.atomic
def refresh(article_ids: Iterable[int]) -> None:
    """Make the entries and counts of these articles follow what the database says of them now.

    Costs a constant number of queries, whatever the number of articles; call it with some
    hundreds at a time. The articles are locked until the caller's transaction ends, so that two
    writers cannot count one article twice.
    """
    ids = sorted(set(article_ids))
    if not ids:
        return
    locked = Article.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    articles = list(locked.values_list("pk", "updates", "comment_count"))
    present = _present(ids)
    wanted = set(_entries(ids))
    gone = present.keys() - wanted
    new = wanted - present.keys()
    ListingEntry.objects.filter(pk__in=[present[entry] for entry in gone]).delete()
    rows.insert(ListingEntry, Entry._fields, sorted(new))
    changes = Counter((entry.kind, entry.key, month_of(entry.public_from)) for entry in new)
    changes.subtract((entry.kind, entry.key, month_of(entry.public_from)) for entry in gone)
    add_to_counts(changes)
    totals = Counter((entry.kind, entry.key) for entry in new)
    totals.subtract((entry.kind, entry.key) for entry in gone)
    add_to_totals(totals)
    _purge(articles, present.keys() | wanted, gone | new, totals)


def _purge(
    articles: Iterable[tuple[int, int | None, int]],
    entries: Collection[Entry],
    changed: Collection[Entry],
    totals: Counter[tuple[int, int]],
) -> None:
    """Have the pages dropped that show these articles, or the ``changed`` entries of lists. What is
    due later is on no page yet; the clock brings it there, but for what comes due before this
    transaction has ended."""
    soon = timezone.now() + _LONGEST_TRANSACTION
    public = [entry for entry in changed if entry.public_from <= soon]
    of_archive = [entry for entry in entries if entry.kind == ListingKind.ARCHIVE]
    months = {month_of(entry.public_from) for entry in of_archive}
    things = (
        freshness.each(Subject.ARTICLE, {pk for row in articles for pk in row[:2] if pk})
        | freshness.spans((entry.kind, entry.key, entry.public_from) for entry in public)
        | freshness.each(Subject.SITEMAP, months)
        | freshness.each(Subject.WEIGHT, [list_number(*one) for one in reweighed(totals)])
    )
    if any(comments for _, _, comments in articles):
        things |= freshness.each(Subject.COMMENTS, [EVERY])
    appeared = [entry.article for entry in public if entry.kind == ListingKind.ARCHIVE]
    if appeared and Correction.objects.filter(article__in=appeared).exists():
        things |= freshness.each(Subject.CORRECTIONS, [EVERY])
    freshness.purge(things)


def compare(article_ids: Iterable[int]) -> tuple[set[Entry], set[Entry]]:
    """The entries that these articles lack, and those that they have and should not; both are
    empty where ``refresh`` would change nothing. Costs what that costs."""
    ids = sorted(set(article_ids))
    present, wanted = set(_present(ids)), set(_entries(ids))
    return wanted - present, present - wanted


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Put right every entry and count, as after a change of the site's time zone, and return how
    many articles there are. The site stays in service.

    ``progress`` is called with the number of articles done after each batch.
    """
    last = done = 0
    while ids := list(
        Article.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        refresh(ids)
        last = ids[-1]
        done += len(ids)
        if progress:
            progress(done)
    wrong = miscounts()
    while batch := list(islice(wrong, BATCH)):
        # What others count meanwhile they add to the entries too: the difference stays the same.
        add_to_counts(
            Counter({(one.kind, one.key, one.month): one.actual - one.stored for one in batch})
        )
    wrong_totals = mistotals()
    while off := list(islice(wrong_totals, BATCH)):
        add_to_totals(Counter({(one.kind, one.key): one.actual - one.stored for one in off}))
    return done


def _present(ids: list[int]) -> dict[Entry, int]:
    """The stored entries of these articles, with their keys."""
    return {
        Entry(article, kind, key, public_from): pk
        for pk, article, kind, key, public_from in ListingEntry.objects.filter(
            article__in=ids
        ).values_list("pk", "article", "kind", "key", "public_from")
    }


def _entries(ids: list[int]) -> Iterator[Entry]:
    public_from: dict[int, datetime] = {}
    pairs: set[tuple[int, int, int]] = set()
    places: set[tuple[int, int, int]] = set()
    for article, moment, section, dateline in Article.objects.filter(
        pk__in=ids, public_from__isnull=False
    ).values_list("pk", "public_from", "section", "dateline_place"):
        public_from[article] = moment
        pairs.add((article, ListingKind.ARCHIVE, 0))
        if section:
            pairs.add((article, ListingKind.SECTION, section))
        if dateline:
            places.add((article, ListingKind.DATELINE, dateline))
            pairs.add((article, ListingKind.DATELINE_ITSELF, dateline))
    public_ids = list(public_from)
    for article, author in Byline.objects.filter(article__in=public_ids).values_list(
        "article", "author"
    ):
        pairs.add((article, ListingKind.AUTHOR, author))
    for article, tag in Tagging.objects.filter(content_object__in=public_ids).values_list(
        "content_object", "tag"
    ):
        pairs.add((article, ListingKind.TAG, tag))
    for article, kind, place, person, organisation in (
        Mention.objects.shown()
        .filter(article__in=public_ids)
        .exclude(role=MentionRole.FILED_FROM)
        .values_list("article", "kind", "place", "person", "organisation")
    ):
        if kind == EntityKind.PLACE:
            places.add((article, ListingKind.PLACE, place))
            pairs.add((article, ListingKind.PLACE_ITSELF, place))
        elif kind == EntityKind.PERSON:
            pairs.add((article, ListingKind.PERSON, person))
        else:
            pairs.add((article, ListingKind.ORGANISATION, organisation))
    pairs |= places
    outer: dict[int, list[int]] = {}
    for inner, container in Containment.objects.filter(
        inner__in={place for _, _, place in places}
    ).values_list("inner", "outer"):
        outer.setdefault(inner, []).append(container)
    for article, place_list, place in places:
        pairs.update((article, place_list, container) for container in outer.get(place, ()))
    return (
        Entry(article, int(listing), key, public_from[article]) for article, listing, key in pairs
    )


def add_to_counts(changes: Counter[tuple[int, int, int]]) -> None:
    """Add to the articles counted of lists, by kind, key and month."""
    # One order for all writers, so that two of them cannot wait for each other.
    changed = [(*listing, change) for listing, change in sorted(changes.items()) if change]
    if not changed:
        return
    table = connection.ops.quote_name(ListingCount._meta.db_table)
    insert_values(
        connection,
        f"{table} (kind, key, month, count)",
        "(%s, %s, %s, %s)",
        changed,
        f"ON CONFLICT (kind, key, month) DO UPDATE SET count = {table}.count + excluded.count",
    )


def add_to_totals(changes: Counter[tuple[int, int]]) -> None:
    """Add to the articles that lists, by kind and key, have in all."""
    changed = [(*listing, change) for listing, change in sorted(changes.items()) if change]
    if not changed:
        return
    table = connection.ops.quote_name(ListingTotal._meta.db_table)
    insert_values(
        connection,
        f"{table} (kind, key, count)",
        "(%s, %s, %s)",
        changed,
        f"ON CONFLICT (kind, key) DO UPDATE SET count = {table}.count + excluded.count",
    )
