"""Which readers get mail: an address is written to from when its owner confirmed it until the
owner wants no more.

Anybody can type anybody's address and tick the box. So one that was never confirmed gets nothing
but the request to confirm, with no word of what was typed in it: at most once a day, after that at
waits that double, and never again once its owner says so on the page that each mail leads to.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from articles import mailing
from articles.comments.mail import letters
from articles.models import Comment, ReaderAddress

FIRST_WAIT = timedelta(days=1)
_MOST_DOUBLINGS = 6


def ask(comment: Comment) -> None:
    """Ask the author of a comment, who wants mail, to confirm the address, if that is still to be
    done and it is time; in the transaction that the comment is stored in."""
    email = comment.author_email
    wants_mail = comment.wants_replies or comment.wants_decision
    if not wants_mail or not mailing.is_address(email):
        return
    reader, _ = ReaderAddress.objects.get_or_create(email=email)
    if reader.confirmed_at or reader.unsubscribed_at or not _is_time_to_ask(reader):
        return
    # Two comments may arrive at once; one of them asks.
    unchanged = ReaderAddress.objects.filter(
        pk=reader.pk, asked=reader.asked, confirmed_at=None, unsubscribed_at=None
    )
    if unchanged.update(asked=F("asked") + 1, asked_at=timezone.now()):
        mailing.post(letters.confirmation(reader, comment.article))


def confirmed(emails: Iterable[str]) -> dict[str, ReaderAddress]:
    """Those of the addresses that may be written to, in one query."""
    readers = ReaderAddress.objects.filter(
        email__in=set(emails), confirmed_at__isnull=False, unsubscribed_at__isnull=True
    )
    return {reader.email: reader for reader in readers}


def confirm(reader: ReaderAddress) -> None:
    """Let an address have the mail that was asked for; also after its owner had ended it."""
    reader.confirmed_at = timezone.now()
    reader.unsubscribed_at, reader.asked = None, 0
    reader.save(update_fields=["confirmed_at", "unsubscribed_at", "asked"])


def stop(reader: ReaderAddress) -> None:
    """Write to an address no more, not even to have it confirmed."""
    reader.unsubscribed_at = reader.unsubscribed_at or timezone.now()
    reader.save(update_fields=["unsubscribed_at"])


def mute(reader: ReaderAddress, thread: int) -> None:
    """Tell an address of no more answers to its comments in a thread, named by its first comment.
    Who comments there anew may ask anew."""
    own = Comment.objects.filter(root=thread, author_email=reader.email)
    own.update(wants_replies=False)


def _is_time_to_ask(reader: ReaderAddress) -> bool:
    if reader.asked == 0 or reader.asked_at is None:
        return True
    doublings: int = min(max(reader.asked - 1, 0), _MOST_DOUBLINGS)
    wait = FIRST_WAIT * (1 << doublings)
    return timezone.now() - reader.asked_at >= wait
