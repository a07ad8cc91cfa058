"""What there is to know of a comment before one decides about it."""

import html
import re
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from articles.admin.comments.commenter import Commenter, commenter_of
from articles.comments.policy import policy_of
from articles.models import (
    AuditEntry,
    Comment,
    CommentPolicy,
    CommentReport,
    CommentRules,
)

AROUND = 3
"""Comments of the thread that are shown before and after it, each."""

_NEWEST = 20
"""Reports, and decisions of people, that are shown."""

_TAG = re.compile(r"<[^>]*>")


class Facts(NamedTuple):
    """A comment with what stands around it, how it came where it is, and who wrote it."""

    comment: Comment
    article_address: str
    policy: CommentPolicy
    typed: str
    """The text as it was typed, where that is not what readers see."""
    before: list[Comment]
    after: list[Comment]
    reports: list[CommentReport]
    decisions: list[AuditEntry]
    commenter: Commenter

    @property
    def spam_percent(self) -> int | None:
        score = self.comment.spam_score
        return None if score is None else round(score * 100)

    @property
    def seen(self) -> str:
        return seen(self.comment)


def readable(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """``comments`` with what ``facts_of`` asks of them."""
    return comments.select_related(
        "article__section", "parent", "user", "decided_by", "edited_by"
    ).defer("article__body", "article__summary")


def facts_of(comment: Comment) -> Facts:
    """The facts of a comment that ``readable`` has brought along."""
    article = comment.article
    # What readers find around it, along the index of its thread.
    thread = Comment.objects.approved().filter(root=comment.root_id)
    before = thread.filter(path__lt=comment.path)
    if comment.parent_id:
        before = before.exclude(pk=comment.parent_id)
    after = thread.filter(path__gt=comment.path)
    decisions = AuditEntry.objects.filter(kind="comment", object_id=comment.pk)
    return Facts(
        comment=comment,
        article_address=article.path
        if article.is_public() and article.path
        else reverse("admin:articles_article_change", args=[article.pk]),
        policy=policy_of(article, CommentRules.objects.current()),
        typed="" if _words(comment.html) == _words(html.escape(comment.text)) else comment.text,
        before=list(before.order_by("-path")[:AROUND])[::-1],
        after=list(after.order_by("path")[:AROUND]),
        reports=list(comment.reports.filter(judged_at__isnull=True)[:_NEWEST])
        if comment.reports_open
        else [],
        decisions=list(decisions.order_by("-id")[:_NEWEST]),
        commenter=commenter_of(comment),
    )


def seen(comment: Comment) -> str:
    """What a moderator had in front: a decision on it holds only while this is the same."""
    moments = (
        moment.isoformat() if moment else "" for moment in (comment.decided_at, comment.edited_at)
    )
    return " ".join((comment.state, *moments))


def _words(markup: str) -> list[str]:
    return html.unescape(_TAG.sub(" ", markup)).split()
