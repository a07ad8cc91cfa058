"""Keys in the links of mails to readers, and the addresses of the pages that they open.

A key names a row by its number, not the e-mail address, which would stand in the logs of every
server on the way. Whoever has it can do what its page offers, so it is only ever mailed to the
owner.
"""

from django.core.signing import BadSignature, Signer, TimestampSigner

from articles.comments.addresses import absolute
from articles.models import ReaderAddress

CONFIRM_AGE = 7 * 24 * 60 * 60
"""Seconds for which an address can be confirmed."""

DATA_AGE = 24 * 60 * 60
"""Seconds for which a request for one's data can be carried out."""

_confirm_signer = TimestampSigner(salt="articles.comments.mail.confirm", sep=".")
_data_signer = TimestampSigner(salt="articles.comments.mail.data", sep=".")
# Without an end: a mail may be years old when its reader has had enough.
_stop_signer = Signer(salt="articles.comments.mail.stop", sep=".")
_mute_signer = Signer(salt="articles.comments.mail.mute", sep=".")


def confirm_page(reader: ReaderAddress) -> str:
    """The full address of the page on which an address is confirmed."""
    return absolute(f"/mail/confirm/{_confirm_signer.sign(str(reader.pk))}/")


def stop_page(reader: ReaderAddress) -> str:
    """The full address of the page on which its owner ends all mail, or starts it again."""
    return absolute(f"/mail/stop/{_stop_signer.sign(str(reader.pk))}/")


def mute_page(reader: ReaderAddress, thread: int) -> str:
    """The full address of the page on which its owner ends the mail of one thread, which is named
    by its first comment."""
    return absolute(f"/mail/mute/{_mute_signer.sign(f'{reader.pk}-{thread}')}/")


def data_page(reader: ReaderAddress, wish: str) -> str:
    """The full address of the page on which its owner has what is kept copied or removed."""
    return absolute(f"/privacy/{_data_signer.sign(f'{reader.pk}-{wish}')}/")


def to_confirm(key: str) -> int | None:
    """The id of the address in a key; None when it is forged or too old."""
    try:
        return int(_confirm_signer.unsign(key, max_age=CONFIRM_AGE))
    except BadSignature:
        return None


def to_stop(key: str) -> int | None:
    """The id of the address in a key; None when it is forged."""
    try:
        return int(_stop_signer.unsign(key))
    except BadSignature:
        return None


def to_mute(key: str) -> tuple[int, int] | None:
    """The ids of the address and of the thread in a key; None when it is forged."""
    try:
        reader, _, thread = _mute_signer.unsign(key).partition("-")
    except BadSignature:
        return None
    return int(reader), int(thread)


def to_data(key: str) -> tuple[int, str] | None:
    """The id of the address in a key and the wish; None when it is forged or too old."""
    try:
        reader, _, wish = _data_signer.unsign(key, max_age=DATA_AGE).partition("-")
    except BadSignature:
        return None
    return int(reader), wish
