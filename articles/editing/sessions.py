"""Who has which article open, and what they have typed but not saved."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article, EditingSession, Revision

PRESENT = timedelta(seconds=60)
"""Who has not been heard of for so long has closed the page; a browser speaks up three times as
often."""

FORGOTTEN = timedelta(days=1)
"""When a session in which nothing is unsaved is cleared away."""

LARGEST = 2_000_000
"""Characters of a form that are kept; an article of twenty thousand words takes a tenth."""


class Colleague(NamedTuple):
    """Somebody else who has the article open."""

    name: str
    since: datetime


class LaterSave(NamedTuple):
    """The newest revision, when it is later than the one that somebody works on."""

    number: int
    actor: str
    at: datetime


def keep(article: Article | None, user: User, *, based_on: int, unsaved: str | None = None) -> None:
    """Note that ``user`` has the article (None: a new one) open, and keep what they typed.

    ``unsaved`` is their form as a browser would send it, "" when all is saved, None to leave what
    is kept as it is. Raises ValueError when it is longer than ``LARGEST``.
    """
    if unsaved is not None and len(unsaved) > LARGEST:
        raise ValueError("The form is too large to be kept.")
    now = timezone.now()
    values: dict[str, object] = {"seen_at": now}
    if unsaved is not None:
        values |= {
            "unsaved": unsaved,
            "unsaved_at": now if unsaved else None,
            "based_on": based_on,
        }
    mine = EditingSession.objects.filter(article=article, user=user)
    reopened = mine.filter(seen_at__lt=now - PRESENT)
    reopened.update(opened_at=now)
    if mine.update(**values):
        return
    EditingSession.objects.filter(unsaved="", seen_at__lt=now - FORGOTTEN).delete()
    try:
        with transaction.atomic():
            EditingSession.objects.create(
                article=article, user=user, **{"based_on": based_on, **values}
            )
    except IntegrityError:  # another window of the same person was quicker
        mine.update(**values)


def colleagues(article: Article, user: User) -> list[Colleague]:
    """Who besides ``user`` has the article open now, the first comer first."""
    return _present(_sessions_of(article), user)


def opened(article: Article | None, user: User) -> tuple[list[Colleague], EditingSession | None]:
    """What to tell ``user`` who opens the article (None: a new one): which colleagues have it open,
    and what they themselves once typed into it and never saved."""
    if article is None:
        return [], unsaved_work(None, user)
    rows = _sessions_of(article)
    mine = next((row for row in rows if row.user_id == user.pk and row.unsaved), None)
    return _present(rows, user), mine


def _sessions_of(article: Article) -> list[EditingSession]:
    return list(
        EditingSession.objects.filter(article=article).select_related("user").order_by("opened_at")
    )


def _present(rows: list[EditingSession], user: User) -> list[Colleague]:
    since = timezone.now() - PRESENT
    return [
        Colleague(row.user.get_full_name() or row.user.get_username(), row.opened_at)
        for row in rows
        if row.seen_at >= since and row.user_id != user.pk
    ]


def later_save(article: Article, based_on: int) -> LaterSave | None:
    """The last save of the article, when it came after revision ``based_on``."""
    newest = (
        Revision.objects.filter(article=article, number__gt=based_on)
        .order_by("-number")
        .values_list("number", "actor", "created_at")
        .first()
    )
    return LaterSave(*newest) if newest else None


def unsaved_work(article: Article | None, user: User) -> EditingSession | None:
    """What ``user`` typed into the article (None: a new one) and never saved."""
    return (
        EditingSession.objects.filter(article=article, user=user, unsaved_at__isnull=False)
        .exclude(unsaved="")
        .first()
    )


def close(article: Article | None, user: User) -> None:
    """Forget a session: its work is saved, or not wanted."""
    EditingSession.objects.filter(article=article, user=user).delete()
