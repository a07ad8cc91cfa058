"""Asks the application for a page, and notes what it shows."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, nullcontext
from typing import Any, NamedTuple, Protocol, runtime_checkable

from articles.freshness import Collector, collecting
from newsroom.databases import FOR_ALL


@runtime_checkable
class _Closing(Protocol):
    def close(self) -> object: ...


Environ = dict[str, Any]
Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

# What would make an answer one for this reader alone, or no whole one.
_OF_A_READER = (
    "HTTP_ACCEPT_ENCODING",
    "HTTP_AUTHORIZATION",
    "HTTP_COOKIE",
    "HTTP_IF_MATCH",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_NONE_MATCH",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_RANGE",
)


class Asked(NamedTuple):
    """What the application answered: ``status`` as ``200 OK``, and what it showed."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    collected: Collector

    @property
    def status_code(self) -> int:
        return int(self.status.partition(" ")[0])

    @property
    def named(self) -> dict[str, str]:
        """The headers by their names in small letters."""
        return {name.lower(): value for name, value in self.headers}

    @property
    def is_keepable(self) -> bool:
        """Whether everybody may have it."""
        named = self.named
        caching = named.get("cache-control", "")
        return (
            self.collected.is_keepable
            and self.status_code == 200
            and "set-cookie" not in named
            and "private" not in caching
            and "no-store" not in caching
        )


def ask(application: Application, environ: Mapping[str, Any]) -> Asked:
    """The answer to a reader of whom nothing is known but the address and the host asked for."""
    asked: Environ = {name: value for name, value in environ.items() if name not in _OF_A_READER}
    asked |= {"REQUEST_METHOD": "GET", FOR_ALL: True}
    started: list[Any] = []

    def start(status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        started[:] = [status, headers]

    with collecting() as collected:
        answer = application(asked, start)
        with closing(answer) if isinstance(answer, _Closing) else nullcontext():
            body = b"".join(answer)
    status, headers = started
    return Asked(status, list(headers), body, collected)
