"""A reader for each format: a file in, its articles out, one at a time.

A reader takes a path and yields ``RawItem``s; it raises ``ImportFault`` for a file it cannot read.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from articles.importing.readers import text
from articles.importing.records import ImportFault, RawItem

READERS: dict[str, Callable[[Path], Iterator[RawItem]]] = {"text": text.read}


def read(path: Path, format_name: str = "") -> Iterator[RawItem]:
    """The articles in the file at ``path``; its format is recognised unless it is given.

    Raises ImportFault, in words for a person, when there is nothing to read at ``path`` or it is
    not in a format that can be read.
    """
    try:
        if path.is_dir():
            raise ImportFault("is a folder; name the files in it, for example with *.txt")
        if not path.exists():
            raise ImportFault("there is no such file")
        yield from READERS[format_name or "text"](path)
    except PermissionError as error:
        raise ImportFault("may not be read; check its permissions") from error
    except OSError as error:
        raise ImportFault(f"cannot be read: {error.strerror or error}") from error
