"""Knows without building an answer whether it would still be the same.

An answer depends on the database and, in a few places, on the clock. So beside an answer's tag is
kept in which state the database was before it was read, and until when the clock changes nothing.
While the state is that one, a client that has the tag has the answer, and is told so before any
view, or who asks, is looked for: ``NotModifiedMiddleware`` counts the request for whoever the
answer was counted for.
"""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotModified
from django.utils import timezone
from rest_framework.request import Request

from articles.api import state
from articles.api.etags import of_plain_content
from articles.api.limits import Allowance
from articles.api.state import Clock, State
from articles.comments import networks
from articles.models import ApiKey

KEPT = 2_000
"""Answers whose tags are kept, the most recently asked for; some hundred bytes each."""

LONGEST = timedelta(minutes=1)
LONGEST_WITH_AGE_LIMIT = timedelta(seconds=2)
"""Where comments close by age, any second may be the one."""


_TOLD = ("Allow", "Cache-Control", "ETag", "Last-Modified", "Vary")
"""The headers of an answer that a 304 in its place has too (RFC 9110, 15.4.5)."""


class Known(NamedTuple):
    """The tag of an answer and the headers of a 304 in its place; in which state of the database
    and until when they hold; of whose allowance it takes how much."""

    etag: str
    headers: dict[str, str]
    state: str
    until: datetime
    allowance: Allowance
    cost: int


_answers: OrderedDict[bytes, Known] = OrderedDict()
_lock = threading.Lock()


class NotModifiedMiddleware:
    """Answers 304 to who has what would be answered, where that is known beforehand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if known := _known(request):
            quota = known.allowance.take(known.cost)
            if quota is None or not quota.is_exceeded:
                limits = quota.headers if quota else {}
                return HttpResponseNotModified(headers={**known.headers, **limits})
        return self._get_response(request)


def _known(request: HttpRequest) -> Known | None:
    """What is known of the answer to ``request``, if it is still the same and the client has it."""
    tags = request.META.get("HTTP_IF_NONE_MATCH")
    if not tags or "HTTP_IF_MATCH" in request.META or not request.path_info.startswith(_API):
        return None
    with _lock:
        found = _answers.get(_key(request))
    if found is None or found.until <= timezone.now():
        return None
    seen = state.of(request)
    if seen is None or seen.name != found.state:
        return None
    return found if of_plain_content(found.etag) in of_plain_content(tags) else None


@dataclass(frozen=True, slots=True)
class Visit:
    """A request that reads: what tells its answer from all others; the time, and the state of the
    database, before the answer is built; of whose allowance it takes how much."""

    key: bytes
    at: datetime
    state: State
    allowance: Allowance
    cost: int
    expires_at: datetime | None
    """When the key with which it asks is none any more."""

    def remember(self, answer: HttpResponseBase) -> None:
        """Keep the tag of the answer that was built."""
        headers = {name: answer.headers[name] for name in _TOLD if name in answer.headers}
        until = _until(self.state.clock(self.at), self.at)
        if self.expires_at:
            until = min(until, self.expires_at)
        known = Known(headers["ETag"], headers, self.state.name, until, self.allowance, self.cost)
        with _lock:
            _answers[self.key] = known
            _answers.move_to_end(self.key)
            while len(_answers) > KEPT:
                _answers.popitem(last=False)


def visit(request: Request, allowance: Allowance, cost: int) -> Visit | None:
    """The visit of a request; to be called before anything is read.

    None for what writes, and where the state of the database cannot be told.
    """
    if request.method not in ("GET", "HEAD"):
        return None
    at, seen = timezone.now(), state.of(request)
    if seen is None:
        return None
    expires_at = request.auth.expires_at if isinstance(request.auth, ApiKey) else None
    return Visit(_key(request), at, seen, allowance, cost, expires_at)


_API = "/api/"
_TELLING = (
    "REQUEST_METHOD", "wsgi.url_scheme", "HTTP_X_FORWARDED_PROTO",
    "HTTP_HOST", "HTTP_X_FORWARDED_HOST", "SERVER_NAME", "SERVER_PORT",
    "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING",
    "HTTP_AUTHORIZATION", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING",
    "CONTENT_TYPE", "CONTENT_LENGTH", "HTTP_CONTENT_ENCODING", "HTTP_TRANSFER_ENCODING",
)  # fmt: skip
"""Of what is sent, all that tells one answer from another, and one refusal."""


def _key(request: HttpRequest | Request) -> bytes:
    """Who asks, by which address, for what, and how."""
    sent = request.META
    parts = [str(sent.get(name)) for name in _TELLING]
    parts.append(networks.network_of(sent.get("REMOTE_ADDR", "")))
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).digest()


def _until(clock: Clock, at: datetime) -> datetime:
    """When the clock will change an answer that was built from ``at`` on."""
    latest = at + (LONGEST_WITH_AGE_LIMIT if clock.closes_comments else LONGEST)
    return min(latest, clock.next_due) if clock.next_due else latest
