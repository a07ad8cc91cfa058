"""Where baked files are put: into a folder, or a bucket of object storage."""

import gzip
import os
import shutil
import stat
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any, Protocol

import brotli
from django.core.files.storage.handler import StorageHandler

from newsroom import services

_GZIP_LEVEL = 6
_BROTLI_QUALITY = 5
_FORMS = ("", ".gz", ".br")
"""Of a page: as it is, and compressed, as web servers look for it."""


class Store(Protocol):
    """Takes files by their path below the site's root. A reader finds a file whole, or not yet."""

    def write(self, name: str, content: bytes, content_type: str, cache_control: str) -> None:
        """Put a page there, in place of the one that may be there."""

    def copy(self, name: str, source: Path, content_type: str, cache_control: str) -> None:
        """Put a file there whose content never changes, unless it is there."""

    def remove(self, name: str) -> None:
        """Take a page or another file away, if it is there."""

    def names(self, folder: str, after: str) -> Iterator[str]:
        """The files in ``folder`` and below, from the one that follows ``after`` on, in an order of
        the store's that is always the same."""


class Folder:
    """Files below ``root``, pages with their compressed forms beside them. Each is written in the
    folder ``aside``, on the same file system, and moved into its place."""

    def __init__(self, root: Path, aside: Path) -> None:
        self.root = root
        self._aside = aside

    def write(self, name: str, content: bytes, content_type: str, cache_control: str) -> None:
        forms = (
            content,
            gzip.compress(content, _GZIP_LEVEL, mtime=0),
            brotli.compress(content, quality=_BROTLI_QUALITY),
        )
        written = self._written()
        moment = 0
        for ending, form in zip(_FORMS, forms, strict=True):
            written.write_bytes(form)
            # One moment for all forms: it is what Last-Modified says.
            moment = moment or written.stat().st_mtime_ns
            os.utime(written, ns=(moment, moment))
            _move(written, self.root / f"{name}{ending}")

    def copy(self, name: str, source: Path, content_type: str, cache_control: str) -> None:
        there = self.root / name
        if there.exists():
            return
        written = self._written()
        written.unlink(missing_ok=True)
        try:
            if not source.stat().st_mode & stat.S_IROTH:
                raise PermissionError
            written.hardlink_to(source)
        except OSError:
            # On another file system, or not for everybody to read.
            shutil.copyfile(source, written)
        _move(written, there)

    def remove(self, name: str) -> None:
        there = self.root / name
        for ending in reversed(_FORMS):
            there.with_name(f"{there.name}{ending}").unlink(missing_ok=True)
        for folder in there.relative_to(self.root).parents[:-1]:
            try:
                (self.root / folder).rmdir()
            except OSError:
                break  # something else is in it

    def names(self, folder: str, after: str) -> Iterator[str]:
        root = self.root / folder
        if not root.is_dir():
            return
        with os.scandir(root) as entries:
            ordered = sorted(entries, key=lambda entry: entry.name)
        passed = after.split("/")[: folder.count("/") + 2]
        for entry in ordered:
            name = f"{folder}/{entry.name}"
            if name.split("/") < passed:
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self.names(name, after)
            elif name.split("/") > after.split("/"):
                yield name

    def _written(self) -> Path:
        """What this process writes before it is moved."""
        return self._aside / str(os.getpid())


def _move(source: Path, there: Path) -> None:
    try:
        source.replace(there)
    except FileNotFoundError:
        there.parent.mkdir(parents=True, exist_ok=True)
        source.replace(there)


class Bucket:
    """Objects below the prefix of ``s3://key:secret@bucket/prefix?region=…``, which STORAGE_URL
    takes, too. Raises ValueError for what is no such address."""

    def __init__(self, address: str) -> None:
        self._settings = services.storage(address)
        if "bucket_name" not in self._settings["OPTIONS"]:
            raise ValueError
        self._prefix = self._settings["OPTIONS"]["location"]
        self._bucket: Any = None

    def write(self, name: str, content: bytes, content_type: str, cache_control: str) -> None:
        self._object(name).put(Body=content, ContentType=content_type, CacheControl=cache_control)

    def copy(self, name: str, source: Path, content_type: str, cache_control: str) -> None:
        there = self._object(name)
        if self._is_there(there):
            return
        extra = {"ContentType": content_type, "CacheControl": cache_control}
        there.upload_file(str(source), ExtraArgs=extra)

    def remove(self, name: str) -> None:
        self._object(name).delete()

    def names(self, folder: str, after: str) -> Iterator[str]:
        below = self._key("")
        found = self._reached().objects.filter(
            Prefix=self._key(f"{folder}/"), **({"Marker": self._key(after)} if after else {})
        )
        for one in found:
            yield one.key.removeprefix(below)

    def _object(self, name: str) -> Any:
        return self._reached().Object(self._key(name))

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}" if self._prefix else name

    def _reached(self) -> Any:
        # When it is first wanted, by each process for itself.
        if self._bucket is None:
            storage: Any = StorageHandler({"baked": self._settings})["baked"]  # type: ignore[dict-item]
            self._bucket = storage.bucket
        return self._bucket

    @staticmethod
    def _is_there(there: Any) -> bool:
        try:
            there.load()
        except there.meta.client.exceptions.ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_FOUND:
                return False
            raise
        return True
