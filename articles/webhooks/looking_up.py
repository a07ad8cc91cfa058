"""Looks up a host within a time; the system's own look-up can take any."""

import socket
import threading
import time
from concurrent.futures import Future

MOST_AT_ONCE = 8
"""Look-ups of a process that may hang at a time; while as many do, others wait for one to end."""

_free = threading.BoundedSemaphore(MOST_AT_ONCE)


def look_up(host: str, port: int, seconds: float) -> list[str]:
    """The addresses of a host, those to be tried first before the others.

    Raises ``OSError`` or ``UnicodeError`` when it has none, ``TimeoutError`` (an ``OSError``) when
    it is not known within ``seconds``.
    """
    until = time.monotonic() + seconds
    if not _free.acquire(timeout=seconds):
        raise TimeoutError
    found: Future[list[str]] = Future()
    # A thread cannot be stopped. One that hangs ends with the system's patience, or the process.
    threading.Thread(target=_look_up, args=(host, port, found), daemon=True).start()
    return found.result(timeout=max(0, until - time.monotonic()))


def _look_up(host: str, port: int, found: "Future[list[str]]") -> None:
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        found.set_result([str(entry[4][0]) for entry in entries])
    except Exception as fault:  # noqa: BLE001 - whoever waits is told
        found.set_exception(fault)
    finally:
        _free.release()
