"""A moderator's decision on comments, taking one back, and deleting for good."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.comments import counts, threads
from articles.comments.counts import Move
from articles.models import AuditEntry, Comment, CommentState

MODERATE = "articles.change_comment"
"""The permission that makes a moderator."""

VERBS = {
    CommentState.APPROVED: "approve",
    CommentState.PENDING: "hold",
    CommentState.SPAM: "mark as spam",
    CommentState.BIN: "bin",
}
"""What puts a comment into each state, as the audit log says it."""

_BATCH = 200
_DECIDED = ("state", "decided_at", "decided_by", "reason")


class Was(NamedTuple):
    """A comment as it was before a decision, which ``undo`` brings back."""

    pk: int
    state: str
    decided_at: datetime | None
    decided_by: int | None
    reason: str


def decide(
    comments: Iterable[Comment], state: CommentState, *, by: User | None, reason: str = ""
) -> list[Was]:
    """Put comments into ``state``, note who did it and why, and keep the counts right.

    A comment that somebody put into the state already keeps that decision; one that a rule put
    there is confirmed. What its author withdrew is not approved any more. Answers to a comment
    keep their own state. Returns what the changed ones were; the objects given are not refreshed.
    """
    decided: list[Was] = []
    for batch in _batches(comments):
        with transaction.atomic():
            decided += _decide(batch, state, by, reason)
    return decided


def _decide(
    batch: list[tuple[int, int]], state: CommentState, by: User | None, reason: str
) -> list[Was]:
    counts.lock(article for article, _ in batch)
    chosen = Comment.objects.filter(pk__in=[pk for _, pk in batch])
    chosen = chosen.exclude(state=state, decided_at__isnull=False)
    if state == CommentState.APPROVED:
        chosen = chosen.filter(withdrawn_at__isnull=True)
    found = list(chosen)
    was = [_as_it_is(comment) for comment in found]
    now = timezone.now()
    Comment.objects.filter(pk__in=[comment.pk for comment in found]).update(
        state=state, decided_at=now, decided_by=by, reason=reason[:300]
    )
    counts.move(
        Move(comment.article_id, comment.root_id, comment.state, state) for comment in found
    )
    AuditEntry.objects.note_all(by, VERBS[state], found, reason)
    return was


def undo(decided: Iterable[Was], *, by: User | None) -> int:
    """Take a decision back: the comments get the state, the decision and the reason they had.

    Returns how many there still were.
    """
    before = {was.pk: was for was in decided}
    undone = 0
    comments = Comment.objects.filter(pk__in=before).only("article")
    for batch in _batches(comments):
        with transaction.atomic():
            counts.lock(article for article, _ in batch)
            found = list(Comment.objects.filter(pk__in=[pk for _, pk in batch]))
            counts.move(
                Move(comment.article_id, comment.root_id, comment.state, before[comment.pk].state)
                for comment in found
            )
            AuditEntry.objects.note_all(by, "undo", found)
            for comment in found:
                _, comment.state, comment.decided_at, comment.decided_by_id, comment.reason = (
                    before[comment.pk]
                )
            Comment.objects.bulk_update(found, _DECIDED)
            undone += len(found)
    return undone


def delete(comments: Iterable[Comment], *, by: User | None) -> int:
    """Delete comments for good; their answers move up one level. Returns how many went."""
    deleted = 0
    for batch in _batches(comments):
        with transaction.atomic():
            counts.lock(article for article, _ in batch)
            found = list(Comment.objects.filter(pk__in=[pk for _, pk in batch]).order_by("path"))
            AuditEntry.objects.note_all(by, "delete", found)
            for comment in found:
                threads.lift_answers(comment)
            Comment.objects.filter(pk__in=[comment.pk for comment in found]).delete()
            counts.recount({comment.article_id for comment in found})
            deleted += len(found)
    return deleted


def _batches(comments: Iterable[Comment]) -> Iterable[list[tuple[int, int]]]:
    """Articles and ids of the comments, so many at a time, articles in order."""
    chosen = sorted({(comment.article_id, comment.pk) for comment in comments})
    return (chosen[start : start + _BATCH] for start in range(0, len(chosen), _BATCH))


def _as_it_is(comment: Comment) -> Was:
    return Was(comment.pk, comment.state, comment.decided_at, comment.decided_by_id, comment.reason)
