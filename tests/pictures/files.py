"""Picture files as they come in."""

import struct
import zlib
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from PIL import Image as Picture
from PIL import ImageCms

SECRETS = [
    b"31.5204",
    b"\x00\x1f\x00\x00\x00\x01",
    b"SERIAL-0815",
    b"SECRET",
    b"JFXX",
    b"MotionPhoto",
]
"""What stands in a ``laden`` picture and must not be published: where it was taken, in Exif's
degrees (31/1) and XMP's, by which camera, and words."""


def drawn(kind: str, size: tuple[int, int] = (40, 30), frames: int = 1, **options: Any) -> bytes:
    """A small picture, or an animation of ``frames``, as Pillow saves it."""
    file = BytesIO()
    first, *others = [
        Picture.new("RGB", size, (16 * number % 256, 80, 120)) for number in range(frames)
    ]
    if others:
        options |= {"save_all": True, "append_images": others}
    first.save(file, kind, **options)
    return file.getvalue()


def photograph(width: int, height: int, kind: str = "JPEG", **options: Any) -> bytes:
    """A picture with something in it: a gradient, and a red square in its lower right corner."""
    picture = Picture.merge(
        "RGB", [Picture.linear_gradient("L").resize((width, height)) for _ in range(3)]
    )
    side = max(1, min(width, height) // 4)
    picture.paste((200, 20, 20), (width - side, height - side, width, height))
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def gif_with_comment(comment: bytes) -> bytes:
    file = BytesIO()
    Picture.new("P", (40, 30)).save(file, "GIF", comment=comment)
    return file.getvalue()


def exif(orientation: int = 1, **texts: str) -> bytes:
    """Exif with a place, a serial number, and ``artist`` and ``copyright`` if they are given."""
    tags = Picture.Exif()
    tags[0x0112] = orientation
    for tag, name in ((0x013B, "artist"), (0x8298, "copyright")):
        if name in texts:
            tags[tag] = texts[name]
    tags.get_ifd(0x8769)[0xA431] = "SERIAL-0815"
    tags.get_ifd(0x8825).update({1: "N", 2: (31.0, 31.0, 13.0), 3: "E", 4: (74.0, 21.0, 31.0)})
    return tags.tobytes()


def xmp(properties: str = "") -> bytes:
    """An XMP packet with a place, a serial number, and RDF ``properties``."""
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"
 xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">
<rdf:Description rdf:about="" exif:GPSLatitude="31.5204" exif:SerialNumber="SERIAL-0815">
{properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>""".encode()


def iptc(datasets: Mapping[tuple[int, int], bytes | list[bytes]]) -> bytes:
    """IPTC-IIM datasets as Photoshop keeps them, in the segment of a JPEG."""
    values = [
        (key, value)
        for key, given in datasets.items()
        for value in (given if isinstance(given, list) else [given])
    ]
    data = b"".join(struct.pack(">BBBH", 0x1C, *key, len(value)) + value for key, value in values)
    resource = (
        b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(data)) + data + b"\x00" * (len(data) % 2)
    )
    return segment(0xED, b"Photoshop 3.0\x00" + resource)


def segment(marker: int, data: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def with_segments(jpeg: bytes, *segments: bytes) -> bytes:
    """A JPEG with more segments before those that it has."""
    return jpeg[:2] + b"".join(segments) + jpeg[2:]


def laden(kind: str, orientation: int = 1, size: tuple[int, int] = (400, 300)) -> bytes:
    """A picture with everything that a camera, an agency or a careless program puts into it."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind == "GIF":
        return _laden_gif(size)
    options: dict[str, Any] = {"exif": exif(orientation), "icc_profile": profile, "xmp": xmp()}
    plain = photograph(*size, kind=kind, **options)
    if kind == "JPEG":
        thumbnail = segment(0xE0, b"JFXX\x00\x10" + drawn("JPEG"))
        plain = with_segments(
            plain, thumbnail, iptc({(2, 90): b"SECRET town"}), segment(0xFE, b"SECRET comment")
        )
        return plain + b"\x00\x00ftypmp42MotionPhoto" + drawn("JPEG", exif=exif())
    if kind == "PNG":
        chunks = [
            (b"tEXt", b"Comment\x00SECRET"),
            (b"iTXt", b"XML:com.adobe.xmp" + bytes(5) + xmp()),
            (b"tIME", b"SECRET!"),
            (b"prVt", b"SECRET"),
        ]
        return png_with(plain, *chunks) + b"SECRET"
    if kind == "WEBP":
        body = plain[8:] + b"JUNK\x06\x00\x00\x00SECRET"
        return b"RIFF" + len(body).to_bytes(4, "little") + body + b"SECRET"
    return plain


def _laden_gif(size: tuple[int, int]) -> bytes:
    plain = photograph(*size, kind="GIF", comment=b"SECRET comment")
    head = 13 + (3 << ((plain[10] & 7) + 1))
    packet = b"\x21\xff\x0bXMP DataXMP" + xmp() + b"\x01" + bytes(range(255, -1, -1)) + b"\x00"
    text = b"\x21\x01\x0c" + bytes(12) + b"\x06SECRET\x00"
    return plain[:head] + packet + text + plain[head:] + b"SECRET"


def png_with(png: bytes, *chunks: tuple[bytes, bytes]) -> bytes:
    """A PNG with more chunks, each its type and its data, behind its head."""
    head = 8 + 25
    added = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return png[:head] + added + png[head:]
