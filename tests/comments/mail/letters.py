"""What tests of mail to readers and moderators look at."""

import re

from django.utils import timezone

from articles.models import OutgoingMail, ReaderAddress


def make_reader(email: str = "reader@example.org", **fields: object) -> ReaderAddress:
    """An address that its owner has confirmed."""
    return ReaderAddress.objects.create(email=email, **{"confirmed_at": timezone.now(), **fields})


def written(**filters: object) -> list[tuple[str, str]]:
    """Whom the mails tell of what, oldest first."""
    mails = OutgoingMail.objects.filter(**filters).order_by("pk")
    return list(mails.values_list("to", "kind"))


def last_mail() -> OutgoingMail:
    return OutgoingMail.objects.latest("pk")


def link(mail: OutgoingMail, below: str) -> str:
    """The path of the link in a mail that begins with ``below``, such as ``/mail/stop/``."""
    found = re.search(rf"https?://[^/\s]+({re.escape(below)}\S*)", mail.text)
    assert found is not None, mail.text
    return found.group(1)
