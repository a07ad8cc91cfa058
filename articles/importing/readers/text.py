"""Plain text: one article a file, as pasted from a wire or saved from a page."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from charset_normalizer import from_bytes

from articles.importing.records import ImportFault, RawItem

LARGEST = 10 * 1024 * 1024
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Those that no text has: all below the space but tab, line ends, form feed and escape.
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b"))
_MARKUP = re.compile(r"[\s\ufeff]*<[!?/]?[a-z]", re.IGNORECASE)


def read(file: BinaryIO, where: str) -> Iterator[RawItem]:
    """The one article in a text file. Raises ImportFault if it is empty, too large or not text."""
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ImportFault("is larger than 10 MB, which no article is")
    text = decode(content)
    if not text.strip():
        raise ImportFault("is empty")
    if _MARKUP.match(text):
        raise ImportFault("is HTML or XML, which cannot be imported yet; plain text can")
    yield RawItem(where=where, format="text", content=content, text=text)


def decode(content: bytes) -> str:
    """``content`` as text: by its byte order mark, as UTF-8, or as the likeliest older encoding.

    Raises ImportFault if it is not text.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding)
            except UnicodeDecodeError as error:
                raise ImportFault(f"says it is {encoding} but is not, at byte {error.start}") from (
                    error
                )
    if b"\x00" in content or _is_binary(content[:4096]):
        raise ImportFault("is not text")
    try:
        return content.decode()
    except UnicodeDecodeError:
        guess = from_bytes(
            content, cp_isolation=["cp1252", "cp1256", "gb18030", "shift_jis"]
        ).best()
        return str(guess) if guess else content.decode("cp1252", errors="replace")


def _is_binary(start: bytes) -> bool:
    control = len(start) - len(start.translate(None, delete=_CONTROL))
    return control * 50 > len(start)
