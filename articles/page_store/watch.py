"""Tells at next to no cost that something may have been committed since one last looked.

On SQLite a connection that never writes asks the file for the number that every commit changes
(``PRAGMA data_version``). On PostgreSQL, where to ask takes as long as to answer, whoever has
written rings a bell that all processes of the machine share: eight bytes of a file, mapped into
memory. What others write, commands or another machine, is noticed within ``BLIND`` seconds.
"""

import mmap
import secrets
import sqlite3
import struct
import threading
import time
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connections, router

from articles.models import Purge

BLIND = 1.0

_NUMBER = struct.Struct("Q")


class Watch(Protocol):
    def stamp(self) -> object:
        """What is another after every commit that matters."""

    def ring(self) -> None:
        """Say that this process may have written something."""


def watch() -> Watch:
    """The watch that fits the database."""
    connection = connections[router.db_for_write(Purge)]
    if connection.vendor == "sqlite":
        return FileWatch(str(connection.settings_dict["NAME"]))
    return Bell(settings.DATA_DIR / "pages" / "bell")


class FileWatch:
    """Watches an SQLite file."""

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(
            path, timeout=0.25, isolation_level=None, check_same_thread=False
        )
        self._lock = threading.Lock()

    def stamp(self) -> object:
        try:
            with self._lock:
                return self._connection.execute("PRAGMA data_version").fetchone()
        except sqlite3.Error:
            return time.monotonic()  # look, rather than trust what one has

    def ring(self) -> None:
        """The file says so itself."""


class Bell:
    """Eight bytes that whoever writes makes others; and the time, for what does not ring."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as file:
            file.truncate(_NUMBER.size)
            self._bytes = mmap.mmap(file.fileno(), _NUMBER.size)

    def stamp(self) -> object:
        return self._bytes[:], int(time.monotonic() / BLIND)

    def ring(self) -> None:
        self._bytes[:] = secrets.token_bytes(_NUMBER.size)
