"""Makes a mail of a row: plain text in UTF-8 that says a machine wrote it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage

from articles.mailing.flowed import flowed
from articles.models import OutgoingMail


class _FlowedMessage(EmailMessage):
    def message(self, **options: Any) -> Any:
        made: Any = super().message(**options)
        made.set_param("format", "flowed")
        return made


def message(mail: OutgoingMail) -> EmailMessage:
    """The mail of a row; the same Message-ID at every attempt, by which the recipient's server
    knows one that it has already."""
    return _FlowedMessage(
        subject=mail.subject,
        body=flowed(mail.text),
        to=[mail.to],
        headers={
            **mail.headers,
            # RFC 3834: holiday notices and other machines do not answer.
            "Auto-Submitted": "auto-generated",
            "Message-ID": _message_id(mail),
        },
    )


def _message_id(mail: OutgoingMail) -> str:
    host = urlsplit(settings.SITE_URL).hostname
    return f"<{mail.pk}.{mail.created_at:%Y%m%d%H%M%S%f}.{mail.kind}@{host}>"
