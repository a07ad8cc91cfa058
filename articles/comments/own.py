"""What its author may do with a comment that was posted: correct it for a while, withdraw it."""

from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from articles.comments import counts
from articles.comments.counts import Move
from articles.comments.drafts import Draft
from articles.comments.judging import judgement, learning
from articles.comments.judging.ladder import Decision
from articles.comments.mail import moderator_mail, notices
from articles.comments.senders import Sender
from articles.comments.text.rendering import render
from articles.models import Comment, CommentReport, CommentRules, CommentState

WITHDRAWN = "withdrawn by its author"
"""The reason that a comment gets which its author took back."""

_STATE = ("state", "decided_at", "decided_by", "reason")
_RULE = ("rule", "rule_state", "rule_reason", "spam_score")
_CORRECTED = ("text", "html", "edited_at", "featured_at", *_STATE, *_RULE)
_WITHDRAWN = ("withdrawn_at", "featured_at", "reports_open", *_STATE)


class Refusal(StrEnum):
    """Why a comment is not corrected, in words for its author."""

    LATE = "The time for corrections is over, so the comment stays as it was."
    EDITED = "The newsroom has edited this comment, so it cannot be corrected any more."
    REPORTED = "This comment was reported, so it stays as it is until a moderator has read it."
    DECIDED = "This comment was taken down, so it cannot be corrected."
    BANNED = "You may not comment here. If you think that this is a mistake, write to the newsroom."


def correctable_until(comment: Comment, rules: CommentRules) -> datetime:
    """The moment until which its author may correct the comment; long past when never."""
    return comment.created_at + timedelta(minutes=rules.edit_minutes)


def refusal(comment: Comment, rules: CommentRules) -> Refusal | None:
    """Why the comment cannot be corrected now, but for what only its author's ban would forbid."""
    if comment.state in (CommentState.SPAM, CommentState.BIN):
        return Refusal.DECIDED
    if comment.edited_by_id is not None:
        return Refusal.EDITED
    if comment.reports_open:
        return Refusal.REPORTED
    if timezone.now() >= correctable_until(comment, rules):
        return Refusal.LATE
    return None


def correct(comment: Comment, text: str, sender: Sender) -> Refusal | None:
    """Put the cleaned ``text`` in place of what the comment said, unless there is a reason not to,
    which is returned.

    The new words are judged like those of a new comment, and may be held. Nothing that a moderator
    held or took down becomes public by it. ``comment`` has its article with it.
    """
    rules = CommentRules.objects.current()
    # As with a new comment, before the transaction.
    decision = judgement.judge(comment.article, _draft(comment, text), sender, rules)
    if decision.is_refusal:
        return Refusal.BANNED
    with transaction.atomic():
        counts.lock([comment.article_id])
        current = Comment.objects.get(pk=comment.pk)
        if reason := refusal(current, rules):
            return reason
        if text == current.text:
            return None
        before = current.state
        # Who approved, featured or learned from it has not seen these words.
        learning.learn([(current, "")])
        current.text = text
        current.html = render(text)
        current.edited_at = timezone.now()
        current.featured_at = None
        _apply(decision, current)
        current.save(update_fields=_CORRECTED)
        counts.move([Move(current.article_id, current.root_id, before, current.state)])
        _tell(current, before)
    return None


@transaction.atomic
def withdraw(comment: Comment) -> None:
    """Take a comment back for its author, for good; the answers to it stay. Twice is as once."""
    counts.lock([comment.article_id])
    current = Comment.objects.filter(pk=comment.pk, withdrawn_at__isnull=True).first()
    if current is None:
        return
    now = timezone.now()
    before = current.state
    # What was found to be spam stays so: the newsroom learns from it.
    current.state = before if before == CommentState.SPAM else CommentState.BIN
    current.withdrawn_at = current.decided_at = now
    current.decided_by = current.featured_at = None
    current.reason = WITHDRAWN
    current.reports_open = 0
    current.save(update_fields=_WITHDRAWN)
    CommentReport.objects.filter(comment=current, judged_at__isnull=True).update(judged_at=now)
    notices.on_taken_down([current])
    counts.move([Move(current.article_id, current.root_id, before, current.state)])


def _draft(comment: Comment, text: str) -> Draft:
    return Draft(
        text=text,
        name=comment.author_name,
        email=comment.author_email,
        website=comment.author_website,
        parent_id=comment.parent_id,
    )


def _apply(decision: Decision, comment: Comment) -> None:
    """Puts a corrected comment where the ladder wants it; what a moderator held may only fall."""
    held_by_somebody = comment.state == CommentState.PENDING and comment.decided_at is not None
    comment.spam_score = decision.spam_score
    if held_by_somebody and decision.state in (CommentState.APPROVED, CommentState.PENDING):
        return
    comment.state = comment.rule_state = decision.state
    comment.rule = decision.rule
    comment.rule_reason = comment.reason = decision.reason[:300]
    comment.decided_at = comment.decided_by = None


def _tell(comment: Comment, before: str) -> None:
    if comment.state == before:
        return
    if comment.state == CommentState.APPROVED:
        notices.on_approved([comment])
    elif comment.state == CommentState.PENDING:
        moderator_mail.on_held(comment)
