"""Counts what somebody does within a time, over all processes that serve the site.

In the server that ``CACHE_URL`` names, where that is a Valkey or Redis; else in a small SQLite file
in the data folder, of its own, so that a reader writes nothing to the archive's database. A window
begins with the first thing counted in it and has a fixed length.
"""

import logging
import time
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from newsroom.counters.count import Count, Counters

__all__ = ["Count", "take"]

SECONDS_OF_REST = 5
"""For how long a store that failed is left alone: nobody waits for it with every request."""

_log = logging.getLogger(__name__)
_failed_at = float("-inf")


def take(name: str, cost: int, *, most: int, seconds: int) -> Count | None:
    """Count ``cost`` under ``name``, unless that makes more than ``most`` within ``seconds``.

    None when nothing can be counted now: whoever asks decides without it.
    """
    global _failed_at  # noqa: PLW0603 - the state of a store that all of the process share
    if time.monotonic() - _failed_at < SECONDS_OF_REST:
        return None
    try:
        return _counters().take(name, cost, most, seconds)
    except Exception:  # noqa: BLE001 - whatever ails the store, the site goes on
        _failed_at = time.monotonic()
        _log.warning("Requests are not counted for some seconds.", exc_info=True)
        return None


def _counters() -> Counters:
    default = settings.CACHES["default"]
    if default["BACKEND"].endswith(".RedisCache"):
        return _opened("newsroom.counters.in_valkey.ValkeyCounters", str(default["LOCATION"]))
    path = settings.DATA_DIR / "counters.sqlite3"
    return _opened("newsroom.counters.in_file.FileCounters", str(path))


@cache
def _opened(kind: str, place: str) -> Counters:
    # The client of Valkey is installed only where it is used.
    counters: Counters = import_string(kind)(place)
    return counters
