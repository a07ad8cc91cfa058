"""Lets one at a time render a page, in all processes of a machine: the others wait for it."""

import contextlib
import fcntl
import hashlib
import logging
import os
import time
from collections.abc import Iterator
from pathlib import Path

logger = logging.getLogger(__name__)

LONGEST_WAIT = 10.0
"""Seconds after which one no longer waits for somebody who may hang, and renders too."""

_PAUSE = 0.004
_LOCKS = 1 << 12


class Turns:
    """Locks on files of ``folder``; two pages share one seldom, and then wait for each other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def take(self, address: str) -> Iterator[None]:
        """Wait until nobody else has the turn for ``address``, and have it inside the context.
        Where files cannot be opened, nobody waits."""
        number = int.from_bytes(hashlib.blake2b(address.encode(), digest_size=4).digest(), "big")
        try:
            file = os.open(self._folder / f"{number % _LOCKS:03x}", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            logger.warning("Pages are rendered without waiting for others: %s", error)
            yield
            return
        try:
            self._wait(file)
            yield
        finally:
            os.close(file)  # which gives the turn back

    def _wait(self, file: int) -> None:
        latest = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < latest:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(_PAUSE)
            else:
                return
