"""Submitting, publishing, withdrawing: how an article comes before readers and leaves them."""

from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from articles.editing import addresses
from articles.editing.correct import correct
from articles.editing.record import record
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

    Raises ValidationError when it has no headline or no body.
    """
    if not article.headline.strip() or not article.body.strip():
        raise ValidationError("An article needs a headline and a body before it is published.")
    article.published_at = at or article.published_at or timezone.now()
    scheduled = article.published_at > timezone.now()
    article.status = Status.SCHEDULED if scheduled else Status.PUBLISHED
    prepare(article)
    addresses.allocate([article])
    store(article)
    record([article], by=by, reason=reason or ("Scheduled" if scheduled else "Published"))


@transaction.atomic
def submit(article: Article, *, by: User | None, reason: str = "") -> None:
    """Hand a draft over for review.

    Raises ValidationError when it is anything but a draft.
    """
    if article.status != Status.DRAFT:
        raise ValidationError("Only a draft can be submitted for review.")
    article.status = Status.IN_REVIEW
    store(article)
    record([article], by=by, reason=reason or "Submitted for review")


@transaction.atomic
def withdraw(article: Article, *, by: User | None, notice: str) -> None:
    """Take a public article away from readers; its address then answers with ``notice``.

    One that no reader has seen yet becomes a draft again, and readers learn nothing of it.

    Raises ValidationError without a notice, since readers who follow a link are owed a reason, and
    when the article is neither published nor scheduled.
    """
    if article.status not in (Status.PUBLISHED, Status.SCHEDULED):
        raise ValidationError("Only what is published or scheduled can be withdrawn.")
    if not notice.strip():
        raise ValidationError("Withdrawing an article needs a notice that readers will see.")
    was_seen = article.is_public() or article.revisions.seen().exists()
    article.status = Status.WITHDRAWN if was_seen else Status.DRAFT
    store(article)
    if was_seen:
        correct(article, kind=CorrectionKind.WITHDRAWAL, text=notice, by=by)
    else:
        record([article], by=by, reason=f"Taken back: {notice.strip()[:200]}")
