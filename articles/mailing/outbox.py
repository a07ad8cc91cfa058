"""Takes letters in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from articles.models import OutgoingMail
from articles.text.characters import printable

_LONGEST_SUBJECT = 150
_LONGEST_ADDRESS = 254


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A mail to one address.

    ``text`` is plain, a paragraph a line; lines that begin with ``>`` are quoted. ``kind`` is a
    word for what it tells of. ``headers`` are further ones, by name. It is sent once it has waited
    for ``wait``, in which it can still be deleted.
    """

    to: str
    subject: str
    text: str
    kind: str
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: timedelta = timedelta(0)


def post(*letters: Letter) -> None:
    """Write letters into the caller's transaction, in one query: they are sent once it is on
    disk, and never when it is not.

    Raises ValidationError, and writes none, when an address is none or a header is not one line
    of ASCII.
    """
    now = timezone.now()
    OutgoingMail.objects.bulk_create(
        [
            OutgoingMail(
                to=_address(letter.to),
                subject=_one_line(letter.subject),
                text=printable(letter.text),
                kind=letter.kind,
                headers={name: _header(name, text) for name, text in letter.headers.items()},
                created_at=now,
                due_at=now + letter.wait,
            )
            for letter in letters
        ]
    )


def is_address(text: str) -> bool:
    """Whether a mail can be sent to this: an address, and nothing else on the line."""
    try:
        validate_email(text)
    except ValidationError:
        return False
    # In quotation marks, even a control character is an address to RFC 5321.
    return text.isprintable() and len(text) <= _LONGEST_ADDRESS


def _address(text: str) -> str:
    if not is_address(text):
        raise ValidationError("This is no e-mail address that anything can be sent to.")
    return text


def _one_line(text: str) -> str:
    line = " ".join(printable(text).split())
    return line if len(line) <= _LONGEST_SUBJECT else f"{line[: _LONGEST_SUBJECT - 1].rstrip()}…"


def _header(name: str, text: str) -> str:
    is_name = name.replace("-", "").isalnum() and name.isascii()
    if not is_name or not text.isascii() or not text.isprintable():
        raise ValidationError(f"This is no header: {name!r}")
    return text
