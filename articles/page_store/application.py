"""The WSGI application (PEP 3333) that stands before Django's."""

import logging
import math
import re
import secrets
import time
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

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
    "/search/feed/",
    "/search/names/",
    "/static/",
    "/media/",
    "/preview/",
    "/comments/mine/",
)
_PARAMETERS = frozenset(
    [
        "after",
        "author",
        "before",
        "comments",
        "country",
        "dateline",
        "from",
        "in",
        "kind",
        "language",
        "letter",
        "list",
        "order",
        "organisation",
        "page",
        "person",
        "place",
        "q",
        "replytocom",
        "section",
        "tag",
        "thread",
        "to",
        "view",
        "year",
    ]
)
_PORT = re.compile(r":\d+$")
_LONGEST_ADDRESS = 500
_LONGEST_HEADER = 200
_OF_A_REQUEST = frozenset({"cache-control", "content-length", "date", "vary", "x-request-id"})
CACHING = "public, no-cache"
"""What a kept page says in Cache-Control: whoever keeps it asks each time whether it holds."""
_VARYING = ("Vary", "Accept-Encoding")

_Address = tuple[str, str]
"""Path and query."""


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
        site = urlsplit(settings.SITE_URL)
        self._asked_as = {"HTTP_HOST": site.netloc, "HTTP_X_FORWARDED_HOST": site.netloc}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in _READING:
            try:
                return self._application(environ, start)
            finally:
                self._watch.ring()
        address = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if not (self._is_ours(environ) and may_be_kept(*address)):
            return self._application(environ, start)
        entry = self._memory_of(address).get(address)
        try:
            if entry is not None and self._purges.spare(entry):
                return self._answer(entry, address, environ, start)
            return self._fetch(address, environ, start)
        except DatabaseError as error:
            logger.warning("Kept pages cannot be compared with the database: %s", error)
            close_old_connections()
            return self._application(environ, start)

    def _is_ours(self, environ: Environ) -> bool:
        """Whether the site is asked by its own name, be it through a proxy. What is kept is the
        same for all, so it does not matter whether that may be believed."""
        return any(map(_is_own, (environ.get("HTTP_HOST"), environ.get("HTTP_X_FORWARDED_HOST"))))

    def _memory_of(self, address: _Address) -> Memory:
        _, query = address
        return self._queried if query else self._memory

    def _fetch(self, address: _Address, environ: Environ, start: Start) -> Iterable[bytes]:
        """The page from the shelf, or rendered anew, once for all who ask for it now."""
        path, query = address
        memory, shelf_of = self._memory_of(address), None if query else self._shelf
        with self._turns.take(f"{path}?{query}"):
            entry = memory.get(address)
            if entry is not None and self._purges.spare(entry):
                return self._answer(entry, address, environ, start)
            entry = shelf_of.get(path) if shelf_of else None
            if entry is None or not self._purges.spare_found(entry):
                seen, position, at = self._purges.count(), freshness.position(), time.time()
                asked = ask(self._application, environ | self._asked_as)
                if not asked.is_keepable:
                    memory.drop(address)
                    return _passed_on(asked, environ, start)
                entry = _entry(asked, position, at, seen)
                if shelf_of:
                    shelf_of.put(path, entry)
            memory.put(address, entry)
        return self._answer(entry, address, environ, start)

    def _answer(
        self, entry: Entry, address: _Address, environ: Environ, start: Start
    ) -> Iterable[bytes]:
        coding = "" if entry.is_small else _coding(environ.get("HTTP_ACCEPT_ENCODING", ""))
        has_it = coding in entry.bodies
        body = entry.body(coding)
        if not has_it:
            self._memory_of(address).put(address, entry)
        etag = of_compressed_content(entry.etag, coding) if coding else entry.etag
        about = [
            ("ETag", etag),
            ("Cache-Control", CACHING),
            _VARYING,
            ("X-Request-ID", secrets.token_hex(8)),
        ]
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags and (tags.strip() == "*" or entry.etag in of_plain_content(tags)):
            start("304 Not Modified", about)
            return ()
        headers = [*entry.headers, *about, ("Content-Length", str(len(body)))]
        if coding:
            headers.append(("Content-Encoding", coding))
        start("200 OK", headers)
        return (body,) if environ["REQUEST_METHOD"] == "GET" else ()


def _is_own(host: str | None) -> bool:
    """Whether ``host`` is what the site is called, or for a site that nobody named this machine, at
    whichever port."""
    if not host:
        return False
    if settings.NAMED_HOSTS:
        return host == urlsplit(settings.SITE_URL).netloc
    return _PORT.sub("", host) in settings.ALLOWED_HOSTS


def _entry(asked: Asked, position: int, at: float, seen: int) -> Entry:
    headers = [one for one in asked.headers if one[0].lower() not in _OF_A_REQUEST]
    until = asked.collected.until
    entry = made(
        headers,
        asked.body,
        asked.collected.things,
        position,
        at,
        until.timestamp() if until else math.inf,
    )
    entry.seen = seen
    return entry


def _passed_on(asked: Asked, environ: Environ, start: Start) -> Iterable[bytes]:
    start(asked.status, asked.headers)
    return (asked.body,) if environ["REQUEST_METHOD"] == "GET" else ()


def may_be_kept(path: str, query: str) -> bool:
    """Whether the address may be that of a page that everybody gets alike."""
    return len(path) + len(query) <= _LONGEST_ADDRESS and _is_of_a_page(path, query)


@lru_cache(maxsize=4_000)
def _is_of_a_page(path: str, query: str) -> bool:
    if path.startswith(_NEVER_KEPT):
        return False
    return (
        not query or {name for name, _ in parse_qsl(query, keep_blank_values=True)} <= _PARAMETERS
    )


def _coding(accept_encoding: str) -> str:
    if len(accept_encoding) > _LONGEST_HEADER:
        return ""
    return _coding_of(accept_encoding)


@lru_cache(maxsize=1_000)
def _coding_of(accept_encoding: str) -> str:
    return coding_for(accept_encoding)
