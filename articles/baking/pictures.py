"""Brings pictures into a baked site, and takes away those that are deleted.

Both only where pictures lie in a folder of this machine; from a bucket readers get them directly.
"""

import mimetypes
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.core.files.storage import FileSystemStorage, default_storage

from articles.baking.manifest import Manifest
from articles.baking.stores import Store
from newsroom.services import FOR_EVER

_FOLDER = "media"
_LOOKED_AT = 5_000
"""Pictures that are looked at in one go."""
_REST = timedelta(seconds=30)
"""After which is looked once more: a picture's file is deleted after its row."""
_WANTED, _REACHED = "sweep", "swept"


def bring(store: Store, path: str) -> None:
    """Put the picture at this path below the media there, if it is one."""
    media = _media()
    if media is None:
        return
    source = media / path
    if source.is_file() and source.resolve().is_relative_to(media.resolve()):
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        store.copy(f"{_FOLDER}/{path}", source, kind, FOR_EVER)


def want_sweep(manifest: Manifest, now: datetime) -> None:
    """Have the pictures looked through from the beginning, and once more a little later."""
    manifest.put(**{_WANTED: (now + _REST).isoformat(), _REACHED: ""})


def sweep(manifest: Manifest, store: Store, now: datetime) -> bool:
    """Remove some of the pictures whose source is gone, if that is wanted; whether there are more
    to be looked at."""
    after, again = manifest.note(_REACHED), manifest.note(_WANTED)
    if after is None and again is not None and datetime.fromisoformat(again) <= now:
        after, again = "", None
    media = _media()
    if after is None or media is None:
        return False
    names = list(islice(store.names(_FOLDER, after), _LOOKED_AT))
    for name in names:
        if not (media / name.removeprefix(f"{_FOLDER}/")).is_file():
            store.remove(name)
    has_more = len(names) == _LOOKED_AT
    with manifest.transaction():
        if has_more:
            manifest.put(**{_REACHED: names[-1]})
        else:
            manifest.drop(_REACHED)
        if again is None:
            manifest.drop(_WANTED)
    return has_more


def _media() -> Path | None:
    if not isinstance(default_storage, FileSystemStorage):
        return None
    media = Path(default_storage.location)
    return media if media.is_dir() else None
