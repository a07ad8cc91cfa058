"""A moderator's decision on comments, taking one back, and deleting for good."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from articles.comments import counts, threads
from articles.comments.counts import Move
from articles.comments.judging import learning
from articles.comments.mail import notices
from articles.models import AuditEntry, Comment, CommentReport, CommentState

VERBS = {
    CommentState.APPROVED: "approve",
    CommentState.PENDING: "hold",
    CommentState.SPAM: "mark as spam",
    CommentState.BIN: "bin",
}
"""What puts a comment into each state, as the audit log says it."""

_RIGHT = {CommentState.APPROVED: False, CommentState.SPAM: True, CommentState.BIN: True}
"""Whether readers who reported a comment were right, by what became of it."""

_BATCH = 200
_DECIDED = ("state", "decided_at", "decided_by", "reason", "reports_open")


class Was(NamedTuple):
    """A comment as it was before a decision, which ``undo`` brings back."""

    pk: int
    state: str
    decided_at: datetime | None
    decided_by: int | None
    reason: str
    until: datetime
    """When the decision was made."""
    reports: tuple[int, ...] = ()
    """The readers' reports that it judged."""


def decide(
    comments: Iterable[Comment], state: CommentState, *, by: User | None, reason: str = ""
) -> list[Was]:
    """Put comments into ``state``, note who did it and why, and keep the counts right.

    A comment that somebody put into the state already keeps that decision; one that a rule put
    there is confirmed. What its author withdrew is not approved or held any more. Answers to
    a comment keep their own state. Open reports are judged by what becomes of the comment, and
    stay open while it is held. Returns what the changed ones were; the objects given are not
    refreshed.
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
    settled = {"state": state, "decided_at__isnull": False}
    if state in _RIGHT:
        settled["reports_open"] = 0
    chosen = chosen.exclude(**settled)
    if state in (CommentState.APPROVED, CommentState.PENDING):
        chosen = chosen.filter(withdrawn_at__isnull=True)
    found = list(chosen)
    now = timezone.now()
    decided = Comment.objects.filter(pk__in=[comment.pk for comment in found])
    decided.update(state=state, decided_at=now, decided_by=by, reason=reason[:300])
    reported = [comment.pk for comment in found if comment.reports_open and state in _RIGHT]
    judged = _judge(reported, by, now, was_right=_RIGHT[state]) if reported else {}
    counts.move(
        Move(comment.article_id, comment.root_id, comment.state, state) for comment in found
    )
    if state == CommentState.APPROVED:
        notices.on_approved(found)
    else:
        notices.on_taken_down(found)
    if by is not None:
        learning.learn((comment, learning.lesson(state)) for comment in found)
    AuditEntry.objects.note_all(by, VERBS[state], found, reason)
    return [_as_it_is(comment, now, judged.get(comment.pk, ())) for comment in found]


def _judge(
    reported: list[int], by: User | None, now: datetime, *, was_right: bool
) -> dict[int, tuple[int, ...]]:
    """Judges the open reports of these comments, and returns which those were."""
    still_open = CommentReport.objects.filter(comment__in=reported, judged_at__isnull=True)
    judged: dict[int, tuple[int, ...]] = {}
    for comment, report in still_open.order_by("pk").values_list("comment", "pk"):
        judged[comment] = (*judged.get(comment, ()), report)
    still_open.update(judged_at=now, judged_by=by, was_right=was_right)
    Comment.objects.filter(pk__in=reported).update(reports_open=0)
    return judged


def undo(decided: Iterable[Was], *, by: User | None) -> int:
    """Take a decision back: the comments get the state, the decision and the reason they had, and
    the reports that it judged are open again.

    What was decided anew since is left as it is. Returns how many were taken back.
    """
    before = {was.pk: was for was in decided}
    undone = 0
    comments = Comment.objects.filter(pk__in=before).only("article")
    for batch in _batches(comments):
        with transaction.atomic():
            counts.lock(article for article, _ in batch)
            found = [
                comment
                for comment in Comment.objects.filter(pk__in=[pk for _, pk in batch])
                if comment.decided_at == before[comment.pk].until
            ]
            counts.move(
                Move(comment.article_id, comment.root_id, comment.state, before[comment.pk].state)
                for comment in found
            )
            learning.learn((comment, _lesson_before(before[comment.pk])) for comment in found)
            notices.on_taken_down(
                comment for comment in found if before[comment.pk].state != CommentState.APPROVED
            )
            AuditEntry.objects.note_all(by, "undo", found)
            reports = [report for comment in found for report in before[comment.pk].reports]
            reopened = _reopen(reports) if reports else {}
            for comment in found:
                was = before[comment.pk]
                comment.state, comment.reason = was.state, was.reason
                comment.decided_at, comment.decided_by_id = was.decided_at, was.decided_by
                comment.reports_open = reopened.get(comment.pk, comment.reports_open)
            Comment.objects.bulk_update(found, _DECIDED)
            undone += len(found)
    return undone


def _lesson_before(was: Was) -> str:
    """What a comment taught before a decision: nothing, when only a rule had decided."""
    return learning.lesson(was.state) if was.decided_at else ""


def _reopen(reports: list[int]) -> dict[int, int]:
    """Opens judged reports again, but those of a reader who has reported the comment anew, and
    returns how many each comment has open."""
    judged = CommentReport.objects.filter(pk__in=reports)
    comments = set(judged.values_list("comment", flat=True))
    still_open = CommentReport.objects.filter(comment__in=comments, judged_at__isnull=True)
    anew = set(still_open.values_list("comment", "address"))
    judged.filter(
        pk__in=[
            report.pk
            for report in judged
            if report.address is None or (report.comment_id, report.address) not in anew
        ]
    ).update(judged_at=None, judged_by=None, was_right=None)
    return dict(still_open.order_by().values_list("comment").annotate(Count("pk")))


def delete(comments: Iterable[Comment], *, by: User | None) -> int:
    """Delete comments for good; their answers move up one level. Returns how many went."""
    deleted = 0
    for batch in _batches(comments):
        with transaction.atomic():
            counts.lock(article for article, _ in batch)
            found = list(Comment.objects.filter(pk__in=[pk for _, pk in batch]).order_by("path"))
            AuditEntry.objects.note_all(by, "delete", found)
            notices.on_taken_down(found)
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


def _as_it_is(comment: Comment, until: datetime, reports: tuple[int, ...]) -> Was:
    return Was(
        comment.pk,
        comment.state,
        comment.decided_at,
        comment.decided_by_id,
        comment.reason,
        until,
        reports,
    )
