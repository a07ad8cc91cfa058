"""Asks the site itself for a page, as a reader of whom nothing is known would."""

import io
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse

from articles.freshness import Span, Thing
from articles.page_store.asking import Environ, Start, ask


class Rendered(NamedTuple):
    """What the site answers, and what that shows; ``is_keepable`` says that it is a page, and the
    same for every reader, and ``until`` when the clock alone makes it another."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    things: Mapping[Thing, Span]
    until: datetime | None
    is_keepable: bool


def render(address: str) -> Rendered:
    """The answer at an address, which is a path that is not percent-encoded, and perhaps a query.

    Nothing that the site keeps is looked at: the page is made anew.
    """
    asked = ask(_application, _environ(address))
    return Rendered(
        int(asked.status.partition(" ")[0]),
        dict(asked.headers),
        asked.body,
        asked.collected.things,
        asked.collected.until,
        asked.is_keepable,
    )


def _application(environ: Environ, start: Start) -> list[bytes]:
    """The site, without the signals at the begin and end of a request, which close connections."""
    response = _handler().get_response(WSGIRequest(environ))
    if not isinstance(response, HttpResponse):
        raise TypeError("a page that is kept is not streamed")
    cookies = [("Set-Cookie", cookie.OutputString()) for cookie in response.cookies.values()]
    start(f"{response.status_code} {response.reason_phrase}", [*response.items(), *cookies])
    return [response.content]


@cache
def _handler() -> WSGIHandler:
    return WSGIHandler()


def _environ(address: str) -> Environ:
    path, _, query = address.partition("?")
    site = urlsplit(settings.SITE_URL)
    return {
        "REMOTE_ADDR": "127.0.0.1",
        "PATH_INFO": path.encode().decode("latin-1"),
        "SCRIPT_NAME": "",
        "QUERY_STRING": query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "SERVER_NAME": site.hostname or "",
        "SERVER_PORT": str(site.port or (443 if site.scheme == "https" else 80)),
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
