"""Whose turn an article is, which is the desk's own affair and no part of its history."""

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from articles.editing import rules
from articles.editing.rules import Action
from articles.models import Article, AuditEntry


@transaction.atomic
def assign(article: Article, to: User | None, *, by: User | None) -> None:
    """Make it the turn of ``to`` to write, review or mend an article; nobody's, if None.

    Raises ValidationError for whoever cannot come to the desk, PermissionDenied when ``by`` may
    not change the article.
    """
    rules.require(by, Action.EDIT, article)
    if to is not None and not (to.is_staff and to.is_active):
        raise ValidationError(f"{to} cannot come to the desk.")
    article.assigned_to = to
    article.save(update_fields=["assigned_to"])
    AuditEntry.objects.note(by, "assign", article, f"to {to or 'nobody'}")
