"""Asks the site itself for a page, as a reader of whom nothing is known would."""

import io
from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse

from articles.page_store.asking import Asked, Environ, Start, ask


def render(address: str) -> Asked:
    """The answer at an address, which is a path that is not percent-encoded, and perhaps a query.

    Nothing that the site keeps is looked at: the page is made anew.
    """
    return ask(_application, _environ(address))


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
