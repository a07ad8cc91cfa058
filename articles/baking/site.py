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
from contextlib import ExitStack, closing, contextmanager
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from articles.baking.manifest import Manifest
from articles.baking.stores import Bucket, Folder, Store

BAKED = "baked"
"""The folder in the data folder where a site lies when no other is named."""

_COMPLETE = "complete"
"""What the manifest of a bucket notes when it was filled whole."""
_SERVED = "site"
_PATIENCE = 10 * 60
"""Seconds in which a worker ends what it makes of a site that is to be removed."""
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
        """Whether readers get it."""
        if self._aside is None:
            return self.manifest.note(_COMPLETE) is not None
        return self.folder == _served(self.home)

    def complete(self) -> None:
        """Have readers get this site from now on, and remove those that they got before.

        Raises UnderWayError when one of those is still kept fresh after some minutes.
        """
        if self._aside is None:
            with self.manifest.transaction():
                self.manifest.put(**{_COMPLETE: timezone.now().isoformat()})
            return
        others = [folder for folder in _sites(self.home) if folder != self.folder]
        with ExitStack() as locked:
            for other in others:
                locked.enter_context(_locked(other, _PATIENCE))
            os.sync()
            switched = self.home / "switched"
            switched.unlink(missing_ok=True)
            switched.symlink_to(self.folder.name)
            switched.replace(self.home / _SERVED)
            for other in others:
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
    One that was begun is gone on with before the one that is served.

    With a ``bucket``, the address of one, files go there and only the manifest lies below ``home``.
    Raises UnderWayError when another process has it, and still has after ``patience`` seconds.
    """
    with _readable_by_all(), ExitStack() as locked:
        home.mkdir(parents=True, exist_ok=True)
        home = home.resolve()
        locked.enter_context(_locked(home, patience))
        if bucket:
            with closing(_in_bucket(home, bucket, anew=anew)) as site:
                yield site
            return
        if growing := _growing(home, anew=anew):
            with _opened(home, growing, patience) as site:
                yield site
            return
        locked.close()
        with served_site(home, patience=patience) as site:
            yield site


@contextmanager
def served_site(home: Path, *, patience: float = 0) -> Iterator[Site]:
    """The site that is served, whether or not another is made anew beside it meanwhile.

    Raises UnderWayError as ``site_in`` does, and where another took its place just now.
    """
    folder = _served(home)
    if folder is None:
        raise UnderWayError
    with _readable_by_all(), _opened(home, folder, patience) as site:
        if not site.is_complete:
            raise UnderWayError
        yield site


@contextmanager
def _readable_by_all() -> Iterator[None]:
    """Files that are made inside can be read by a web server, whatever the program makes else."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _locked(folder: Path, patience: float) -> Iterator[None]:
    deadline = time.monotonic() + patience
    try:
        lock = (folder / "lock").open("w")
    except FileNotFoundError:
        # Another site has taken its place.
        raise UnderWayError from None
    with lock:
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


def _served(home: Path) -> Path | None:
    return (home / _SERVED).resolve() if is_served(home) else None


def _growing(home: Path, *, anew: bool) -> Path | None:
    """The folder of the site that is made beside the served one, if one is to be made."""
    served = _served(home)
    # Older ones are left from a crash while they were removed.
    begun = [one for one in _sites(home) if served is None or one.name > served.name]
    if begun:
        return begun[-1]
    if served is not None and not anew:
        return None
    folder = home / f"{timezone.now():site-%Y%m%dT%H%M%S%f}"
    folder.mkdir()
    return folder


@contextmanager
def _opened(home: Path, folder: Path, patience: float) -> Iterator[Site]:
    with _locked(folder, patience):
        public, aside = folder / "public", folder / "aside"
        for one in (public, aside):
            one.mkdir(exist_ok=True)
        with closing(Site(home, folder, Folder(public, aside), aside)) as site:
            yield site


def _in_bucket(home: Path, bucket: str, *, anew: bool) -> Site:
    site = Site(home, home, Bucket(bucket), None)
    if anew:
        with site.manifest.transaction():
            site.manifest.begin_anew()
    return site


def _sites(home: Path) -> list[Path]:
    """The folders of sites, served or begun, the oldest first."""
    return sorted(folder for folder in home.glob(f"{_SERVED}-*") if folder.is_dir())
