"""The append-only record of what an article said, a chain in which each link seals the last."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.models import Article, Byline, Revision, Tagging

Snapshot = dict[str, Any]

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
    related = _related(articles)
    snapshots = _snapshots(articles, related)
    last = {
        revision.article_id: revision
        for revision in Revision.objects.filter(article__in=ids, number=_LAST_NUMBER)
    }
    now = timezone.now()
    changed: list[Article] = []
    revisions: list[Revision] = []
    for article in articles:
        previous = last.get(article.pk)
        snapshot = snapshots[article.pk]
        if previous and _is_same(previous.snapshot, snapshot):
            continue
        revision = Revision(
            article_id=article.pk,
            number=previous.number + 1 if previous else 1,
            created_at=now,
            editor=by,
            actor=actor,
            reason=reason,
            is_minor=minor,
            public_from=related[article.pk]["public_from"],
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


def _is_same(before: Snapshot, now: Snapshot) -> bool:
    """Whether nothing has changed; what an earlier version of the program did not keep cannot."""
    return all(now.get(name) == value for name, value in before.items())


def digest(revision: Revision) -> str:
    """The SHA-256, in hexadecimal, that seals a revision and through it all before it."""
    sealed = [
        revision.previous_digest,
        revision.article_id,
        revision.number,
        _iso(revision.created_at),
        revision.actor,
        revision.reason,
        revision.snapshot,
    ]
    canonical = json.dumps(sealed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _related(articles: Iterable[Article]) -> dict[int, Mapping[str, Any]]:
    """What the database knows of the articles beyond their own fields."""
    rows = Article.objects.filter(pk__in=[article.pk for article in articles]).values(
        "pk", "public_from", "section__name", "dateline_place__name", "lead_image__file"
    )
    return {row["pk"]: row for row in rows}


def _snapshots(
    articles: Iterable[Article], related: dict[int, Mapping[str, Any]]
) -> dict[int, Snapshot]:
    rows = list(articles)
    ids = [article.pk for article in rows]
    authors: dict[int, list[tuple[int, str]]] = {pk: [] for pk in ids}
    for article_id, key, name in (
        Byline.objects.filter(article__in=ids)
        .order_by("article", "order", "id")
        .values_list("article", "author", "author__name")
    ):
        authors[article_id].append((key, name))
    tags: dict[int, list[tuple[int, str]]] = {pk: [] for pk in ids}
    for article_id, key, name in (
        Tagging.objects.filter(content_object__in=ids)
        .order_by("content_object", "tag__name")
        .values_list("content_object", "tag", "tag__name")
    ):
        tags[article_id].append((key, name))
    return {
        article.pk: {
            "headline": article.headline,
            "summary": article.summary,
            "body": article.body,
            "language": article.language,
            "status": article.status,
            "path": article.path or "",
            "published_at": _iso(article.published_at),
            "embargo_until": _iso(article.embargo_until),
            "dateline": article.dateline_text,
            "dateline_place": related[article.pk]["dateline_place__name"] or "",
            "section": related[article.pk]["section__name"] or "",
            "image": related[article.pk]["lead_image__file"] or "",
            "authors": [name for _, name in authors[article.pk]],
            "tags": [name for _, name in tags[article.pk]],
            "slug": article.slug,
            "comment_policy": article.comment_policy,
            "dateline_date": article.dateline_date.isoformat() if article.dateline_date else "",
            # Names are for readers; by these a version is restored, whatever they are called now.
            "keys": {
                "section": article.section_id,
                "dateline_place": article.dateline_place_id,
                "image": article.lead_image_id,
                "authors": [pk for pk, _ in authors[article.pk]],
                "tags": [pk for pk, _ in tags[article.pk]],
            },
        }
        for article in rows
    }


def _iso(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat() if moment else ""
