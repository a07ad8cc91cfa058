"""Notes that articles changed, by comparing what readers see now with what they saw last."""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from articles.models import TOMBSTONES, Article, Change, ChangeKind, Status


class _Now(NamedTuple):
    """An article as it stands in the database."""

    pk: int
    path: str | None
    public_from: datetime | None
    deindexed_at: datetime | None
    status: str


@transaction.atomic
def note(article_ids: Iterable[int], *, corrected: bool = False) -> None:
    """Note what became of these stored articles before readers, if anything.

    ``corrected`` says that a correction was printed. An article that was taken out of search is
    as good as removed for who keeps a copy. One that is scheduled is noted ahead, for its time;
    until then whatever is noted about it replaces that. Three queries for any number of articles,
    and one that writes.
    """
    ids = sorted(set(article_ids))
    if not ids:
        return
    now = timezone.now()
    Change.objects.filter(article__in=ids, position__isnull=True, at__gt=now).delete()
    rows = Article.objects.filter(pk__in=ids).order_by("pk").values_list(*_Now._fields)
    last = {change.article_id: change for change in Change.objects.latest_of(ids)}
    noted = (_changes(_Now(*row), last.get(row[0]), now, corrected) for row in rows)
    Change.objects.bulk_create(chain.from_iterable(noted), batch_size=1000)


@transaction.atomic
def note_removal(articles: Collection[Article]) -> None:
    """Note that articles which are about to be deleted for good are gone from readers, if they were
    there."""
    now = timezone.now()
    ids = [article.pk for article in articles]
    Change.objects.filter(article__in=ids, position__isnull=True, at__gt=now).delete()
    Change.objects.bulk_create(
        Change(kind=ChangeKind.REMOVED, at=now, article_id=last.article_id, path=last.path)
        for last in Change.objects.latest_of(ids)
        if last.kind not in TOMBSTONES
    )


def _changes(
    article: _Now, last: Change | None, now: datetime, corrected: bool
) -> Iterator[Change]:
    was_seen = last is not None and last.kind not in TOMBSTONES
    public_from = None if article.deindexed_at else article.public_from
    change = Change(article_id=article.pk, at=now, path=article.path or "")
    if public_from is None or public_from > now:
        if was_seen:
            is_withdrawn = article.status == Status.WITHDRAWN
            change.kind = ChangeKind.WITHDRAWN if is_withdrawn else ChangeKind.REMOVED
            yield change
        if public_from is not None:
            yield Change(
                article_id=article.pk,
                kind=ChangeKind.PUBLISHED,
                at=public_from,
                path=change.path,
            )
        return
    if last is None or last.kind in TOMBSTONES:
        change.kind = ChangeKind.PUBLISHED
    elif last.path != change.path:
        change.kind, change.former_path = ChangeKind.MOVED, last.path
    else:
        change.kind = ChangeKind.CORRECTED if corrected else ChangeKind.UPDATED
    yield change
