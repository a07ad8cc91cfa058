"""The bin: where articles go that nobody wants, and from where they come back."""

from django.contrib.auth.models import User
from django.db import transaction

from articles import changes
from articles.editing import rules
from articles.editing.record import record
from articles.editing.rules import Action
from articles.editing.store import store
from articles.models import Article, AuditEntry, Status


@transaction.atomic
def put_in_bin(article: Article, *, by: User | None, reason: str = "") -> None:
    """Put a draft aside; it loses nothing, and ``restore`` brings it back.

    Raises ValidationError for what readers may have seen, PermissionDenied when ``by`` may not.
    """
    rules.require(by, Action.BIN, article)
    article.status = Status.BIN
    store(article)
    record([article], by=by, reason=reason or "Put into the bin", verb=Action.BIN)


@transaction.atomic
def restore(article: Article, *, by: User | None) -> None:
    """Make a draft again of what is in the bin.

    Raises ValidationError when it is not there, PermissionDenied when ``by`` may not.
    """
    rules.require(by, Action.RESTORE, article)
    article.status = Status.DRAFT
    store(article)
    record([article], by=by, reason="Taken out of the bin", verb=Action.RESTORE)


@transaction.atomic
def delete(article: Article, *, by: User | None) -> None:
    """Delete for good what is in the bin, its record with it.

    Raises ValidationError when it is not there, PermissionDenied when ``by`` may not.
    """
    rules.require(by, Action.DELETE, article)
    AuditEntry.objects.note(by, Action.DELETE, article)
    changes.note_removal([article])
    article.delete()
