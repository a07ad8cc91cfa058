"""Preview links: an article that is not public, for somebody without an account, until a day."""

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from articles.editing import rules
from articles.editing.rules import Action
from articles.models import Article, AuditEntry, PreviewLink, Status

LONGEST = timedelta(days=90)

_signer = Signer(salt="articles.preview")


@transaction.atomic
def share(
    article: Article, *, by: User | None, expires_at: datetime, recipient: str = ""
) -> PreviewLink:
    """Make a link to the article that works until ``expires_at``.

    Raises ValidationError unless that is ahead and within ``LONGEST``, PermissionDenied when
    ``by`` may not.
    """
    rules.require(by, Action.SHARE, article)
    now = timezone.now()
    if not now < expires_at <= now + LONGEST:
        raise ValidationError(f"A preview link ends within the next {LONGEST.days} days.")
    link = PreviewLink.objects.create(
        article=article, created_by=by, expires_at=expires_at, recipient=recipient.strip()
    )
    AuditEntry.objects.note(by, Action.SHARE, article, f"{link}, for {link.recipient or '-'}")
    return link


@transaction.atomic
def revoke(link: PreviewLink, *, by: User | None) -> None:
    """End a link before its time. Raises PermissionDenied when ``by`` may not."""
    rules.require(by, Action.SHARE, link.article)
    link.revoked_at = timezone.now()
    link.save(update_fields=["revoked_at"])
    AuditEntry.objects.note(by, "revoke", link.article, f"preview link {link}")


def token_of(link: PreviewLink) -> str:
    """What the address of the preview holds: the link's id, signed."""
    return _signer.sign(str(link.pk))


def shared_article(token: str) -> tuple[Article, PreviewLink] | None:
    """The article that a preview's address leads to, with its link; None when the token is not
    ours, has ended or was taken back, or when the article is in the bin."""
    try:
        pk = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    link = (
        PreviewLink.objects.open()
        .select_related("article__section", "article__dateline_place", "article__lead_image")
        .filter(pk=pk)
        .exclude(article__status=Status.BIN)
        .first()
    )
    return (link.article, link) if link else None
