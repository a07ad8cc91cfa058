"""GIF (CompuServe, version 89a): a screen, then blocks; data in sub-blocks of up to 255 bytes."""

from articles.pictures.formats.parts import Damaged, Parts, piece

_HEAD = 13
_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_XMP = b"XMP DataXMP"
# A run of bytes that lets a reader of sub-blocks find the end of XMP, which is not in any.
_XMP_TRAILER = 258


def take_apart(content: bytes) -> Parts:
    """See ``Parts``; raises Damaged."""
    at = _HEAD + _table(piece(content, 0, _HEAD)[10])
    kept = [piece(content, 0, at)]
    control = xmp = b""
    frames = 0
    while (block := piece(content, at, 1)[0]) != _END:
        if block == _IMAGE:
            head = 10 + _table(piece(content, at, 10)[9]) + 1
            end = _after(content, at + head)
            kept += (control, content[at:end])
            control = b""
            frames += 1
        elif block == _EXTENSION:
            label = piece(content, at, 2)[1]
            end = _after(content, at + 2)
            data = content[at + 2 : end]
            if label == _CONTROL:
                control = content[at:end]
            elif label == _APPLICATION and data[1:12] in _LOOPS and data[12:14] == b"\x03\x01":
                kept.append(content[at : at + 2] + data[:16] + b"\x00")
            elif label == _APPLICATION and data[1:12] == _XMP:
                xmp = data[12:-_XMP_TRAILER]
            elif label != _APPLICATION:
                control = b""
        else:
            raise Damaged(f"there is no block at byte {at:,}")
        at = end
    if not frames:
        raise Damaged("there is no picture in it")
    return Parts(b"".join((*kept, bytes((_END,)))), xmp=xmp, frames=frames)


def _table(flags: int) -> int:
    """How many bytes the colour table has that ``flags`` announce."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after(content: bytes, at: int) -> int:
    """Where the sub-blocks that begin at ``at`` end."""
    while length := piece(content, at, 1)[0]:
        at += length + 1
    return at + 1
