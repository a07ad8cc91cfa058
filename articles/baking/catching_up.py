"""Has a manifest say which pages are no longer as they should be."""

from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from articles import freshness
from articles.baking import addresses
from articles.baking.manifest import Manifest

_POSITION, _READ, _CLOCK, _PROGRAM = "position", "read", "clock", "program"

_SHOWN_SETTINGS = (
    "DEFAULT_FROM_EMAIL",
    "LANGUAGE_CODE",
    "MEDIA_ORIGIN",
    "SECRET_KEY",
    "SITE_NAME",
    "SITE_URL",
    "TIME_ZONE",
)
"""The settings by which pages differ."""


def catch_up(manifest: Manifest, *, is_complete: bool) -> None:
    """Have what changed since the last time made anew, and what is new made.

    Everything, where the program or its settings are others than the last time, or more has changed
    than can be followed.
    """
    # Before anything is read: what is purged from here on is read the next time.
    position, now = freshness.position(), timezone.now()
    program = _program()
    before, clock = manifest.note(_POSITION), manifest.note(_CLOCK)
    with manifest.transaction():
        purged: list[freshness.Purged] = []
        is_known = manifest.note(_PROGRAM) == program
        if before is not None and clock is not None:
            purged = freshness.purged_since(int(before))
            due = freshness.due_between(datetime.fromisoformat(clock), now)
            is_known = is_known and max(len(purged), len(due)) <= freshness.MOST_READ
            read = set((manifest.note(_READ) or "").split())
            new = [one for one in purged if str(one.id) not in read] + due
            manifest.want_touched(new)
            things = [one.thing for one in new]
            is_known = is_known and not addresses.is_beyond_telling(things)
            manifest.want(addresses.made_by(things))
        if not is_known:
            manifest.want_everything()
        if not is_known or not is_complete:
            manifest.add(addresses.everything())
        manifest.want_outlived(now)
        manifest.put(
            **{
                _POSITION: str(position),
                _READ: " ".join(str(one.id) for one in purged),
                _CLOCK: now.isoformat(),
                _PROGRAM: program,
            }
        )


def _program() -> str:
    """What tells the program and its settings, as far as pages show them, from others."""
    digest = blake2b(digest_size=16)
    for name in _SHOWN_SETTINGS:
        digest.update(f"{name}={getattr(settings, name)}\n".encode())
    for file in sorted(_parts()):
        status = file.stat()
        digest.update(f"{file.name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _parts() -> set[Path]:
    """The files that pages are made by: code, templates, and the names of assets."""
    base = Path(settings.BASE_DIR)
    parts = {file for folder in ("articles", "newsroom") for file in (base / folder).rglob("*.py")}
    parts |= {file for file in (base / "templates" / "public").rglob("*") if file.is_file()}
    assets = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return parts | {assets} if assets.is_file() else parts
