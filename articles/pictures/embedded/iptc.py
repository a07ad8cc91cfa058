"""IPTC-IIM 4.2: datasets, each a marker, a record, a number, a length and a value."""

_MARKER = 0x1C
_CHARACTER_SET = (1, 90)
_UTF_8 = b"\x1b%G"
# A length of which the first bit is set is the length of the length; no caption is that long.
_EXTENDED = 0x8000

BYLINE, CREDIT, SOURCE, COPYRIGHT, CAPTION = (2, 80), (2, 110), (2, 115), (2, 116), (2, 120)

Datasets = dict[tuple[int, int], str]


def read(iptc: bytes) -> Datasets:
    """The text of each dataset by record and number, several values parted by ", ". What is
    broken is left out. Never raises."""
    raw: dict[tuple[int, int], list[bytes]] = {}
    at = 0
    while at + 5 <= len(iptc) and iptc[at] == _MARKER:
        length = int.from_bytes(iptc[at + 3 : at + 5])
        if length & _EXTENDED:
            break
        raw.setdefault((iptc[at + 1], iptc[at + 2]), []).append(iptc[at + 5 : at + 5 + length])
        at += 5 + length
    is_utf_8 = raw.pop(_CHARACTER_SET, []) == [_UTF_8]
    return {
        key: ", ".join(_text(value, is_utf_8) for value in values) for key, values in raw.items()
    }


def _text(value: bytes, is_utf_8: bool) -> str:
    """Programs that do not name a character set write UTF-8 or that of Windows."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("utf-8" if is_utf_8 else "cp1252", errors="replace")
