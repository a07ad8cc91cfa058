"""The name of a place, a person or an organisation, as it is let in."""

import unicodedata

from articles.text.characters import printable
from articles.text.folding import fold

# Overrides and isolates of direction (Unicode 3.1.2 of UAX 9) make a page read otherwise than it is
# written; the others are invisible wherever they stand.
_TURNING = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_INVISIBLE = (0x00AD, 0x061C, 0x200B, 0x200E, 0x200F, 0x2060, 0xFEFF)
_DROPPED = dict.fromkeys((*_TURNING, *_INVISIBLE))
# Joiners shape words of Persian, Urdu and Hindi, but only within them.
_JOINERS = "\u200c\u200d"


def clean_name(text: str) -> str:
    """``text`` in composed form (NFC), in one line, without what is invisible or turns the
    direction of what follows.

    Raises ValueError, in words for whoever typed it, for what is no name: nothing, or without a
    letter or digit.
    """
    visible = printable(unicodedata.normalize("NFC", text)).translate(_DROPPED)
    name = " ".join(word.strip(_JOINERS) for word in visible.split()).strip()
    if not name:
        raise ValueError("Write the name: this is empty, or has nothing that can be seen.")
    if not any(character.isalnum() for character in fold(name)):
        raise ValueError(f"“{name}” has no letter and no digit, so no article can be found by it.")
    return name
