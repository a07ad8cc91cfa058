"""Keeping an article at its address and out of what finds it for strangers."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from articles.editing import rules
from articles.editing.record import record
from articles.editing.rules import Action
from articles.editing.store import store, touch
from articles.models import Article


@transaction.atomic
def deindex(article: Article, *, by: User | None, reason: str = "") -> None:
    """Take an article out of search engines, sitemaps and our own search, from now on.

    ``reason`` is for the desk's record only: who asks for this seldom wants the public to read why.
    Raises ValidationError when it is not public or is out already, PermissionDenied when ``by``
    may not.
    """
    rules.require(by, Action.DEINDEX, article)
    article.deindexed_at = timezone.now()
    store(article)
    touch(article)
    record([article], by=by, verb=Action.DEINDEX, detail=reason)


@transaction.atomic
def reindex(article: Article, *, by: User | None, reason: str = "") -> None:
    """Let an article be found again. Raises as ``deindex`` does."""
    rules.require(by, Action.REINDEX, article)
    article.deindexed_at = None
    store(article)
    touch(article)
    record([article], by=by, verb=Action.REINDEX, detail=reason)
