"""Reads articles from the database straight into the form in which the API gives them.

A handful of flat queries for any number of articles, and no model instances between the rows and
the answer. ``ArticleSerializer`` declares the shape, ``FIELDS`` says what each key is made of, and
only what was asked for is read.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.utils.timezone import localtime

from articles.api.links import Links, Reference
from articles.api.references import Line, references
from articles.api.serializers.comments import CommentSerializer
from articles.api.serializers.images import IMAGE_COLUMNS, image_answer
from articles.api.serializers.revisions import RevisionSerializer
from articles.api.visibility import public_articles, public_comments, public_revisions
from articles.comments.policy import policy_from
from articles.models import (
    CommentPolicy,
    CommentRules,
    Correction,
    EntityKind,
    Status,
)

Row = dict[str, Any]
Answer = dict[str, Any]
ByArticle = dict[int, list[Any]]

COMMENTS_INCLUDED = 20
"""Comments that ``include=comments`` gives of each article; ``comments.url`` has them all."""


@dataclass(frozen=True, slots=True)
class Field:
    """A key of the answer: the columns it is made of, names in ``RELATED`` included, and how."""

    build: Callable[[Row, Links], Any]
    columns: tuple[str, ...]


def load(
    ids: Sequence[int], fields: Collection[str], links: Links, *, with_comments: bool = False
) -> list[Answer]:
    """The public ones among the articles ``ids``, in that order, each with these ``fields``.

    ``fields`` are keys of ``FIELDS``, and the answer has them in the order they stand there.
    ``with_comments`` adds the first comments to the key ``comments``.
    """
    wanted = {name: field for name, field in FIELDS.items() if name in fields}
    if with_comments and "comments" in wanted:
        wanted["comments"] = COMMENTS_WITH_RESULTS
    columns = {"id", *(column for field in wanted.values() for column in field.columns)}
    stored = public_articles().filter(pk__in=ids).values(*(columns - RELATED.keys()))
    rows = {row["id"]: row for row in stored}
    if not rows:
        return []
    for name in columns & RELATED.keys():
        related = RELATED[name](list(rows), links)
        for pk, row in rows.items():
            row[name] = related.get(pk, [])
    return [
        {name: field.build(rows[pk], links) for name, field in wanted.items()}
        for pk in ids
        if pk in rows
    ]


# Rows that refer to articles, each kind of them in one query


def _references(ids: Sequence[int], links: Links) -> ByArticle:
    """Everything that the articles refer to, as pairs of its kind and the answer for it."""
    return _grouped(
        (line.article, (line.kind, _reference_answer(line, links))) for line in references(ids)
    )


def _reference_answer(line: Line, links: Links) -> Answer:
    answer = links.reference(line.kind, line.id, line.name, line.slug)
    if line.role:
        answer["role"] = line.role
    if line.kind == EntityKind.PERSON:
        answer["title"] = line.title
    return answer


def _corrections(ids: Sequence[int], links: Links) -> ByArticle:
    rows = (
        Correction.objects.filter(article__in=ids)
        .order_by("-created_at", "-id")
        .values_list(
            "article", "id", "kind", "wrong", "text", "paragraph", "placement", "created_at"
        )
    )
    return _grouped(
        (
            article,
            {
                "id": pk,
                "kind": kind,
                "wrong": wrong,
                "text": text,
                "paragraph": paragraph,
                "placement": placement,
                "created_at": localtime(created_at),
            },
        )
        for article, pk, kind, wrong, text, paragraph, placement, created_at in rows
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
    return _grouped((c.article_id, serializer.to_representation(c)) for c in comments)


def _revisions(ids: Sequence[int], links: Links) -> ByArticle:
    serializer = RevisionSerializer(context={"links": links})
    return _grouped(
        (revision.article_id, serializer.to_representation(revision))
        for revision in public_revisions().filter(article__in=ids).order_by("-number")
    )


def _comment_rules(ids: Sequence[int], links: Links) -> ByArticle:
    """The rules for comments, the same for all."""
    rules = [CommentRules.objects.current()]
    return dict.fromkeys(ids, rules)


RELATED: dict[str, Callable[[Sequence[int], Links], ByArticle]] = {
    "references": _references,
    "corrections": _corrections,
    "approved_comments": _comments,
    "comment_rules": _comment_rules,
    "revisions": _revisions,
}


# Keys of the answer


def _column(name: str) -> Field:
    return Field(lambda row, _: row[name], (name,))


def _moment(name: str) -> Field:
    return Field(lambda row, _: localtime(row[name]) if row[name] else None, (name,))


def _reference(row: Row, links: Links, kind: str, column: str) -> Reference | None:
    if row[column] is None:
        return None
    return links.reference(kind, row[column], row[f"{column}__name"], row[f"{column}__slug"])


def _referred(kind: str) -> Field:
    return Field(
        lambda row, _: [answer for of, answer in row["references"] if of == kind],
        ("references",),
    )


def _dateline(row: Row, links: Links) -> Answer:
    return {
        "place": _reference(row, links, "place", "dateline_place"),
        "text": row["dateline_text"],
        "date": row["dateline_date"],
        "year_is_guess": row["dateline_year_is_guess"],
    }


def _image(row: Row, links: Links) -> Answer | None:
    return image_answer(row, links, prefix="lead_image__") if row["lead_image__id"] else None


def _discussion(row: Row, links: Links) -> Answer:
    (rules,) = row["comment_rules"]
    policy = policy_from(
        row["comment_policy"], row["section__comment_policy"], row["published_at"], rules
    )
    return {
        "open": policy in (CommentPolicy.OPEN, CommentPolicy.PREMODERATED),
        "count": 0 if policy == CommentPolicy.HIDDEN else row["comment_count"],
        "url": f"{links.endpoint('article', row['id'])}comments/",
    }


def _discussion_with_comments(row: Row, links: Links) -> Answer:
    return _discussion(row, links) | {"results": row["approved_comments"]}


DISCUSSION = (
    "comment_policy",
    "section__comment_policy",
    "published_at",
    "comment_count",
    "comment_rules",
)

FIELDS: dict[str, Field] = {
    "id": _column("id"),
    "url": Field(lambda row, links: links.endpoint("article", row["id"]), ("id",)),
    "html_url": Field(lambda row, links: links.page(row["path"]), ("path",)),
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
    "updated_at": _moment("updated_at"),
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
    "deindexed_at": _moment("deindexed_at"),
    "revisions": _column("revisions"),
}

COMMENTS_WITH_RESULTS = Field(_discussion_with_comments, (*DISCUSSION, "approved_comments"))

ON_REQUEST = ("body", "comments", "revisions")
"""What ``include`` can add; ``body`` and ``revisions`` are not in a list without it."""

IN_LIST = tuple(name for name in FIELDS if name not in ("body", "revisions"))
IN_DETAIL = tuple(name for name in FIELDS if name != "revisions")


def _grouped(pairs: Iterable[tuple[int, Any]]) -> ByArticle:
    groups: ByArticle = defaultdict(list)
    for article, answer in pairs:
        groups[article].append(answer)
    return groups
