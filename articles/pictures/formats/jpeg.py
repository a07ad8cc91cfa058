"""JPEG (ISO/IEC 10918-1, annex B): segments, each a marker with a length, and coded data."""

import re
import struct

from articles.pictures.exif import orientation
from articles.pictures.formats.parts import Damaged, Parts, piece

MOST_SCANS = 100
"""Each scan of a progressive JPEG goes over the whole picture; programs write about ten."""

_START, _END, _SCAN = 0xD8, 0xD9, 0xDA
_APP0, _APP1, _APP2, _APP13, _APP14, _APP15, _COMMENT = 0xE0, 0xE1, 0xE2, 0xED, 0xEE, 0xEF, 0xFE
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
# In coded data FF 00 is a byte of it and FF D0 to FF D7 are restarts; any other marker ends it.
_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")
_EXIF, _XMP = b"Exif\x00", b"http://ns.adobe.com/xap/1.0/\x00"
_PHOTOSHOP, _PROFILE = b"Photoshop 3.0\x00", b"ICC_PROFILE\x00"
_JFIF_LENGTH, _ADOBE_LENGTH = 14, 12


def take_apart(content: bytes) -> Parts:
    """See ``Parts``; raises Damaged."""
    head: list[bytes] = []
    rest: list[bytes] = []
    found = {_EXIF: b"", _XMP: b"", _PHOTOSHOP: b""}
    scans = 0
    at = 2
    while True:
        marker, at = _marker(content, at)
        if marker == _END:
            break
        if marker in _STANDALONE:
            rest.append(bytes((0xFF, marker)))
            continue
        length = int.from_bytes(piece(content, at, 2))
        segment = piece(content, at + 2, length - 2)
        at += length
        if _APP0 <= marker <= _APP15 or marker == _COMMENT:
            for name, earlier in found.items():
                if segment.startswith(name) and not earlier:
                    found[name] = segment.removeprefix(name)
            shown = _shown(marker, segment)
            if shown:
                (head if marker == _APP0 else rest).append(_segment(marker, shown))
            continue
        rest.append(_segment(marker, segment))
        if marker == _SCAN:
            scans += 1
            end = _MARKER.search(content, at)
            if end is None:
                raise Damaged("it ends too early")
            rest.append(content[at : end.start()])
            at = end.start()
    if not scans:
        raise Damaged("there is no picture in it")
    if scans > MOST_SCANS:
        raise Damaged(f"it is built of {scans} scans, made to keep a computer busy")
    exif = found[_EXIF][1:]
    turned = orientation(exif)
    if turned != 1:
        head.append(_segment(_APP1, _exif_of(turned)))
    return Parts(
        b"".join((bytes((0xFF, _START)), *head, *rest, bytes((0xFF, _END)))),
        exif,
        found[_XMP],
        _iptc(found[_PHOTOSHOP]),
    )


def _marker(content: bytes, at: int) -> tuple[int, int]:
    """The marker at ``at``, before which there may be fill bytes, and where it ends."""
    if piece(content, at, 1) != b"\xff":
        raise Damaged(f"there is no marker at byte {at:,}")
    while piece(content, at, 1) == b"\xff":
        at += 1
    return content[at], at + 1


def _segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def _shown(marker: int, segment: bytes) -> bytes:
    """What of an application's segment bears on how the picture looks; mostly nothing."""
    if marker == _APP0 and segment.startswith(b"JFIF\x00") and len(segment) >= _JFIF_LENGTH:
        # Without the thumbnail, whose two sides the last bytes are.
        return segment[: _JFIF_LENGTH - 2] + b"\x00\x00"
    if marker == _APP2 and segment.startswith(_PROFILE):
        return segment
    if marker == _APP14 and segment.startswith(b"Adobe"):
        return segment[:_ADOBE_LENGTH]
    return b""


def _exif_of(turned: int) -> bytes:
    """Exif that holds the orientation and no more."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0)
    return b"Exif\x00\x00MM\x00*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)


def _iptc(resources: bytes) -> bytes:
    """IPTC's among Photoshop's image resources (Adobe Photoshop File Formats, "Image resources"):
    each ``8BIM``, a number, a name and data of a length, padded to even lengths."""
    at = 0
    while resources[at : at + 4] == b"8BIM" and at + 12 <= len(resources):
        number = int.from_bytes(resources[at + 4 : at + 6])
        name_length = resources[at + 6] + 1
        at += 6 + name_length + name_length % 2
        length = int.from_bytes(resources[at : at + 4])
        if number == 0x0404:
            return resources[at + 4 : at + 4 + length]
        at += 4 + length + length % 2
    return b""
