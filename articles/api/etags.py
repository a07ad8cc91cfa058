"""The tag of an answer, by which a client says which version it has (RFC 9110, 8.8.3)."""

import hashlib
import re

_DIGITS = 24
_OF_AN_ENCODING = re.compile(r'-(?:gzip|br)"')


def etag_of(content: bytes) -> str:
    """The strong tag of an answer's content, before any compression, in its quotes."""
    # Processors have instructions for SHA-256: nothing else that collides as little is as quick.
    return f'"{hashlib.sha256(content).hexdigest()[:_DIGITS]}"'


def of_compressed_content(etag: str, coding: str) -> str:
    """The tag of the same answer in ``coding``: another representation, which a strong tag has to
    tell from the plain one."""
    return f'{etag[:-1]}-{coding}"'


def of_plain_content(etags: str) -> str:
    """``etags``, one or a list of them, as they are of the same answers uncompressed:
    ``"abc-gzip"`` is ``"abc"``."""
    return _OF_AN_ENCODING.sub('"', etags)
