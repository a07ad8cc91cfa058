"""The folder that a baked site lies in, with all that belongs to it.

``site`` leads to the whole site that is served: in ``site/public`` what readers get, beside it the
manifest. A site that is made anew grows in a folder of its own until it is complete. ``nginx`` has
what the web server includes.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from articles.baking.manifest import Manifest
from articles.baking.stores import Bucket, Folder, Store

COMPLETE = "complete"
"""What the manifest of a site notes that readers get, and another does not."""

BAKED = "baked"
"""The folder in the data folder where a site lies when no other is named."""

_SERVED = "site"
_SECONDS_BETWEEN_LOOKS = 0.1


class UnderWayError(Exception):
    """Somebody else is baking there."""


class Site:
    """A site that is being made or kept fresh: where its files go, and its manifest."""

    def __init__(self, home: Path, folder: Path, store: Store, aside: Path | None) -> None:
        self.home = home
        self.folder = folder
        self.store = store
        self.manifest = Manifest(folder / "manifest.sqlite3")
        self._aside = aside

    @property
    def is_complete(self) -> bool:
        return self.manifest.note(COMPLETE) is not None

    def complete(self) -> None:
        """Have readers get this site from now on, and remove those that they got before."""
        with self.manifest.transaction():
            self.manifest.put(**{COMPLETE: timezone.now().isoformat()})
        if self._aside is None:
            return
        os.sync()
        switched = self.home / "switched"
        switched.unlink(missing_ok=True)
        switched.symlink_to(self.folder.name)
        switched.replace(self.home / _SERVED)
        for other in _sites(self.home):
            if other != self.folder:
                shutil.rmtree(other)

    def close(self) -> None:
        self.manifest.close()
        if self._aside is not None:
            for left in self._aside.iterdir():
                left.unlink()


@contextmanager
def site_in(
    home: Path, bucket: str = "", *, anew: bool = False, patience: float = 0
) -> Iterator[Site]:
    """The site below ``home`` to go on with, or a new one: ``anew``, or where there is none yet.

    With a ``bucket``, the address of one, files go there and only the manifest lies below ``home``.
    Raises UnderWayError when another process has it, and still has after ``patience`` seconds.
    """
    with _readable_by_all():
        home.mkdir(parents=True, exist_ok=True)
        with _locked(home, patience):
            site = _in_bucket(home, bucket, anew=anew) if bucket else _in_folder(home, anew=anew)
            try:
                yield site
            finally:
                site.close()


@contextmanager
def _readable_by_all() -> Iterator[None]:
    """Files that are made inside can be read by a web server, whatever the program makes else."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _locked(home: Path, patience: float) -> Iterator[None]:
    deadline = time.monotonic() + patience
    with (home / "lock").open("w") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= deadline:
                    raise UnderWayError from None
            time.sleep(_SECONDS_BETWEEN_LOOKS)
        yield


def home_of_bucket(address: str) -> Path:
    """Where the manifest of the site in a bucket lies on this machine."""
    parts = urlsplit(address)
    # Without the key: a new one is for the same bucket.
    name = blake2b(f"{parts.hostname}{parts.path}?{parts.query}".encode(), digest_size=8)
    return Path(settings.DATA_DIR) / f"{BAKED}-elsewhere" / f"{parts.hostname}-{name.hexdigest()}"


def is_served(home: Path) -> bool:
    """Whether a site below ``home`` is there for readers."""
    return (home / _SERVED).exists()


def _in_folder(home: Path, *, anew: bool) -> Site:
    served = (home / _SERVED).resolve() if is_served(home) else None
    begun = [folder for folder in _sites(home) if folder != served]
    if begun:
        folder = begun[-1]
    elif served is None or anew:
        folder = home / f"{timezone.now():site-%Y%m%dT%H%M%S%f}"
    else:
        folder = served
    public, aside = folder / "public", folder / "aside"
    for one in (public, aside):
        one.mkdir(parents=True, exist_ok=True)
    return Site(home, folder, Folder(public, aside), aside)


def _in_bucket(home: Path, bucket: str, *, anew: bool) -> Site:
    site = Site(home, home, Bucket(bucket), None)
    if anew:
        with site.manifest.transaction():
            site.manifest.drop(COMPLETE)
            site.manifest.forget_files()
    return site


def _sites(home: Path) -> list[Path]:
    """The folders of sites, served or begun, the oldest first."""
    return sorted(folder for folder in home.glob(f"{_SERVED}-*") if folder.is_dir())
