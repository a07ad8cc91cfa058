"""What a key with the scope ``read_drafts`` reads: articles as its account has them at the desk.

Public answers are not touched by it. A key reads one article, its versions, or a list by status;
what it is given is a public article's answer, with what only the desk knows of it.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.timezone import localtime
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from articles.api import loading
from articles.api.authentication import holder, reader_of_drafts
from articles.api.links import Links
from articles.api.media_types import JSONRenderer
from articles.api.pagination import Count, Cursor, Order, Page, page_of
from articles.api.serializers.revisions import RevisionSerializer
from articles.api.visibility import REVISION_COLUMNS, public_articles, public_revisions
from articles.editing.rules import Viewer, visible_to
from articles.models import Article, ArticleQuerySet, Revision, Scope, Status
from articles.search import Patience

PRIVATE = {"Cache-Control": "private, no-store"}
"""The headers of an answer that holds more than everybody may see."""

ONLY_HERE = (
    "public_from",
    "embargo_until",
    "deindexed_at",
    "comment_policy",
    "source_id",
    "updates",
)
"""Keys of an article that readers are not given."""

Sight = Callable[[ArticleQuerySet], ArticleQuerySet]
"""Leaves those of some articles that somebody may read."""

_NEWEST_CHANGE = Order(("updated_at", "id"), descending=True)


@dataclass(frozen=True, slots=True)
class Reader:
    """How articles are read for somebody: the keys there are, those of a line and of a whole
    article, what reads them, and the headers of the answer."""

    fields: Sequence[str]
    in_list: Sequence[str]
    in_detail: Sequence[str]
    load: Callable[..., list[dict[str, Any]]]
    headers: Mapping[str, str]

    @classmethod
    def at_desk(cls, sight: Sight) -> Self:
        """For somebody who is shown more than everybody, of the articles within ``sight``."""
        return cls(
            (*loading.FIELDS, *ONLY_HERE),
            (*loading.IN_LIST, *ONLY_HERE),
            (*loading.IN_DETAIL, *ONLY_HERE),
            partial(load, sight),
            PRIVATE,
        )


EVERYBODY = Reader(
    tuple(loading.FIELDS), loading.IN_LIST, loading.IN_DETAIL, loading.load, headers={}
)


def reader_of(request: Request, article: int) -> Reader:
    """How ``request`` reads one article; other forms than JSON have what everybody may see.

    A key with ``read_drafts`` is shown what its account has before it at the desk. One with
    ``write`` alone is shown like that what its account began and nobody else sees yet.
    """
    if request.accepted_renderer.format != JSONRenderer.format:
        return EVERYBODY
    if viewer := reader_of_drafts(request):
        return Reader.at_desk(partial(visible_to, viewer))
    writer = holder(request, Scope.WRITE)
    if writer and _begun(writer).filter(pk=article).exists():
        return Reader.at_desk(all_of_them)
    return EVERYBODY


def readable(request: Request) -> ArticleQuerySet:
    """The articles of which ``reader_of`` gives ``request`` any."""
    if viewer := reader_of_drafts(request):
        return visible_to(viewer, Article.objects.all())
    if writer := holder(request, Scope.WRITE):
        begun, public = _begun(writer).values("pk"), public_articles().values("pk")
        return Article.objects.filter(Q(pk__in=begun) | Q(pk__in=public))
    return public_articles()


def all_of_them(articles: ArticleQuerySet) -> ArticleQuerySet:
    """The sight of whoever has just written them."""
    return articles


def _begun(writer: Viewer) -> ArticleQuerySet:
    """What the account began, may read and nobody outside sees yet."""
    begun = visible_to(writer, Article.objects.filter(created_by=writer.pk))
    return begun.filter(
        Q(public_from__isnull=True)
        | Q(public_from__gt=timezone.now())
        | Q(deindexed_at__isnull=False)
    )


def readable_revisions(request: Request) -> QuerySet[Revision]:
    """The versions of an article that ``request`` may read, if it may read the article."""
    if reader_of_drafts(request) is None:
        return public_revisions()
    return Revision.objects.select_related("article").only(*REVISION_COLUMNS)


def load(
    sight: Sight,
    ids: Sequence[int],
    fields: Collection[str],
    links: Links,
    *,
    with_comments: bool = False,
) -> list[dict[str, Any]]:
    """Those of the articles ``ids`` that are within ``sight``, in that order, each with these
    ``fields``."""
    seen = sight(Article.objects.filter(pk__in=ids).order_by())
    rows = {row["id"]: row for row in seen.values("id", "status", *ONLY_HERE)}
    there = [pk for pk in ids if pk in rows]
    shared = {name for name in fields if name in loading.FIELDS and name != "revisions"}
    answers = loading.load(
        there, shared, links, with_comments=with_comments, may_be_read=lambda _: True
    )
    versions = _revisions(there, links) if "revisions" in fields else {}
    for pk, answer in zip(there, answers, strict=True):
        if "status" in answer:
            answer["status"] = _status(rows[pk])
        if "revisions" in fields:
            answer["revisions"] = versions.get(pk, [])
        answer |= {name: _plain(rows[pk][name]) for name in ONLY_HERE if name in fields}
    return answers


class OfStatus:
    """The articles in some states that a viewer may read, the newest change first."""

    order = "of a status"
    criteria = None

    def __init__(self, viewer: Viewer, states: Collection[str]) -> None:
        self._branches = [
            visible_to(viewer, Article.objects.filter(branch)) for branch in _branches(states)
        ]

    def read(
        self, cursor: Cursor | None, size: int, *, exact: bool, patience: Patience
    ) -> tuple[Page, Count]:
        """The ids from the cursor on, and how many there are. As many of each state as a page can
        take are read off its index, and the first of all of them taken, so that a page costs the
        same in any archive."""
        is_backwards = cursor is not None and cursor.backwards
        read = [
            _NEWEST_CHANGE.apply(branch, cursor).values_list("updated_at", "id", named=True)
            for branch in self._branches
        ]
        first = sorted(chain(*(rows[: size + 1] for rows in read)), reverse=not is_backwards)
        page = page_of(first[: size + 1], _NEWEST_CHANGE, cursor, size)
        counts = [Count.of(branch, exact=exact) for branch in self._branches]
        number = sum(count.number for count in counts)
        is_exact = all(count.is_exact for count in counts)
        return Page([row.id for row in page.rows], page.previous, page.next), Count(
            number, is_exact
        )


def states_of(text: str) -> list[str]:
    """The states that a parameter such as ``draft|in_review`` names. Raises ``ValidationError``."""
    states = [state.strip() for state in text.split("|")]
    for state in states:
        if state not in Status.values:
            reason = f"“{state}” is none of: {', '.join(Status.values)}. Several go with |."
            raise ValidationError({"status": [reason]})
    return states


def _branches(states: Collection[str]) -> Iterator[Q]:
    now = timezone.now()
    # Few are ahead, by their hour or an embargo; those whose hour has come keep their status.
    is_ahead = Q(pk__in=Article.objects.filter(public_from__gt=now).order_by().values("pk"))
    for state in dict.fromkeys(states):
        if state == Status.SCHEDULED:
            yield is_ahead
        elif state == Status.PUBLISHED:  # by the clock, without anybody saying so
            yield Q(status=Status.PUBLISHED) & ~is_ahead
            yield Q(status=Status.SCHEDULED, public_from__lte=now)
        else:
            yield Q(status=state)


def _status(row: dict[str, Any]) -> str:
    """Readers' own: what is under embargo or has an hour ahead is scheduled until then."""
    if row["public_from"] is None:
        return str(row["status"])
    is_ahead = row["public_from"] > timezone.now()
    return Status.SCHEDULED.value if is_ahead else Status.PUBLISHED.value


def _plain(value: Any) -> Any:
    return localtime(value) if isinstance(value, datetime) else value


def _revisions(ids: Sequence[int], links: Links) -> dict[int, list[Any]]:
    serializer = RevisionSerializer(context={"links": links})
    versions: dict[int, list[Any]] = {}
    found = Revision.objects.filter(article__in=ids).select_related("article")
    for revision in found.only(*REVISION_COLUMNS).order_by("-number"):
        versions.setdefault(revision.article_id, []).append(serializer.to_representation(revision))
    return versions
