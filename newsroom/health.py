"""Says whether the program lives, and whether it can serve."""

import logging
from collections.abc import Callable
from functools import cache as once
from uuid import uuid4

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """A check's answer is wrong, though nothing broke on the way."""


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """Liveness: 200 as long as the program answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """Readiness: 200, or 503 and which check failed; why it failed stands in the log only."""
    checks = {name: _outcome(name, check) for name, check in CHECKS.items()}
    is_ready = set(checks.values()) == {"ok"}
    return JsonResponse(
        {"status": "ok" if is_ready else "failed", "checks": checks},
        status=200 if is_ready else 503,
    )


def check_database() -> None:
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1")


def check_migrations() -> None:
    missing = _known_migrations() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        raise NotReady(f"{len(missing)} migrations are not applied; run manage.py migrate")


def check_cache() -> None:
    key = f"readyz-{uuid4().hex}"
    cache.set(key, "ready", timeout=10)
    if cache.get(key) != "ready":
        raise NotReady("the cache does not give back what was put in")
    cache.delete(key)


def check_storage() -> None:
    name = default_storage.save(f"readyz/{uuid4().hex}", ContentFile(b"ready"))
    default_storage.delete(name)


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "cache": check_cache,
    "storage": check_storage,
}


def _outcome(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except Exception:  # Whatever the driver raises, the service is not ready.
        logger.exception("Readiness check failed: %s", name)
        return "failed"
    return "ok"


@once
def _known_migrations() -> set[tuple[str, str]]:
    """Every (app, name) this program ships; read from disk once a process."""
    return set(MigrationLoader(None).graph.nodes)
