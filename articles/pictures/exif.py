"""Exif (CIPA DC-008): which way up a photograph is held, who took it and whose it is."""

from typing import NamedTuple

from PIL import Image as Pillow

_ORIENTATION, _ARTIST, _COPYRIGHT = 0x0112, 0x013B, 0x8298
_MOST_BYTES = 1 << 20


class Exif(NamedTuple):
    artist: str
    copyright: str


def orientation(exif: bytes) -> int:
    """From 1, upright, to 8, as Exif counts; 1 where it says nothing that makes sense."""
    found = _read(exif).get(_ORIENTATION)
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


def read(exif: bytes) -> Exif:
    """Its two fields for people; empty where there are none. Never raises."""
    tags = _read(exif)
    # A photographer's and an editor's copyright stand one after the other, a null between.
    return Exif(_text(tags.get(_ARTIST)), " ".join(_text(tags.get(_COPYRIGHT)).split("\x00")))


def _read(exif: bytes) -> Pillow.Exif:
    tags = Pillow.Exif()
    if not exif or len(exif) > _MOST_BYTES:
        return tags
    try:
        tags.load(b"Exif\x00\x00" + exif)
        # Values are read when they are asked for, and may be broken one by one.
        for tag in (_ORIENTATION, _ARTIST, _COPYRIGHT):
            tags.get(tag)
    except Exception:  # noqa: BLE001 (Pillow's reader meets garbage with many kinds of error)
        return Pillow.Exif()
    return tags


def _text(value: object) -> str:
    """Exif's ASCII, which cameras write in UTF-8 and Pillow reads as Latin-1."""
    if not isinstance(value, str):
        return ""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value
