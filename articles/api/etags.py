"""The tag of an answer, by which a client says which version it has (RFC 9110, 8.8.3)."""

import hashlib
import re

_OF_AN_ENCODING = re.compile(r'-(?:gzip|br|zstd)"$')


def etag_of(content: bytes) -> str:
    """The strong tag of an answer's content, before any compression, in its quotes."""
    return f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def of_plain_content(etag: str) -> str:
    """``etag`` as it is of the same answer uncompressed: ``"abc-gzip"`` is ``"abc"``."""
    return _OF_AN_ENCODING.sub('"', etag)
