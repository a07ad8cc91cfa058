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
    until then whatever is noted about it replaces that. The articles are locked until the caller's
    transaction ends, so that two who note one agree about what readers saw last. Three queries for
    any number of articles, and one that writes.
    """
    ids = sorted(set(article_ids))
    if not ids:
        return
    now = timezone.now()
    stored = Article.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    articles = [_Now(*row) for row in stored.values_list(*_Now._fields)]
    Change.objects.filter(article__in=ids, position__isnull=True, at__gt=now).delete()
    last = {change.article_id: change for change in Change.objects.latest_of(ids)}
    noted = (_changes(article, last.get(article.pk), now, corrected) for article in articles)
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
    public_from = None if article.deindexed_at else article.public_from
    change = Change(article_id=article.pk, at=now, path=article.path or "")
    if public_from is None or public_from > now:
        if last is not None and last.kind not in TOMBSTONES:
            is_withdrawn = article.status == Status.WITHDRAWN
            change.kind = ChangeKind.WITHDRAWN if is_withdrawn else ChangeKind.REMOVED
            # The address at which readers had it; another is none of theirs.
            change.path = last.path
            yield change
        if public_from is not None:
            yield Change(
                article_id=article.pk,
                kind=ChangeKind.PUBLISHED,
                at=public_from,
                path=article.path or "",
            )
        return
    if last is None or last.kind in TOMBSTONES:
        change.kind = ChangeKind.PUBLISHED
    elif last.path != change.path:
        change.kind, change.former_path = ChangeKind.MOVED, last.path
    else:
        change.kind = ChangeKind.CORRECTED if corrected else ChangeKind.UPDATED
    yield change
