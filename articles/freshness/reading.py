"""What has been purged since some position, each purge once, and what the clock made public."""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connections, router
from django.db.models import Q, QuerySet
from django.utils import timezone

from articles.freshness.shown import WHOLE, Span, Thing, microseconds
from articles.models import EVERY, Article, ListingEntry, Purge, Subject
from articles.models.article_facets import list_number

MOST_READ = 5_000
"""Purges read at a time."""


class Purged(NamedTuple):
    """A thing that changed, and of a list the span; ``id`` is the purge's, 0 for the clock."""

    id: int
    thing: Thing
    span: Span = WHOLE


def position() -> int:
    """How far purges go now. Of what is committed later, none lies before it."""
    connection = connections[router.db_for_write(Purge)]
    with connection.cursor() as cursor:
        cursor.execute(_POSITIONS[connection.vendor])
        (found,) = cursor.fetchone()
        return int(found)


# On PostgreSQL the oldest transaction still under way, whose purges are yet to be seen.
_POSITIONS = {
    "postgresql": "SELECT pg_snapshot_xmin(pg_current_snapshot())::text",
    "sqlite": "SELECT coalesce(max(id), 0) + 1 FROM articles_purge",
}


def purged_since(position: int, things: Collection[Thing] | None = None) -> list[Purged]:
    """What was purged at or after ``position``, in no order, at most ``MOST_READ`` and one more; on
    PostgreSQL perhaps some of what could be seen there already. With ``things``, only what may
    concern one of them."""
    rows = _since(position)
    if things is not None:
        subjects = {subject for subject, _ in things}
        rows = rows.filter(subject__in=subjects)
        keys = {key for _, key in things}
        every = {subject for subject, key in things if key == EVERY}
        rows = rows.filter(Q(key__in=keys | {EVERY}) | Q(subject__in=every))
    columns = rows.order_by().values_list("id", "subject", "key", "first", "last")
    return [
        Purged(pk, (subject, key), Span(first, last))
        for pk, subject, key, first, last in columns[: MOST_READ + 1]
    ]


def purges_from(position: int) -> Iterator[Purged]:
    """Everything that was purged at or after ``position``, read in portions along the index: memory
    does not grow with it."""
    rows = portion = _since(position).order_by("transaction_id", "id")
    while found := list(portion.values_list(*_COLUMNS)[:MOST_READ]):
        for pk, _, subject, key, first, last in found:
            yield Purged(pk, (subject, key), Span(first, last))
        # In SQLite all transactions are numbered 0.
        pk, transaction, *_ = found[-1]
        beyond = Q(transaction_id__gt=transaction) | Q(pk__gt=pk, transaction_id=transaction)
        portion = rows.filter(beyond, transaction_id__gte=transaction)


_COLUMNS = ("id", "transaction_id", "subject", "key", "first", "last")


def _since(position: int) -> QuerySet[Purge]:
    alias = router.db_for_write(Purge)
    rows = Purge.objects.using(alias)
    if connections[alias].vendor == "postgresql":
        return rows.filter(transaction_id__gte=position)
    return rows.filter(pk__gte=position)


def due_between(after: datetime, until: datetime) -> list[Purged]:
    """What the clock alone changed after one moment and up to another: the articles that came due,
    the lists they stand in and the articles that they bring up to date."""
    due = Article.objects.filter(public_from__gt=after, public_from__lte=until)
    ids = list(due.order_by().values_list("pk", "updates")[: MOST_READ + 1])
    return [*_of_articles(ids), *_of_entries([pk for pk, _ in ids])] if ids else []


def next_due(after: datetime | None = None) -> datetime | None:
    """The next moment at which an article comes due by itself."""
    ahead = Article.objects.filter(public_from__gt=after or timezone.now())
    return ahead.order_by("public_from", "pk").values_list("public_from", flat=True).first()


def _of_articles(ids: list[tuple[int, int | None]]) -> Iterator[Purged]:
    for pk in {pk for pair in ids for pk in pair if pk}:
        yield Purged(0, (Subject.ARTICLE.value, pk))
    for subject in (Subject.COMMENTS, Subject.CORRECTIONS):
        yield Purged(0, (subject.value, EVERY))


def _of_entries(article_ids: list[int]) -> Iterator[Purged]:
    rows = ListingEntry.objects.filter(article__in=article_ids).order_by()
    for kind, key, moment in rows.values_list("kind", "key", "public_from"):
        at = microseconds(moment)
        yield Purged(0, (Subject.LISTS.value, kind))
        yield Purged(0, (Subject.LIST.value, list_number(kind, key)), Span(at, at))
