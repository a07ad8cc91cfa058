"""WebP (RFC 9649): a RIFF file of chunks, each four letters, a length and data of even length."""

from articles.pictures.formats.parts import Damaged, Parts, piece

_HEAD = 12
_PICTURE = {b"VP8 ", b"VP8L", b"ANMF"}
_SHOWN = {*_PICTURE, b"VP8X", b"ICCP", b"ANIM", b"ALPH"}
# Of the flags in VP8X, those that announce Exif and XMP.
_ANNOUNCED = 0x08 | 0x04
_FRAME_HEAD = 16


def take_apart(content: bytes) -> Parts:
    """See ``Parts``; raises Damaged."""
    size = int.from_bytes(content[4:8], "little")
    chunks = _chunks(piece(content, 8, size)[4:])
    names = [name for name, _ in chunks]
    if not _PICTURE.intersection(names):
        raise Damaged("there is no picture in it")
    kept = b"".join(_chunk(name, _cleaned(name, data)) for name, data in chunks if name in _SHOWN)
    found = {name: data for name, data in reversed(chunks) if name in {b"EXIF", b"XMP "}}
    return Parts(
        b"RIFF" + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept,
        found.get(b"EXIF", b"").removeprefix(b"Exif\x00\x00"),
        found.get(b"XMP ", b""),
        frames=max(1, names.count(b"ANMF")),
    )


def _chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    at = 0
    while at + 8 <= len(content):
        length = int.from_bytes(content[at + 4 : at + 8], "little")
        found.append((content[at : at + 4], piece(content, at + 8, length)))
        at += 8 + length + length % 2
    return found


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + len(data).to_bytes(4, "little") + data + b"\x00" * (len(data) % 2)


def _cleaned(name: bytes, data: bytes) -> bytes:
    if name == b"VP8X" and data:
        return bytes((data[0] & ~_ANNOUNCED,)) + data[1:]
    if name == b"ANMF":
        inside = _chunks(data[_FRAME_HEAD:])
        return data[:_FRAME_HEAD] + b"".join(
            _chunk(*each) for each in inside if each[0] in {b"VP8 ", b"VP8L", b"ALPH"}
        )
    return data
