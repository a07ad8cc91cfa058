"""What follows any change of an article: its revision, its places in lists, its search entry."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from articles import changes, listings, search
from articles.editing import addresses
from articles.editing.illustrations import note_illustrations
from articles.editing.revisions import write_revisions
from articles.editing.rules import Action
from articles.models import Article, AuditEntry


@transaction.atomic
def record(
    articles: Sequence[Article],
    *,
    by: User | None = None,
    actor: str = "",
    reason: str = "",
    minor: bool = False,
    verb: str = Action.EDIT,
    detail: str = "",
) -> None:
    """Bring everything derived from these stored articles up to date, in bulk.

    ``by`` is the editor, or ``actor`` names what acted instead (``import``). ``verb`` is what was
    done, for the audit log, and ``detail`` what only that shall tell; ``reason`` stands in the
    history. Every verb ends with this call, in its own transaction, so that no list, search or
    history lags behind the text.
    """
    if not articles:
        return
    addresses.register(articles)
    write_revisions(
        articles,
        by=by,
        actor=actor or (by.get_username() if by else "system"),
        reason=reason,
        minor=minor,
    )
    note_illustrations(articles)
    AuditEntry.objects.note_all(by, verb, articles, detail or reason)
    ids = [article.pk for article in articles]
    listings.refresh(ids)
    search.refresh(ids)
    changes.note(ids, corrected=verb == Action.CORRECT)
