"""XMP (ISO 16684-1): RDF in XML, of which the properties of IPTC's photo metadata are read."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

_MOST_BYTES = 1 << 20
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}


class Xmp:
    """The properties of an XMP packet, by their names in IPTC's standard: ``dc:creator``."""

    def __init__(self, packet: bytes) -> None:
        """``packet`` may be anything; of what cannot be read nothing is found."""
        self._values: dict[str, list[str]] = {}
        for name, value in _properties(packet):
            self._values.setdefault(name, []).append(value)

    def text(self, name: str) -> str:
        """The values of a property, several parted by ", "; empty when it has none."""
        return ", ".join(dict.fromkeys(self._values.get(_expanded(name), ())))


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}"


def _properties(packet: bytes) -> Iterator[tuple[str, str]]:
    """Each property with each of its values, wherever in the packet it stands."""
    if not packet or len(packet) > _MOST_BYTES:
        return
    try:
        root = fromstring(packet.strip(b"\x00 \t\r\n"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return
    for element in root.iter():
        yield from element.attrib.items()
        yield from ((element.tag, text) for text in _texts(element))


def _texts(element: Element) -> list[str]:
    """The text of an element, or of the items of its list; of alternatives only the default."""
    items = element.findall(f"*/{_RDF}li")
    if element.find(f"{_RDF}Alt") is not None:
        items = sorted(items, key=_is_foreign)[:1]
    found = [item.text for item in items] or [element.text]
    return [text.strip() for text in found if text and text.strip()]


def _is_foreign(item: Element) -> bool:
    """Whether it is not the one among the languages that is the default."""
    return item.get(_LANGUAGE) != "x-default"
