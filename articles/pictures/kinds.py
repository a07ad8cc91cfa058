"""Which kind of file it is, by its first bytes; a name or a browser may say anything."""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError


class Kind(NamedTuple):
    """A kind of picture that is taken in; ``name`` is what Pillow calls it."""

    name: str
    extension: str
    media_type: str


JPEG = Kind("JPEG", "jpg", "image/jpeg")
PNG = Kind("PNG", "png", "image/png")
WEBP = Kind("WEBP", "webp", "image/webp")
GIF = Kind("GIF", "gif", "image/gif")
AVIF = Kind("AVIF", "avif", "image/avif")

KINDS = (JPEG, PNG, WEBP, GIF, AVIF)

_SIGNATURES = {
    JPEG: re.compile(rb"\xff\xd8\xff"),
    PNG: re.compile(rb"\x89PNG\r\n\x1a\n"),
    WEBP: re.compile(rb"RIFF....WEBP", re.DOTALL),
    GIF: re.compile(rb"GIF8[79]a"),
    # ISO base media files name their brands in the first box; "avis" is an animation.
    AVIF: re.compile(rb"....ftyp(?:.{4})*?avi[fs]", re.DOTALL),
}
_TAKEN = "Save it as JPEG, PNG, WebP, GIF or AVIF and upload that."
_OTHERS = [
    (rb"\s*(?:<\?xml|<!--|<svg|<!doctype svg)", "an SVG drawing or XML, which can hold scripts"),
    (rb"\s*(?:<!doctype|<html|<head|<body|<script)", "a web page"),
    (rb"%PDF-", "a PDF document"),
    (rb"PK\x03\x04|Rar!|7z\xbc\xaf\x27\x1c|\x1f\x8b", "a packed archive"),
    (rb"....ftyp(?:hei|hev|mif|msf)", "an HEIC photograph, which few browsers show"),
    (rb"....ftyp|\x1aE\xdf\xa3|RIFF....AVI ", "a film"),
    (rb"II\*\x00|MM\x00\*|II\+\x00", "a TIFF or raw photograph, which browsers do not show"),
    (rb"8BPS", "a Photoshop document"),
    (rb"BM", "a bitmap (BMP), which is larger than it need be"),
    (rb"\x00\x00[\x01\x02]\x00", "an icon"),
    (rb"\xff\x0a|\x00\x00\x00\x0cJXL |\x00\x00\x00\x0cjP  ", "a kind that few browsers show"),
    (rb"%!PS|\xc5\xd0\xd3\xc6", "a PostScript file"),
    (rb"MZ|\x7fELF|#!", "a program"),
]  # fmt: skip
_OTHER_SIGNATURES = [
    (re.compile(signature, re.DOTALL | re.IGNORECASE), what) for signature, what in _OTHERS
]


def recognise(content: bytes) -> Kind:
    """The kind of picture that ``content`` is; raises ValidationError saying what it is instead
    and what to do."""
    head = content[:256]
    for kind, signature in _SIGNATURES.items():
        if signature.match(head):
            return kind
    if not content:
        raise ValidationError("The file is empty. Look whether it was saved, and choose it again.")
    for signature, what in _OTHER_SIGNATURES:
        if signature.match(head):
            raise ValidationError(f"This is not a picture but {what}. {_TAKEN}")
    raise ValidationError(f"This is not a picture of a kind that browsers show. {_TAKEN}")
