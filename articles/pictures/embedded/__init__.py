"""What a picture file says of itself in words: caption, credit, rights.

The names are those of the IPTC Photo Metadata Standard 2023.2, which gives each property its place
in XMP and in IIM; where both have it, XMP is the younger. Exif is asked last: it names a camera's
owner more often than a photographer.
"""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from articles.models import Image
from articles.pictures import exif
from articles.pictures.embedded import iptc
from articles.pictures.embedded.xmp import Xmp
from articles.pictures.formats.parts import Parts
from articles.text.characters import printable

_web_address = URLValidator(schemes=["http", "https"])


class Words(NamedTuple):
    """The fields of an ``Image`` that its file can fill, each cut to its field's length."""

    alt_text: str = ""
    caption: str = ""
    credit: str = ""
    rights: str = ""
    credit_url: str = ""


_LONGEST = {
    field.name: field.max_length for field in Image._meta.fields if field.name in Words._fields
}


def words_in(parts: Parts) -> Words:
    """What the file says; whatever bytes it carries, this does not raise.

    | field        | IPTC property, XMP, IIM                                                |
    |--------------|------------------------------------------------------------------------|
    | alt_text     | Alt Text (Accessibility): Iptc4xmpCore:AltTextAccessibility             |
    | caption      | Description: dc:description, 2:120                                     |
    | credit       | Creator: dc:creator, 2:80; Credit Line: photoshop:Credit, 2:110; else  |
    |              | Source: photoshop:Source, 2:115; else Exif's Artist                    |
    | rights       | Copyright Notice: dc:rights, 2:116, else Exif's Copyright; Rights Usage |
    |              | Terms: xmpRights:UsageTerms                                            |
    | credit_url   | Creator's web address: Iptc4xmpCore:CiUrlWork, else plus:LicensorURL   |
    """
    xmp, iim, camera = Xmp(parts.xmp), iptc.read(parts.iptc), exif.read(parts.exif)
    creator = xmp.text("dc:creator") or iim.get(iptc.BYLINE, "")
    line = xmp.text("photoshop:Credit") or iim.get(iptc.CREDIT, "")
    source = xmp.text("photoshop:Source") or iim.get(iptc.SOURCE, "")
    notice = xmp.text("dc:rights") or iim.get(iptc.COPYRIGHT, "") or camera.copyright
    terms = xmp.text("xmpRights:UsageTerms")
    return Words(
        alt_text=_fitting("alt_text", xmp.text("Iptc4xmpCore:AltTextAccessibility")),
        caption=_fitting("caption", xmp.text("dc:description") or iim.get(iptc.CAPTION, "")),
        credit=_fitting("credit", _credit(creator, line or source) or camera.artist),
        rights=_fitting("rights", f"{notice} {terms}" if terms not in notice else notice),
        credit_url=_first_address(xmp.text("Iptc4xmpCore:CiUrlWork"), xmp.text("plus:LicensorURL")),
    )


def _credit(creator: str, line: str) -> str:
    """Photographer and agency as papers print them; the line alone when it names both."""
    if not creator or creator.casefold() in line.casefold():
        return line
    return f"{creator}/{line}" if line else creator


def _fitting(field: str, text: str) -> str:
    words = " ".join(printable(text).split())
    most = _LONGEST[field] or len(words)
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _first_address(*texts: str) -> str:
    """The first of the web addresses in ``texts``; a scheme is added to one without."""
    for word in " ".join(texts).replace(",", " ").split():
        address = word if "://" in word else f"https://{word}"
        try:
            _web_address(address)
        except ValidationError:
            continue
        if len(address) <= (_LONGEST["credit_url"] or 0):
            return address
    return ""
