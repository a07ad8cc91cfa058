"""Sends what is due, and tries again later what could not be sent.

A mail is sent at least once. It is sent twice only when the program dies between the server's
answer and the next line of code; the recipient's server then knows it by its Message-ID.
"""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from enum import Enum
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)
from typing import Any

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from articles.mailing.message import message
from articles.models import OutgoingMail

logger = logging.getLogger(__name__)

AT_ONCE = 20
"""Mails of one connection."""

LEASE = timedelta(minutes=10)
"""For how long a mail that a worker has taken is nobody else's to send."""

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=12),
)
"""Before each further attempt; after the last one a mail is given up."""

KEPT = timedelta(days=30)
"""For how long sent mail is kept, and mail that was given up."""

_CLEARED = 500
_OF_ONE_MAIL = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError)
_NO_MARGIN = timedelta(minutes=1)


class Outcome(Enum):
    SENT = "sent"
    PUT_OFF = "put off"
    GIVEN_UP = "given up"


def deliver(limit: int = AT_ONCE) -> Counter[Outcome]:
    """Send what is due, at most ``limit`` mails over one connection; what became of how many.

    A server that cannot be reached ends the round: the mail that met it has had its attempt, the
    others are left for the next round.
    """
    outcomes: Counter[Outcome] = Counter()
    mails = _claim(limit)
    if not mails:
        return outcomes
    lease_ends = mails[0].due_at
    with _connection() as connection:
        for position, mail in enumerate(mails):
            if timezone.now() > lease_ends - _NO_MARGIN:
                _release(mails[position:])
                break
            try:
                connection.open()
                connection.send_messages([message(mail)])
            except _OF_ONE_MAIL as error:
                outcomes[_failed(mail, error)] += 1
            except OSError as error:
                outcomes[_failed(mail, error)] += 1
                _release(mails[position + 1 :])
                break
            except ValueError as error:
                outcomes[_give_up(mail, error)] += 1
            else:
                outcomes[_sent(mail)] += 1
    return outcomes


def clear_out() -> bool:
    """Delete some of the mail that was sent or given up long ago; whether there may be more."""
    long_ago = timezone.now() - KEPT
    deleted = 0
    for old in ({"sent_at__lt": long_ago}, {"given_up_at__lt": long_ago}):
        some = OutgoingMail.objects.filter(**old).order_by().values_list("pk", flat=True)
        deleted += OutgoingMail.objects.filter(pk__in=list(some[:_CLEARED])).delete()[0]
    return deleted >= _CLEARED


def try_again(mails: Sequence[int]) -> int:
    """Make mails that were not sent due now, with all their attempts before them; how many."""
    unsent = OutgoingMail.objects.filter(pk__in=mails, sent_at__isnull=True)
    return unsent.update(due_at=timezone.now(), attempts=0, given_up_at=None)


def _claim(limit: int) -> list[OutgoingMail]:
    due = OutgoingMail.objects.filter(
        sent_at__isnull=True, given_up_at__isnull=True, due_at__lte=timezone.now()
    )
    if not due.exists():  # so that looking for work takes no lock
        return []
    with transaction.atomic():
        # PostgreSQL passes by what another worker is just taking; SQLite has one writer at a time.
        mails = list(due.select_for_update(skip_locked=True).order_by("due_at", "pk")[:limit])
        until = timezone.now() + LEASE
        OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(due_at=until)
    for mail in mails:
        mail.due_at = until
    return mails


@contextmanager
def _connection() -> Iterator[BaseEmailBackend]:
    connection = get_connection()
    try:
        yield connection
    finally:
        try:
            connection.close()
        except OSError:
            pass  # The server has hung up already.


def _sent(mail: OutgoingMail) -> Outcome:
    _note(mail, sent_at=timezone.now(), fault="")
    return Outcome.SENT


def _failed(mail: OutgoingMail, error: OSError) -> Outcome:
    if _is_for_good(error) or mail.attempts >= len(WAITS):
        return _give_up(mail, error)
    _note(mail, due_at=timezone.now() + WAITS[mail.attempts], fault=_in_words(error))
    # Not in the server's words, which may name the recipient.
    logger.info("Mail %d was not sent, to be tried again: %s", mail.pk, type(error).__name__)
    return Outcome.PUT_OFF


def _give_up(mail: OutgoingMail, error: Exception) -> Outcome:
    _note(mail, given_up_at=timezone.now(), fault=_in_words(error))
    logger.warning("Mail %d is given up: %s", mail.pk, type(error).__name__)
    return Outcome.GIVEN_UP


def _note(mail: OutgoingMail, **changes: Any) -> None:
    """Writes what an attempt came to; the row may be gone, at its owner's wish."""
    OutgoingMail.objects.filter(pk=mail.pk).update(attempts=mail.attempts + 1, **changes)


def _release(mails: Sequence[OutgoingMail]) -> None:
    """Leaves mails to the next round, a little later."""
    later = timezone.now() + WAITS[0]
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(due_at=later)


def _is_for_good(error: OSError) -> bool:
    """Whether the server will never take this mail: codes from 500 (RFC 5321, 4.2.1). That it
    refuses the sender is a fault of our own set-up, which somebody may mend."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, SMTPDataError) and error.smtp_code >= 500


def _in_words(error: Exception) -> str:
    words: bytes | str
    if isinstance(error, SMTPRecipientsRefused):
        code, words = next(iter(error.recipients.values()))
    elif isinstance(error, SMTPResponseException):
        code, words = error.smtp_code, error.smtp_error
    elif isinstance(error, SMTPException) or not isinstance(error, OSError):
        return f"{type(error).__name__}: {error}"[:300]
    else:
        return (error.strerror or str(error) or type(error).__name__)[:300]
    said = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return " ".join(f"{code} {said}".split())[:300]
