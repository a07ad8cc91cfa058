"""Reads articles from the database straight into the form in which the API gives them.

A handful of flat queries for any number of articles, and no model instances between the rows and
the answer. ``ArticleSerializer`` declares the shape, ``FIELDS`` says what each key is made of, and
only what was asked for is read.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import F, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from articles.api.links import Links, Reference
from articles.api.references import references
from articles.api.serializers.comments import CommentSerializer
from articles.api.serializers.images import IMAGE_COLUMNS, image_answer
from articles.api.serializers.revisions import RevisionSerializer
from articles.api.visibility import public_comments, public_revisions
from articles.comments.policy import policy_from
from articles.comments.submission import TAKING
from articles.models import (
    Article,
    CommentPolicy,
    CommentRules,
    Correction,
    EntityKind,
    Status,
)
from articles.models.prepared import PreparedRows

Row = dict[str, Any]
Answer = dict[str, Any]
ByArticle = Mapping[int, Any]

COMMENTS_INCLUDED = 20
"""Comments that ``include=comments`` gives of each article; ``comments.url`` has them all."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the answer: the columns it is made of, names in ``RELATED`` included, and how."""

    build: Callable[[Row, Links], Any]
    columns: tuple[str, ...]


def load(
    ids: Sequence[int],
    fields: Collection[str],
    links: Links,
    *,
    with_comments: bool = False,
    may_be_read: Callable[[Row], bool] | None = None,
) -> list[Answer]:
    """The articles ``ids``, in that order, each with these ``fields``; without those that
    ``may_be_read`` does not hold for, which is asked with a row, or else those that are not public.

    ``fields`` are keys of ``FIELDS``, and the answer has them in the order they stand there.
    ``with_comments`` adds the first comments to the key ``comments``.
    """
    wanted = {name: field for name, field in FIELDS.items() if name in fields}
    if with_comments and "comments" in wanted:
        wanted["comments"] = COMMENTS_WITH_RESULTS
    columns = {column for field in wanted.values() for column in field.columns}
    may_be_read = may_be_read or _are_public(timezone.now())
    rows = {row["id"]: row for row in _stored(ids, "body" in columns) if may_be_read(row)}
    if not rows:
        return []
    for name in columns & RELATED.keys():
        related = RELATED[name](list(rows), links)
        for pk, row in rows.items():
            row[name] = related[pk]
    return [
        {name: field.build(rows[pk], links) for name, field in wanted.items()}
        for pk in ids
        if pk in rows
    ]


def _are_public(now: datetime) -> Callable[[Row], bool]:
    """What ``visibility.public_articles`` says, for a row."""
    return lambda row: (
        row["public_from"] is not None and row["public_from"] <= now and row["deindexed_at"] is None
    )


def _stored(ids: Sequence[int], with_body: bool) -> Iterable[Row]:
    """The articles' own rows, with those they belong to; all columns but the body, which is most of
    it, since for a choice of them SQL would have to be written anew."""
    if not ids:
        return []
    names, read = ([*_COLUMNS, "body"], _WHOLE) if with_body else (_COLUMNS, _LIGHT)
    return (dict(zip(names, row, strict=True)) for row in read(*ids))


# Rows that refer to articles, each kind of them in one query


_printed = PreparedRows(
    int,
    lambda *ids: (
        Correction.objects.filter(article__in=ids)
        .order_by("-created_at", "-id")
        .values_list(
            "article", "id", "kind", "wrong", "text", "paragraph", "placement", "created_at"
        )
    ),
)


def _corrections(ids: Sequence[int], links: Links) -> ByArticle:
    return _grouped(
        ids,
        (
            (
                article,
                {
                    "id": pk,
                    "kind": kind,
                    "wrong": wrong,
                    "text": text,
                    "paragraph": paragraph,
                    "placement": placement,
                    "created_at": created_at.astimezone(links.zone),
                },
            )
            for article, pk, kind, wrong, text, paragraph, placement, created_at in _printed(*ids)
        ),
    )


def _comments(ids: Sequence[int], links: Links) -> ByArticle:
    rank = Window(RowNumber(), partition_by=F("article"), order_by=F("path").asc())
    comments = (
        public_comments()
        .filter(article__in=ids)
        .annotate(rank=rank)
        .filter(rank__lte=COMMENTS_INCLUDED)
        .threaded()
    )
    serializer = CommentSerializer(context={"links": links})
    return _grouped(ids, ((c.article_id, serializer.to_representation(c)) for c in comments))


def _revisions(ids: Sequence[int], links: Links) -> ByArticle:
    serializer = RevisionSerializer(context={"links": links})
    revisions = public_revisions().filter(article__in=ids).order_by("-number")
    return _grouped(ids, ((r.article_id, serializer.to_representation(r)) for r in revisions))


RELATED: dict[str, Callable[[Sequence[int], Links], ByArticle]] = {
    "references": references,
    "corrections": _corrections,
    "approved_comments": _comments,
    "revisions": _revisions,
}


# Keys of the answer


def _column(name: str) -> Field:
    return Field(lambda row, _: row[name], (name,))


def _moment(name: str) -> Field:
    return Field(
        lambda row, links: row[name].astimezone(links.zone) if row[name] else None, (name,)
    )


def _changed_at(row: Row, links: Links) -> datetime:
    """When readers last saw a change: when it was made, or when its hour came."""
    changed: datetime = row["updated_at"]
    begun: datetime | None = row["public_from"]
    if begun is not None and changed < begun <= timezone.now():
        changed = begun
    return changed.astimezone(links.zone)


def _reference(row: Row, links: Links, kind: str, column: str) -> Reference | None:
    if row[column] is None:
        return None
    return links.reference(kind, row[column], row[f"{column}__name"], row[f"{column}__slug"])


def _referred(kind: str) -> Field:
    return Field(lambda row, _: row["references"][kind], ("references",))


def _dateline(row: Row, links: Links) -> Answer:
    return {
        "place": _reference(row, links, "place", "dateline_place"),
        "text": row["dateline_text"],
        "date": row["dateline_date"],
        "year_is_guess": row["dateline_year_is_guess"],
    }


def _image(row: Row, links: Links) -> Answer | None:
    return image_answer(row, links, prefix="lead_image__") if row["lead_image__id"] else None


@cache
def _rules(policy: str | None, close_after_days: int | None) -> CommentRules:
    """The rules for comments, of which only these two say who may; None on a new site."""
    if policy is None or close_after_days is None:
        return CommentRules()
    return CommentRules(policy=policy, close_after_days=close_after_days)


def _discussion(row: Row, links: Links) -> Answer:
    policy = policy_from(
        row["comment_policy"],
        row["section__comment_policy"],
        row["published_at"],
        _rules(row["rules_policy"], row["rules_close_after_days"]),
    )
    return {
        "open": policy in TAKING,
        "count": 0 if policy is CommentPolicy.HIDDEN else row["comment_count"],
        "url": f"{links.endpoint('article', row['id'])}comments/",
    }


def _discussion_with_comments(row: Row, links: Links) -> Answer:
    return _discussion(row, links) | {"results": row["approved_comments"]}


DISCUSSION = (
    "comment_policy",
    "section__comment_policy",
    "published_at",
    "comment_count",
    "rules_policy",
    "rules_close_after_days",
)

FIELDS: dict[str, Field] = {
    "id": _column("id"),
    "url": Field(lambda row, links: links.endpoint("article", row["id"]), ("id",)),
    # A draft, which only its desk is given, has no page yet.
    "html_url": Field(
        lambda row, links: links.page(row["path"]) if row["path"] else None, ("path",)
    ),
    "headline": _column("headline"),
    "slug": _column("slug"),
    "summary": _column("summary"),
    "body": _column("body"),
    "dateline": Field(
        _dateline,
        (
            "dateline_place",
            "dateline_place__name",
            "dateline_place__slug",
            "dateline_text",
            "dateline_date",
            "dateline_year_is_guess",
        ),
    ),
    # One that was scheduled, and whose hour has come, is published as far as readers go.
    "status": Field(lambda *_: Status.PUBLISHED.value, ()),
    "published_at": _moment("published_at"),
    "updated_at": Field(_changed_at, ("updated_at", "public_from")),
    "language": _column("language"),
    "section": Field(
        lambda row, links: _reference(row, links, "section", "section"),
        ("section", "section__name", "section__slug"),
    ),
    "authors": _referred("author"),
    "tags": _referred("tag"),
    "places": _referred(EntityKind.PLACE),
    "people": _referred(EntityKind.PERSON),
    "organisations": _referred(EntityKind.ORGANISATION),
    "image": Field(_image, tuple(f"lead_image__{name}" for name in IMAGE_COLUMNS)),
    "corrections": _column("corrections"),
    "comments": Field(_discussion, DISCUSSION),
    "revision": _column("revision"),
    "source": _column("source"),
    "word_count": _column("word_count"),
    "revisions": _column("revisions"),
}

COMMENTS_WITH_RESULTS = Field(_discussion_with_comments, (*DISCUSSION, "approved_comments"))

ON_REQUEST = ("body", "comments", "revisions")
"""What ``include`` can add; ``body`` and ``revisions`` are not in a list without it."""

IN_LIST = tuple(name for name in FIELDS if name not in ("body", "revisions"))
IN_DETAIL = tuple(name for name in FIELDS if name != "revisions")


def _grouped(ids: Iterable[int], pairs: Iterable[tuple[int, Any]]) -> ByArticle:
    groups: dict[int, list[Any]] = {pk: [] for pk in ids}
    for article, answer in pairs:
        groups[article].append(answer)
    return groups


_RULES = CommentRules.objects.filter(pk=1).order_by()
"""One row, the same for all articles, which a database reads once for the whole statement."""


def _by_ids(*columns: str) -> PreparedRows:
    return PreparedRows(
        int,
        lambda *ids: (
            Article.objects.filter(pk__in=ids)
            .order_by()
            .annotate(
                rules_policy=Subquery(_RULES.values("policy")),
                rules_close_after_days=Subquery(_RULES.values("close_after_days")),
            )
            .values_list(*columns)
        ),
    )


_COLUMNS = sorted(
    {"id", "public_from", "deindexed_at"}.union(*(field.columns for field in FIELDS.values()))
    - {"body", *RELATED}
)
_LIGHT, _WHOLE = _by_ids(*_COLUMNS), _by_ids(*_COLUMNS, "body")
