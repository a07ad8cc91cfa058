"""What follows any change of an article: its revision, its places in lists, its search entry."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction

from articles import listings, search
from articles.editing import addresses
from articles.editing.revisions import write_revisions
from articles.models import Article


@transaction.atomic
def record(
    articles: Sequence[Article],
    *,
    by: User | None = None,
    actor: str = "",
    reason: str = "",
    minor: bool = False,
) -> None:
    """Bring everything derived from these stored articles up to date, in bulk.

    ``by`` is the editor, or ``actor`` names what acted instead (``import``). Every verb ends with
    this call, in its own transaction, so that no list, search or history lags behind the text.
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
    ids = [article.pk for article in articles]
    listings.refresh(ids)
    search.refresh(ids)
