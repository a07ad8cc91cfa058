"""Spreads a reader's queries over the replicas, and lets nobody miss what they just wrote."""

import random
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.db import connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

DEFAULT = "default"

# Replicas lag, so only the pages of anonymous readers use them; commands and editors never do.
may_read_replicas: ContextVar[bool] = ContextVar("may_read_replicas", default=False)


class ReplicaReadsMiddleware:
    """Opens the replicas for one request that only reads and belongs to nobody who is known, by a
    session or by a key of the API."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        is_known = has_cookie or "Authorization" in request.headers
        reads_only = request.method in {"GET", "HEAD"}
        token = may_read_replicas.set(reads_only and not is_known)
        try:
            return self.get_response(request)
        finally:
            may_read_replicas.reset(token)


class ReplicaRouter:
    """Reads go to a replica until the request writes or opens a transaction."""

    def __init__(self) -> None:
        self.replicas = [alias for alias in settings.DATABASES if alias != DEFAULT]

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        if not may_read_replicas.get() or connections[DEFAULT].in_atomic_block:
            return DEFAULT
        return random.choice(self.replicas)

    def db_for_write(self, model: type[Model], **hints: object) -> str:
        may_read_replicas.set(False)
        return DEFAULT

    def allow_relation(self, first: Model, second: Model, **hints: object) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: object) -> bool:
        return db == DEFAULT
