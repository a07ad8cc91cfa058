"""A reader of a page store, and a watch that never sleeps."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from articles.page_store.application import PageStore


class Alert:
    """Always says to look: what a test writes is not committed, and no watch would notice."""

    def stamp(self) -> object:
        return object()

    def ring(self) -> None:
        pass


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Site:
    """The site behind a store, which counts what had to be rendered."""

    def __init__(self) -> None:
        self.rendered: list[str] = []
        self._handler = WSGIHandler()
        self.store = PageStore(self._render, Alert())

    def get(self, address: str | None, method: str = "GET", **headers: str) -> Answer:
        return _ask(self.store, address or "", method, headers)

    def fresh(self, address: str) -> bytes:
        """The page as it would be now."""
        return _ask(self._handler, address, "GET", {}).body

    def _render(self, environ: dict[str, Any], start: Any) -> Any:
        query = environ["QUERY_STRING"]
        path = environ["PATH_INFO"].encode("latin-1").decode()
        self.rendered.append(path + (f"?{query}" if query else ""))
        return self._handler(environ, start)


def _ask(application: Any, address: str, method: str, headers: dict[str, str]) -> Answer:
    path, _, query = address.partition("?")
    answer: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8000",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": io.StringIO(),
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    with _connections_kept():
        body = b"".join(application(environ, lambda *start: answer.extend(start)))
    return Answer(int(answer[0][:3]), {n.lower(): v for n, v in answer[1]}, body)


@contextmanager
def _connections_kept() -> Iterator[None]:
    """Keep the test's own connection, which is in a transaction, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
