"""Submitting, publishing, withdrawing: how an article comes before readers and leaves them."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.editing import addresses, rules
from articles.editing.checks import stops
from articles.editing.correct import add_correction
from articles.editing.record import record
from articles.editing.rules import Action
from articles.editing.save import prepare
from articles.editing.store import store
from articles.models import Article, CorrectionKind, Status


@transaction.atomic
def publish(
    article: Article, *, by: User | None, at: datetime | None = None, reason: str = ""
) -> None:
    """Make an article public, now or from ``at`` on.

    A time ahead makes it scheduled: it appears by itself when its time has come. Without ``at``
    an article that has a publication time keeps it. ``reason`` stands in the record instead of
    what was done.

    Raises ValidationError when something stands against it, such as an empty body (see
    ``checks``), and PermissionDenied when ``by`` may not.
    """
    rules.require(by, Action.PUBLISH, article)
    if obstacles := stops(article):
        raise ValidationError([found.message for found in obstacles])
    article.published_at = at or article.published_at or timezone.now()
    scheduled = article.published_at > timezone.now()
    article.status = Status.SCHEDULED if scheduled else Status.PUBLISHED
    prepare(article)
    addresses.allocate([article])
    store(article)
    done = "Scheduled" if scheduled else "Published"
    record([article], by=by, reason=reason or done, verb=Action.PUBLISH)


@transaction.atomic
def submit(article: Article, *, by: User | None, reason: str = "") -> None:
    """Hand a draft over for review.

    Raises ValidationError when it is anything but a draft, PermissionDenied when ``by`` may not.
    """
    rules.require(by, Action.SUBMIT, article)
    article.status = Status.IN_REVIEW
    store(article)
    record([article], by=by, reason=reason or "Submitted for review", verb=Action.SUBMIT)


@transaction.atomic
def send_back(article: Article, *, by: User | None, reason: str) -> None:
    """Make a draft again of what was handed over, and its author's turn of it.

    Raises ValidationError without a ``reason``, since its author is owed one, and when it is not
    in review; PermissionDenied when ``by`` may not.
    """
    rules.require(by, Action.SEND_BACK, article)
    if not reason.strip():
        raise ValidationError("Say what is to be done before it comes back.")
    article.status = Status.DRAFT
    article.assigned_to = article.created_by
    store(article)
    record([article], by=by, reason=f"Sent back: {reason.strip()}", verb=Action.SEND_BACK)


@transaction.atomic
def withdraw(article: Article, *, by: User | None, notice: str) -> None:
    """Take a public article away from readers; its address then answers with ``notice``.

    One that no reader has seen yet becomes a draft again, and readers learn nothing of it.

    Raises ValidationError without a notice, since readers who follow a link are owed a reason, and
    when the article is neither published nor scheduled; PermissionDenied when ``by`` may not.
    """
    rules.require(by, Action.WITHDRAW, article)
    if not notice.strip():
        raise ValidationError("Withdrawing an article needs a notice that readers will see.")
    was_seen = article.is_public() or article.revisions.seen().exists()
    article.status = Status.WITHDRAWN if was_seen else Status.DRAFT
    store(article)
    reason = f"Taken back: {notice.strip()[:200]}"
    if was_seen:
        note = add_correction(article, kind=CorrectionKind.WITHDRAWAL, text=notice, by=by)
        reason = note.summary
    record([article], by=by, reason=reason, verb=Action.WITHDRAW)
