"""Network addresses and browsers' names are forgotten by themselves, after as many days as the
rules say."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Comment, CommentReport, CommentRules, ErrorReport, ReaderAddress

BATCH = 500
"""Rows that are written at once, so that readers who post meanwhile hardly wait."""

UNCONFIRMED = timedelta(days=365)


def forget() -> bool:
    """Blank a batch of the addresses whose time is over; whether there may be more."""
    days = CommentRules.objects.current().forget_after_days
    until = timezone.now() - timedelta(days=days)
    return any(
        [
            _blank(Comment.objects.all(), until, address=None, network="", user_agent=""),
            _blank(CommentReport.objects.all(), until, address=None),
            _blank(ErrorReport.objects.all(), until, address=None),
        ]
    )


def forget_unconfirmed() -> bool:
    """Delete e-mail addresses that were typed for mail and never confirmed, a year after the last
    request; whether there may be more. What their owners said to them stays."""
    until = timezone.now() - UNCONFIRMED
    asked_in_vain = ReaderAddress.objects.filter(
        confirmed_at__isnull=True, unsubscribed_at__isnull=True, asked_at__lt=until
    )
    ids = list(asked_in_vain.values_list("pk", flat=True)[:BATCH])
    ReaderAddress.objects.filter(pk__in=ids).delete()
    return len(ids) == BATCH


def _blank(rows: QuerySet[Any], until: datetime, **blank: Any) -> bool:
    """Blanks the oldest rows from before a moment that still have an address, along the index of
    those; whether there may be more."""
    old = rows.filter(created_at__lt=until, address__isnull=False).order_by("created_at")
    ids = list(old.values_list("pk", flat=True)[:BATCH])
    if ids:
        rows.filter(pk__in=ids).update(**blank)
    return len(ids) == BATCH
