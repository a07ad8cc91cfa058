"""PNG (W3C, third edition): a signature, then chunks, each a length, a type, data and a sum."""

import zlib

from articles.pictures.formats.parts import Damaged, Parts, piece

_SIGNATURE = 8
_SHOWN = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"bKGD", b"sBIT", b"pHYs",
    b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"mDCV", b"cLLI", b"mDCv", b"cLLi",
    b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_XMP = b"XML:com.adobe.xmp\x00"
_MOST_XMP = 1 << 20


def take_apart(content: bytes) -> Parts:
    """See ``Parts``; raises Damaged."""
    kept = [content[:_SIGNATURE]]
    exif = xmp = b""
    frames = 0
    at = _SIGNATURE
    kind = b""
    while kind != b"IEND":
        length = int.from_bytes(piece(content, at, 4))
        kind = piece(content, at + 4, 4)
        chunk = piece(content, at, length + 12)
        data = chunk[8:-4]
        at += len(chunk)
        if kind in _SHOWN:
            kept.append(chunk)
            frames += kind == b"fcTL"
        elif kind == b"eXIf":
            exif = exif or data
        elif kind == b"iTXt" and data.startswith(_XMP):
            xmp = xmp or _text(data.removeprefix(_XMP))
    if b"IDAT" not in {chunk[4:8] for chunk in kept}:
        raise Damaged("there is no picture in it")
    return Parts(b"".join(kept), exif, xmp, frames=max(1, frames))


def _text(data: bytes) -> bytes:
    """The text of an iTXt chunk after its keyword: two bytes on compression, a language tag, the
    keyword translated, the text."""
    compressed, _, rest = data[:1], data[1:2], data[2:]
    text = rest.partition(b"\x00")[2].partition(b"\x00")[2]
    if compressed != b"\x01":
        return text
    try:
        return zlib.decompressobj().decompress(text, _MOST_XMP)
    except zlib.error:
        return b""
