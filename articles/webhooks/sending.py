"""The one way out: a POST to an address that was looked up and checked, and to no other."""

import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from articles.webhooks.public_hosts import Check, host_of, is_public, resolve

TIMEOUT = 10.0
"""Seconds in which a receiver has to have taken a message and answered."""

_LARGEST_ANSWER = 4096

FAULTS = (OSError, HTTPException, ValueError)
"""What ``post`` can raise: no way there, no sense in what came back, or not allowed."""


class _Connection(HTTPSConnection):
    """Goes to ``address``, and has the certificate be that of ``host``.

    The timeout of a socket is for one step, and who answers a byte at a time would keep us: so
    ``hang_up`` ends it from outside, wherever it stands.
    """

    def __init__(
        self, host: str, port: int, address: str, tls: ssl.SSLContext, seconds: float
    ) -> None:
        super().__init__(host, port, timeout=seconds)
        self._address = address
        self._tls = tls
        self._wire: socket.socket | None = None
        self._is_hung_up = False

    def connect(self) -> None:
        self._wire = socket.create_connection((self._address, self.port), self.timeout)
        self._wire = self.sock = self._tls.wrap_socket(
            self._wire, server_hostname=self.host, do_handshake_on_connect=False
        )
        if self._is_hung_up:  # while there was no socket to hang up
            raise TimeoutError
        self.sock.do_handshake()

    def hang_up(self) -> None:
        """Have whatever waits for the receiver fail now."""
        self._is_hung_up = True
        # Not ``sock``: that is gone once the head of an answer says that it is the last.
        if self._wire is not None:
            with suppress(OSError):
                # Not that of a TLS socket, which would go on in the clear.
                socket.socket.shutdown(self._wire, socket.SHUT_RDWR)

    def close(self) -> None:
        super().close()
        if self._wire is not None:  # which is no ``sock`` yet when there is no TLS
            self._wire.close()


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    allows: Check = is_public,
    context: ssl.SSLContext | None = None,
    seconds: float = TIMEOUT,
) -> int:
    """Send ``body`` and return the status of the answer; no redirect is followed.

    ``allows`` says which addresses may be gone to, ``context`` which certificates hold, ``seconds``
    how long all of it may take. Raises one of ``FAULTS``.
    """
    until = time.monotonic() + seconds
    host, port = host_of(url)
    address = resolve(url, allows, seconds)
    left = max(0.001, until - time.monotonic())
    tls = context or ssl.create_default_context()
    connection = _Connection(host, port, address, tls, left)
    overdue = threading.Timer(left, connection.hang_up)
    overdue.daemon = True
    overdue.start()
    try:
        connection.request("POST", _target(url), body, dict(headers))
        with connection.getresponse() as answer:
            answer.read(_LARGEST_ANSWER)
            status = answer.status
    except FAULTS as fault:
        if time.monotonic() >= until:
            raise _too_late(seconds) from fault
        raise
    finally:
        overdue.cancel()
        connection.close()
    if time.monotonic() >= until:
        raise _too_late(seconds)
    return status


def _too_late(seconds: float) -> TimeoutError:
    return TimeoutError(f"It did not answer within {seconds:g} seconds.")


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
