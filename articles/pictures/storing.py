"""Keeps pictures in the site's storage, a folder or a bucket, under names that never change what
they mean."""

from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def put(name: str, content: bytes, media_type: str) -> str:
    """Keep ``content`` under ``name``, which is made of what it holds, and return where it lies.

    What is there already stays, unless a crash cut it short.
    """
    if default_storage.exists(name):
        if default_storage.size(name) == len(content):
            return name
        default_storage.delete(name)
    file = ContentFile(content)
    file.content_type = media_type  # type: ignore[attr-defined] # a bucket serves it as that
    return default_storage.save(name, file)


def is_kept(name: str) -> bool:
    return default_storage.exists(name)


def read(name: str) -> bytes:
    """What lies under ``name``; raises OSError when nothing does."""
    with default_storage.open(name) as file:
        content: bytes = file.read()
    return content


def discard(names: Iterable[str]) -> None:
    """Delete files, those that are gone included."""
    for name in names:
        default_storage.delete(name)


def names_beginning(folder: str, beginning: str) -> list[str]:
    """The names in ``folder`` that begin so; none when there is no such folder."""
    try:
        files = default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []
    return [f"{folder}/{name}" for name in files if name.startswith(beginning)]
