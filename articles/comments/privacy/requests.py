"""A reader's wish to have a copy of what is kept, or to have it removed: confirmed by a mail,
because anybody can type anybody's address."""

from datetime import timedelta

from django.core.cache import cache
from django.db import models, transaction
from django.utils import timezone

from articles import mailing
from articles.comments import networks
from articles.comments.mail import letters
from articles.comments.privacy import data
from articles.models import OutgoingMail, ReaderAddress

SECONDS = 60 * 60
MOST_OF_ADDRESS = 5
"""Requests from one network address in so many seconds."""
MOST_OF_NETWORK = 20
"""Requests from all of the network around it."""
MOST_MAILS = 3
"""Mails of requests to one e-mail address in a day."""


class Wish(models.TextChoices):
    COPY = "copy", "A copy of what you keep of me"
    REMOVAL = "removal", "Its removal"


def is_too_much(address: str) -> bool:
    """Counts a request from a network address; whether there were too many. They are counted in
    the cache, whatever e-mail address they name, so that the answer does not tell who is known."""
    return any(
        _count(f"privacy-{place}") > most
        for place, most in (
            (networks.address(address) or "", MOST_OF_ADDRESS),
            (networks.network_of(address), MOST_OF_NETWORK),
        )
        if place
    )


@transaction.atomic
def request(email: str, wish: Wish) -> None:
    """Mail the owner of an address the link by which the wish comes true. Does nothing, and says
    so to nobody, when nothing is kept under the address, or when it had several such mails."""
    if not mailing.is_address(email) or not data.is_known(email):
        return
    today = OutgoingMail.objects.filter(
        to=email, kind=letters.DATA, created_at__gt=timezone.now() - timedelta(days=1)
    )
    if today.count() >= MOST_MAILS:
        return
    reader, _ = ReaderAddress.objects.get_or_create(
        # Without a date it would never be forgotten (see ``forgetting``).
        email=email,
        defaults={"asked_at": timezone.now()},
    )
    mailing.post(letters.data(reader, wish))


def _count(key: str) -> int:
    cache.add(key, 0, SECONDS)
    try:
        return cache.incr(key)
    except ValueError:
        return 1  # It ran out just now.
