"""Tells readers by mail what became of their comments; all of it in the caller's transaction, so
that nobody is told of what then did not happen."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import NamedTuple

from django.db.models import Count
from django.utils import timezone

from articles import mailing
from articles.comments.mail import letters, subscriptions
from articles.comments.policy import hidden
from articles.mailing import Letter
from articles.models import Comment, CommentState, OutgoingMail

MOST_AN_HOUR = 10
"""Mails of approvals and answers to one address; the last of them says that it is."""

_KINDS = (letters.APPROVAL, letters.REPLY)


class _Notice(NamedTuple):
    """That the owner of an address is to be told by a letter about a comment."""

    email: str
    write: Callable[..., Letter]
    comment: Comment


def on_submitted(comment: Comment) -> None:
    """A comment was stored: its author is asked to confirm the address, and if it is approved,
    whom it answers is told. For what is taken for spam or binned, nobody hears anything."""
    if comment.state in (CommentState.SPAM, CommentState.BIN):
        return
    subscriptions.ask(comment)
    if comment.state == CommentState.APPROVED:
        # Its author has seen that it is.
        _tell([comment], authors_too=False)


def on_approved(comments: Iterable[Comment]) -> None:
    """Comments were approved: their authors are told, and those whom they answer; once for each
    comment, however often it is held and approved again. The mail waits for ``letters.WAIT``."""
    _tell(comments, authors_too=True)


def on_taken_down(comments: Iterable[Comment]) -> None:
    """Comments are approved no more: nobody is told of them by what was not sent yet, and so
    somebody may be when they are approved again."""
    told = [str(comment.pk) for comment in comments if comment.told_at is not None]
    if not told:
        return
    unsent = OutgoingMail.objects.filter(
        sent_at__isnull=True, given_up_at__isnull=True, kind__in=_KINDS
    )
    about = unsent.filter(**{f"headers__{letters.ABOUT}__in": told})
    untold = [int(headers[letters.ABOUT]) for headers in about.values_list("headers", flat=True)]
    if untold:
        about.delete()
        Comment.objects.filter(pk__in=untold).update(told_at=None)


def _tell(comments: Iterable[Comment], *, authors_too: bool) -> None:
    untold = [comment.pk for comment in comments if _concerns_somebody(comment)]
    if not untold:
        return
    now = timezone.now()
    told_now = Comment.objects.approved().filter(
        pk__in=untold, told_at__isnull=True, article__public_from__lte=now
    )
    fresh = list(told_now.exclude(hidden("article__")).select_related("article", "parent"))
    Comment.objects.filter(pk__in=[comment.pk for comment in fresh]).update(told_at=now)
    notices = [notice for comment in fresh for notice in _notices(comment, authors_too)]
    readers = subscriptions.confirmed(notice.email for notice in notices) if notices else {}
    if not readers:
        return
    had = _had_within_an_hour(readers)
    written = []
    for email, write, comment in notices:
        if email in readers and had[email] < MOST_AN_HOUR:
            had[email] += 1
            is_last = had[email] == MOST_AN_HOUR
            written.append(write(readers[email], comment, is_last=is_last))
    mailing.post(*written)


def _concerns_somebody(comment: Comment) -> bool:
    return comment.told_at is None and (comment.wants_decision or comment.parent_id is not None)


def _notices(comment: Comment, authors_too: bool) -> Iterator[_Notice]:
    if authors_too and comment.wants_decision:
        yield _Notice(comment.author_email, letters.approval, comment)
    answered = comment.parent
    if answered is not None and answered.wants_replies and _is_told(answered, comment):
        yield _Notice(answered.author_email, letters.reply, comment)


def _is_told(answered: Comment, answer: Comment) -> bool:
    """Whether a comment still stands, and somebody else than its author answers it."""
    is_own = answer.author_email == answered.author_email or (
        answer.user_id is not None and answer.user_id == answered.user_id
    )
    stands = answered.state == CommentState.APPROVED and answered.withdrawn_at is None
    return stands and not is_own


def _had_within_an_hour(emails: Iterable[str]) -> Counter[str]:
    recent = OutgoingMail.objects.filter(
        to__in=list(emails), kind__in=_KINDS, created_at__gt=timezone.now() - timedelta(hours=1)
    )
    return Counter(dict(recent.order_by().values_list("to").annotate(Count("pk"))))
