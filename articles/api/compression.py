"""Compresses answers, as the client says in Accept-Encoding (RFC 9110, 12.5.3)."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator

import brotli

SMALLEST = 1024
"""Bytes below which an answer fits in one packet as it is."""

FLUSHED_EVERY = 64 * 1024
"""Bytes of a stream after which what was compressed of it is sent on."""

# Both take a millisecond or two for a page of articles; the next steps double that for little.
_GZIP_LEVEL = 5
_BROTLI_QUALITY = 4
_WITH_GZIP_HEADER = 31

IDENTITY = ""
_PREFERRED = ("br", "gzip")

_ACCEPTED = re.compile(
    r"\s*([\w!#$%&'*+.^`|~-]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?\s*"
)


def coding_for(accept_encoding: str) -> str:
    """The best coding that is accepted, ``br`` or ``gzip``; empty to send it as it is."""
    qualities: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        if match := _ACCEPTED.fullmatch(part):
            qualities[match[1].removeprefix("x-")] = float(match[2] or 1)
    others = qualities.get("*", 0.0)
    best = max(_PREFERRED, key=lambda coding: qualities.get(coding, others))
    quality = qualities.get(best, others)
    return best if quality > 0 and quality >= qualities.get("identity", 0.0) else IDENTITY


def compress(content: bytes, coding: str) -> bytes:
    """All of ``content`` in ``coding``, always to the same bytes."""
    if coding == "br":
        compressed: bytes = brotli.compress(content, quality=_BROTLI_QUALITY)
        return compressed
    compressor = zlib.compressobj(_GZIP_LEVEL, wbits=_WITH_GZIP_HEADER)
    return compressor.compress(content) + compressor.flush()


def compress_stream(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """``chunks`` in ``coding``, without ever holding more than some of them."""
    process, flush, finish = _steps(coding)
    waiting = 0
    for chunk in chunks:
        waiting += len(chunk)
        compressed = process(chunk)
        if waiting >= FLUSHED_EVERY:
            compressed += flush()
            waiting = 0
        if compressed:
            yield compressed
    yield finish()


def _steps(
    coding: str,
) -> tuple[Callable[[bytes], bytes], Callable[[], bytes], Callable[[], bytes]]:
    if coding == "br":
        stream = brotli.Compressor(quality=_BROTLI_QUALITY)
        return stream.process, stream.flush, stream.finish
    gzip = zlib.compressobj(_GZIP_LEVEL, wbits=_WITH_GZIP_HEADER)
    return gzip.compress, lambda: gzip.flush(zlib.Z_SYNC_FLUSH), gzip.flush
