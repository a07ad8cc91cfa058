"""Spreads a reader's queries over the replicas, and lets nobody miss what they just wrote."""

import random
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

DEFAULT = "default"
FOR_ALL = "newsroom.for_all"
"""In the environ of a request whose answer is kept for others: none of them shall get
what a replica has not caught up with."""

# Replicas lag, so only the pages of anonymous readers use them; commands and editors never do. And
# each lags by a time of its own, so a request stays with one.
_read_from: ContextVar[str] = ContextVar("read_from", default=DEFAULT)


def replicas() -> list[str]:
    """The aliases of the replicas."""
    return [alias for alias in settings.DATABASES if alias != DEFAULT]


class ReplicaReadsMiddleware:
    """Opens one of the replicas for a request that only reads and belongs to nobody who is known,
    by a session or by a key of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        is_known = has_cookie or "Authorization" in request.headers or FOR_ALL in request.META
        reads_only = request.method in {"GET", "HEAD"}
        replica = random.choice(replicas()) if reads_only and not is_known else DEFAULT
        token = _read_from.set(replica)
        try:
            return self.get_response(request)
        finally:
            _read_from.reset(token)


class ReplicaRouter:
    """Reads go to the request's replica until it writes or opens a transaction."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        return DEFAULT if connections[DEFAULT].in_atomic_block else _read_from.get()

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        _read_from.set(DEFAULT)
        return DEFAULT

    def allow_relation(self, first: Model, second: Model, **hints: object) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == DEFAULT
