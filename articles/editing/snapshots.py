"""What an article says, as plain values that can be kept, compared and sealed."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from articles.models import Article, Byline, Image, Tagging

Snapshot = dict[str, Any]


class Present(NamedTuple):
    """What an article says now, and from when readers see it; None when they do not."""

    snapshot: Snapshot
    public_from: datetime | None


def present(articles: Iterable[Article]) -> dict[int, Present]:
    """What each of these stored articles says, by id; in three queries, however many.

    Names are for readers. ``keys`` has the ids behind them, by which a version is restored
    whatever they are called by then.
    """
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
    beside = _beside(ids)
    return {
        article.pk: Present(
            snapshot_of(article, beside[article.pk], authors[article.pk], tags[article.pk]),
            beside[article.pk]["public_from"],
        )
        for article in rows
    }


def snapshot_of(
    article: Article,
    beside: Mapping[str, Any],
    authors: list[tuple[int, str]],
    tags: list[tuple[int, str]],
) -> Snapshot:
    """What ``article`` says. ``beside`` has what stands in other tables: ``section__name``,
    ``dateline_place__name`` and ``lead_image__file``; ``authors`` and ``tags`` are ids and names in
    the order in which they are kept."""
    return {
        "headline": article.headline,
        "summary": article.summary,
        "body": article.body,
        "language": article.language,
        "status": article.status,
        "path": article.path or "",
        "published_at": iso(article.published_at),
        "embargo_until": iso(article.embargo_until),
        "dateline": article.dateline_text,
        "dateline_place": beside["dateline_place__name"] or "",
        "section": beside["section__name"] or "",
        "image": beside["lead_image__file"] or "",
        "authors": [name for _, name in authors],
        "tags": [name for _, name in tags],
        "slug": article.slug,
        "comment_policy": article.comment_policy,
        "dateline_date": article.dateline_date.isoformat() if article.dateline_date else "",
        "keys": {
            "section": article.section_id,
            "dateline_place": article.dateline_place_id,
            "image": article.lead_image_id,
            "authors": [pk for pk, _ in authors],
            "tags": [pk for pk, _ in tags],
        },
    }


def is_same(before: Snapshot, now: Snapshot) -> bool:
    """Whether nothing has changed; what an earlier version of the program did not keep cannot."""
    return all(now.get(name) == value for name, value in before.items())


def pictures(snapshots: Iterable[Snapshot]) -> dict[str, str]:
    """What the lead pictures of these snapshots show, by file."""
    files = {snapshot.get("image") for snapshot in snapshots} - {"", None}
    found = Image.objects.filter(file__in=files).values_list("file", "caption", "alt_text")
    return {file: caption or alt_text for file, caption, alt_text in found}


def iso(moment: datetime | None) -> str:
    """The moment in UTC as ISO 8601; empty for None."""
    return moment.astimezone(UTC).isoformat() if moment else ""


def _beside(ids: list[int]) -> dict[int, Mapping[str, Any]]:
    """What the database knows of the articles beyond their own fields."""
    rows = Article.objects.filter(pk__in=ids).values(
        "pk", "public_from", "section__name", "dateline_place__name", "lead_image__file"
    )
    return {row["pk"]: row for row in rows}
