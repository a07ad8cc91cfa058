"""A page as it is kept: its bytes in every coding asked for, and what it shows."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field

import brotli

from articles.api import compression
from articles.api.etags import etag_of
from articles.freshness import Span, Thing

_WITH_GZIP_HEADER = 31
_QUICKLY = 1
_FORM = 1
"""Of an entry on a shelf; another one is not read."""

_OF_A_THING = 150
_OF_AN_ENTRY = 1_500


@dataclass(slots=True)
class Entry:
    """A page with status 200, and its headers, without those of the request or of a coding.

    ``position`` is how far purges went before it was rendered, ``at`` when that was and ``until``
    when the clock makes it another (seconds since 1970); ``is_small`` says that it is not worth
    compressing, ``seen`` how many purges it has been compared with.
    """

    headers: list[tuple[str, str]]
    etag: str
    bodies: dict[str, bytes]
    things: Mapping[Thing, Span]
    position: int
    at: float
    until: float
    is_small: bool
    seen: int = 0
    subjects: frozenset[int] = field(init=False)

    def __post_init__(self) -> None:
        self.subjects = frozenset(subject for subject, _ in self.things)

    def body(self, coding: str) -> bytes:
        """The page in ``coding``, made when it is first asked for."""
        body = self.bodies.get(coding)
        if body is None:
            plain = self._plain()
            body = compression.compress(plain, coding) if coding else plain
            self.bodies[coding] = body
        return body

    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return sum(map(len, self.bodies.values())) + len(self.things) * _OF_A_THING + _OF_AN_ENTRY

    def _plain(self) -> bytes:
        if "br" in self.bodies:
            plain: bytes = brotli.decompress(self.bodies["br"])
            return plain
        if "gzip" in self.bodies:
            return zlib.decompress(self.bodies["gzip"], _WITH_GZIP_HEADER)
        return self.bodies[compression.IDENTITY]


def made(
    headers: list[tuple[str, str]],
    body: bytes,
    things: Mapping[Thing, Span],
    position: int,
    at: float,
    until: float,
) -> Entry:
    """The entry of a page whose rendering began ``at`` some moment, when purges were at
    ``position``."""
    bodies = {compression.IDENTITY: body}
    is_small = len(body) < compression.SMALLEST
    return Entry(headers, etag_of(body), bodies, things, position, at, until, is_small)


def pack(entry: Entry) -> bytes:
    """``entry`` as a shelf holds it: a line of JSON, then the body in zlib's form."""
    head = {
        "form": _FORM,
        "headers": entry.headers,
        "etag": entry.etag,
        "things": [[*thing, *span] for thing, span in entry.things.items()],
        "position": entry.position,
        "at": entry.at,
        "until": entry.until,
    }
    body = zlib.compress(entry.body(compression.IDENTITY), _QUICKLY)
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + body


def unpack(packed: bytes) -> Entry | None:
    """The entry that ``pack`` made; None of what is not one."""
    line, _, body = packed.partition(b"\n")
    try:
        head = json.loads(line)
        if head["form"] != _FORM:
            return None
        things = {(subject, key): Span(first, last) for subject, key, first, last in head["things"]}
        plain = zlib.decompress(body)
        return Entry(
            [(name, value) for name, value in head["headers"]],
            head["etag"],
            {compression.IDENTITY: plain},
            things,
            head["position"],
            head["at"],
            head["until"],
            len(plain) < compression.SMALLEST,
        )
    except (ValueError, KeyError, TypeError, zlib.error):
        return None
