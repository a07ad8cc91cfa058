"""Where pages lie that all processes share: in files, or on the server that ``CACHE_URL`` names.

A page is found by its address and by the version of the program, for another version may draw it
otherwise. What a shelf gives back may be outdated: the purges say so.
"""

import contextlib
import hashlib
import logging
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.cache import BaseCache, caches
from django.core.cache.backends.redis import RedisCache

from articles.freshness import program
from articles.page_store.entry import Entry, pack, unpack

logger = logging.getLogger(__name__)

LONGEST = 24 * 60 * 60
"""Seconds for which a page lies there at most, asked for or not; purges are kept for longer."""

LARGEST = 2 * 1024**3
"""Bytes that the files may take."""


class Shelf(Protocol):
    def get(self, address: str) -> Entry | None:
        """The page at an address, if there is one."""

    def put(self, address: str, entry: Entry) -> None:
        """Lay a page there. It may be gone at any time."""


def shelf() -> Shelf:
    """The shelf that the settings say."""
    shared = caches["default"]
    if isinstance(shared, RedisCache):
        return CacheShelf(shared)
    return FileShelf(settings.DATA_DIR / "pages")


class FileShelf:
    """A file for each page, in 256 folders."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, address: str) -> Entry | None:
        try:
            return unpack(self._file(address).read_bytes())
        except OSError:
            return None

    def put(self, address: str, entry: Entry) -> None:
        file = self._file(address)
        new = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            new.write_bytes(pack(entry))
            new.replace(file)
        except OSError as error:
            logger.warning("A page cannot be kept: %s", error)
            with contextlib.suppress(OSError):
                new.unlink(missing_ok=True)

    def tidy(self) -> None:
        """Remove what has lain there too long, and the oldest of what takes too much room."""
        files = sorted(self._files(), reverse=True)
        size, earliest = 0, time.time() - LONGEST
        for at, length, file in files:
            size += length
            if at < earliest or size > LARGEST:
                with contextlib.suppress(OSError):
                    file.unlink(missing_ok=True)

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for folder in self._folder.glob("[0-9a-f][0-9a-f]"):
            with os.scandir(folder) as found:
                for file in found:
                    with contextlib.suppress(OSError):
                        about = file.stat()
                        yield about.st_mtime, about.st_size, Path(file.path)

    def _file(self, address: str) -> Path:
        name = _name(address)
        return self._folder / name[:2] / name[2:]


class CacheShelf:
    """Pages on a Valkey or Redis server; while it cannot be reached, the shelf is empty."""

    def __init__(self, shared: BaseCache) -> None:
        self._cache = shared

    def get(self, address: str) -> Entry | None:
        try:
            packed = self._cache.get(f"page:{_name(address)}")
        except Exception as error:  # noqa: BLE001 - each server's client has exceptions of its own
            logger.warning("Kept pages cannot be read: %s", error)
            return None
        return unpack(packed) if isinstance(packed, bytes) else None

    def put(self, address: str, entry: Entry) -> None:
        try:
            self._cache.set(f"page:{_name(address)}", pack(entry), LONGEST)
        except Exception as error:  # noqa: BLE001
            logger.warning("A page cannot be kept: %s", error)


def tidy() -> bool:
    """Clear out the files, where pages lie in such; says that there is no more to do."""
    found = shelf()
    if isinstance(found, FileShelf):
        found.tidy()
    return False


def _name(address: str) -> str:
    return hashlib.blake2b(f"{program()}\n{address}".encode(), digest_size=16).hexdigest()
