"""The one way out: a POST to an address that was looked up and checked, and to no other."""

import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.client import HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from articles.webhooks.public_hosts import Check, host_of, is_public, resolve

TIMEOUT = 10
"""Seconds in which a receiver has to have taken a message and answered."""

_LARGEST_ANSWER = 4096

FAULTS = (OSError, HTTPException, ValueError)
"""What ``post`` can raise: no way there, no sense in what came back, or not allowed."""


class _Connection(HTTPSConnection):
    """Goes to ``address``, and has the certificate be that of ``host``."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext) -> None:
        super().__init__(host, port, timeout=TIMEOUT)
        self._address = address
        self._tls = context

    def connect(self) -> None:
        plain = socket.create_connection((self._address, self.port), TIMEOUT)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    allows: Check = is_public,
    context: ssl.SSLContext | None = None,
) -> int:
    """Send ``body`` and return the status of the answer; no redirect is followed.

    ``allows`` says which addresses may be gone to, ``context`` which certificates hold. Raises one
    of ``FAULTS``.
    """
    host, port = host_of(url)
    address = resolve(url, allows)
    connection = _Connection(host, port, address, context or ssl.create_default_context())
    # The timeout of a socket is for one step; who answers a byte at a time would keep us.
    overdue = threading.Timer(TIMEOUT, _hang_up, [connection])
    overdue.daemon = True
    overdue.start()
    try:
        connection.request("POST", _target(url), body, dict(headers))
        answer = connection.getresponse()
        answer.read(_LARGEST_ANSWER)
        return answer.status
    finally:
        overdue.cancel()
        connection.close()


def _hang_up(connection: HTTPSConnection) -> None:
    if connection.sock is not None:
        with suppress(OSError):
            connection.sock.shutdown(socket.SHUT_RDWR)


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
