"""The WSGI application (PEP 3333) that stands before Django's."""

import logging
import math
import secrets
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from articles import freshness
from articles.api.compression import coding_for
from articles.api.etags import of_compressed_content, of_plain_content
from articles.page_store.asking import Application, Asked, Environ, Start, ask
from articles.page_store.entry import Entry, made
from articles.page_store.memory import Memory
from articles.page_store.purges import Purges
from articles.page_store.shelf import shelf
from articles.page_store.turns import Turns
from articles.page_store.watch import Watch, watch

logger = logging.getLogger(__name__)

IN_MEMORY = 64 * 1024**2
"""Bytes of pages that each process has at hand; and a quarter of that of pages with a query, so
that nobody pushes out the others by asking for many of them."""

_READING = frozenset({"GET", "HEAD"})
_NEVER_KEPT = (
    "/admin/",
    "/api/",
    "/healthz",
    "/readyz",
    "/search/",
    "/static/",
    "/media/",
    "/preview/",
    "/comments/mine/",
)
_PARAMETERS = frozenset(
    [
        "after",
        "before",
        "comments",
        "country",
        "from",
        "in",
        "kind",
        "letter",
        "list",
        "order",
        "page",
        "replytocom",
        "thread",
        "to",
        "view",
        "year",
    ]
)
_LONGEST_ADDRESS = 500
_OF_A_REQUEST = frozenset({"x-request-id", "content-length", "date", "vary"})
_CACHING = ("Cache-Control", "public, no-cache")
_VARYING = ("Vary", "Accept-Encoding")

_Address = tuple[str, str, str, str]


class PageStore:
    """Answers with pages that are kept, and keeps what ``application`` answers."""

    def __init__(self, application: Application, watching: Watch | None = None) -> None:
        self._application = application
        self._watch = watching or watch()
        self._purges = Purges(self._watch)
        self._memory = Memory(IN_MEMORY)
        self._queried = Memory(IN_MEMORY // 4)
        self._shelf = shelf()
        self._turns = Turns(settings.DATA_DIR / "pages" / "turns")

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in _READING:
            try:
                return self._application(environ, start)
            finally:
                self._watch.ring()
        address = (
            environ.get("HTTP_HOST", ""),
            environ.get("HTTP_X_FORWARDED_HOST", ""),
            environ["PATH_INFO"],
            environ.get("QUERY_STRING", ""),
        )
        entry = self._memory.get(address) if not address[3] else self._queried.get(address)
        try:
            if entry is not None and self._purges.spare(entry):
                return self._answer(entry, address, environ, start)
            if not _may_be_kept(address[2], address[3]):
                return self._application(environ, start)
            return self._fetch(address, environ, start)
        except DatabaseError as error:
            logger.warning("Kept pages cannot be compared with the database: %s", error)
            close_old_connections()
            return self._application(environ, start)

    def _fetch(self, address: _Address, environ: Environ, start: Start) -> Iterable[bytes]:
        """The page from the shelf, or rendered anew, once for all who ask for it now."""
        name = "\n".join(address)
        memory = self._queried if address[3] else self._memory
        with self._turns.take(name):
            entry = memory.get(address)
            if entry is not None and self._purges.spare(entry):
                return self._answer(entry, address, environ, start)
            is_shelved = not address[3]
            entry = self._shelf.get(name) if is_shelved else None
            if entry is None or not self._purges.spare_found(entry):
                seen, position = self._purges.count(), freshness.position()
                asked = ask(self._application, environ)
                if not asked.is_keepable:
                    memory.drop(address)
                    return _passed_on(asked, environ, start)
                entry = _entry(asked, position, seen)
                if is_shelved:
                    self._shelf.put(name, entry)
            memory.put(address, entry)
        return self._answer(entry, address, environ, start)

    def _answer(
        self, entry: Entry, address: _Address, environ: Environ, start: Start
    ) -> Iterable[bytes]:
        coding = "" if entry.is_small else _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        has_it = coding in entry.bodies
        body = entry.body(coding)
        if not has_it:
            (self._queried if address[3] else self._memory).put(address, entry)
        etag = of_compressed_content(entry.etag, coding) if coding else entry.etag
        about = [("ETag", etag), _CACHING, _VARYING, ("X-Request-ID", secrets.token_hex(8))]
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags and (tags.strip() == "*" or entry.etag in of_plain_content(tags)):
            start("304 Not Modified", about)
            return ()
        headers = [*entry.headers, *about, ("Content-Length", str(len(body)))]
        if coding:
            headers.append(("Content-Encoding", coding))
        start("200 OK", headers)
        return (body,) if environ["REQUEST_METHOD"] == "GET" else ()


def _entry(asked: Asked, position: int, seen: int) -> Entry:
    left_out = _OF_A_REQUEST | {_CACHING[0].lower()}
    headers = [one for one in asked.headers if one[0].lower() not in left_out]
    until = asked.collected.until
    entry = made(
        headers,
        asked.body,
        asked.collected.things,
        position,
        until.timestamp() if until else math.inf,
    )
    entry.seen = seen
    return entry


def _passed_on(asked: Asked, environ: Environ, start: Start) -> Iterable[bytes]:
    start(asked.status, asked.headers)
    return (asked.body,) if environ["REQUEST_METHOD"] == "GET" else ()


@lru_cache(maxsize=4_000)
def _may_be_kept(path: str, query: str) -> bool:
    """Whether the address may be that of a page that everybody gets alike."""
    if path.startswith(_NEVER_KEPT) or len(path) + len(query) > _LONGEST_ADDRESS:
        return False
    return (
        not query or {name for name, _ in parse_qsl(query, keep_blank_values=True)} <= _PARAMETERS
    )


@lru_cache(maxsize=1_000)
def _coding(accept_encoding: str) -> str:
    return coding_for(accept_encoding)
