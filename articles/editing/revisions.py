"""The append-only record of what an article said, a chain in which each link seals the last."""

import hashlib
import json
from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.editing.snapshots import is_same, iso, present
from articles.models import Article, Revision

_LAST_NUMBER = Subquery(
    Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("number")[:1]
)


def write_revisions(
    articles: Sequence[Article], *, by: User | None, actor: str, reason: str, minor: bool
) -> list[Article]:
    """Add a revision to each article whose content is not that of its last one.

    Stores the new number and the time of change on the articles. Returns those that changed.
    """
    ids = [article.pk for article in articles]
    # Whoever else changes one of them now comes after this revision, and goes on from it.
    list(Article.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    said = present(articles)
    last = {
        revision.article_id: revision
        for revision in Revision.objects.filter(article__in=ids, number=_LAST_NUMBER)
    }
    now = timezone.now()
    changed: list[Article] = []
    revisions: list[Revision] = []
    for article in articles:
        previous = last.get(article.pk)
        snapshot, public_from = said[article.pk]
        if previous and is_same(previous.snapshot, snapshot):
            continue
        revision = Revision(
            article_id=article.pk,
            number=previous.number + 1 if previous else 1,
            created_at=now,
            editor=by,
            actor=actor,
            reason=reason,
            is_minor=minor,
            public_from=public_from,
            snapshot=snapshot,
            previous_digest=previous.digest if previous else "",
        )
        revision.digest = digest(revision)
        revisions.append(revision)
        article.revision = revision.number
        article.updated_at = now
        changed.append(article)
    Revision.objects.bulk_create(revisions)
    numbered: dict[int, list[int]] = {}
    for article in changed:
        numbered.setdefault(article.revision, []).append(article.pk)
    for number, ids in numbered.items():
        Article.objects.filter(pk__in=ids).update(revision=number, updated_at=now)
    return changed


def digest(revision: Revision) -> str:
    """The SHA-256, in hexadecimal, that seals a revision and through it all before it."""
    sealed = [
        revision.previous_digest,
        revision.article_id,
        revision.number,
        iso(revision.created_at),
        revision.actor,
        revision.reason,
        revision.snapshot,
    ]
    canonical = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
