from typing import NamedTuple


class Damaged(ValueError):
    """The file is not built as its format demands; the message says where."""


class Parts(NamedTuple):
    """A picture file taken apart.

    ``picture`` is the file again with nothing but what shows: pixels, colour profile, animation,
    and in a JPEG its orientation. ``exif``, ``xmp`` and ``iptc`` are what was found of each, as
    bytes without the wrapping of the format. ``frames`` is more than one in an animation.
    """

    picture: bytes
    exif: bytes = b""
    xmp: bytes = b""
    iptc: bytes = b""
    frames: int = 1


def piece(content: bytes, start: int, length: int) -> bytes:
    """``length`` bytes from ``start``; raises Damaged where the file ends before."""
    if length < 0 or start + length > len(content):
        raise Damaged("it ends too early")
    return content[start : start + length]
