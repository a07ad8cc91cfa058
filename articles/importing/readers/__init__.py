"""A reader for each format: a file in, its articles out, one at a time.

A reader takes a file that can be read again from its start, and where it came from in words for a
person. It yields ``RawItem``s, and raises ``ImportFault`` for a file it cannot read.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from articles.importing.readers import text
from articles.importing.records import ImportFault, RawItem, printed

READERS: dict[str, Callable[[BinaryIO, str], Iterator[RawItem]]] = {"text": text.read}


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
        with path.open("rb") as file:
            yield from read_file(file, printed(path), format_name)
    except PermissionError as error:
        raise ImportFault("may not be read; check its permissions") from error
    except OSError as error:
        raise ImportFault(f"cannot be read: {error.strerror or error}") from error


def read_file(file: BinaryIO, where: str, format_name: str = "") -> Iterator[RawItem]:
    """The articles in an open ``file``, which came from ``where``.

    Its format is recognised by its content unless it is given. Raises ImportFault when it cannot
    be read.
    """
    yield from READERS[format_name or "text"](file, where)
