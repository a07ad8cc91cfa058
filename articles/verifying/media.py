"""The files of pictures: there, and what they were when they were taken in."""

import hashlib
from collections.abc import Iterator, Sequence

from django.core.files.storage import default_storage

from articles.models import Image
from articles.pictures.ladder import card, whole
from articles.verifying.faults import Fault

_CHUNK = 1024 * 1024

_BACKUP = "Restore the file from a backup, or replace the picture at the desk"
_DRAW = "Run make_renditions --all"


def check(image_ids: Sequence[int]) -> Iterator[Fault]:
    """The faults in the files of these images."""
    for image in Image.objects.filter(pk__in=image_ids).order_by("pk"):
        where, name = f"image {image.pk}", str(image.file)
        if not default_storage.exists(name):
            yield Fault(where, f"has lost its file, {name}", _BACKUP)
        elif image.sha256 and _sha256(name) != image.sha256:
            yield Fault(where, f"has another file than was taken in, {name}", _BACKUP)
        renditions = [*whole(image).values(), *card(image).values()]
        missing = [
            rendition.name
            for series in renditions
            for rendition in series
            if not default_storage.exists(rendition.name)
        ]
        if missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            yield Fault(where, f"has lost its rendition {missing[0]}{more}", _DRAW)


def _sha256(name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name) as file:
        for chunk in file.chunks(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
