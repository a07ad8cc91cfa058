"""What tells this state of the program, and of the settings that pages show, from any other."""

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

_SHOWN_SETTINGS = (
    "DEFAULT_FROM_EMAIL",
    "LANGUAGE_CODE",
    "MEDIA_ORIGIN",
    "SECRET_KEY",
    "SITE_NAME",
    "SITE_URL",
    "TIME_ZONE",
)
_PARTS = (("articles", "*.py"), ("newsroom", "*.py"), ("templates/public", "*"))


@cache
def program() -> str:
    """A digest of the settings by which pages differ, and of the files by which they are made:
    code, templates, and the names of assets. Pages of another program may look otherwise."""
    digest = blake2b(digest_size=16)
    for name in _SHOWN_SETTINGS:
        digest.update(f"{name}={getattr(settings, name)}\n".encode())
    for file in _files(Path(settings.BASE_DIR)):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(base: Path) -> Iterator[Path]:
    for folder, pattern in _PARTS:
        yield from sorted(file for file in (base / folder).rglob(pattern) if file.is_file())
    assets = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if assets.is_file():
        yield assets
