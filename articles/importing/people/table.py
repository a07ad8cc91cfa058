"""Reads a table from bytes: its encoding and delimiter detected, a line at a time, whatever it
holds."""

import codecs
import csv
from collections.abc import Collection, Iterator
from io import TextIOWrapper
from typing import BinaryIO, NamedTuple, TextIO
from unicodedata import category

from charset_normalizer import from_bytes

from articles.importing.records import ImportFault

LONGEST_LINE = 20_000
"""Characters; no line about a person has as many."""

_SAMPLE = 256 * 1024
_DELIMITERS = ",;\t|"


class Cells(NamedTuple):
    """A line of the table: where it begins in the file, counted from 1, and its cells by column;
    or ``fault``, why it cannot be read."""

    number: int
    cells: dict[str, str]
    fault: str = ""


def read(file: BinaryIO, one_of: Collection[str] = ()) -> Iterator[Cells]:
    """The lines below the heading, each cell under its heading in lower case without spaces.

    Memory does not grow with the file. Raises ImportFault for what is no table, and for one without
    any of the headings ``one_of``.
    """
    text = TextIOWrapper(file, encoding=_encoding(file), errors="replace", newline="")
    lines = _Lines(text)
    first = next(lines, "")
    if not _is_text(first):
        raise ImportFault("is no text. Save the table as CSV, in UTF-8")
    delimiter = max(_DELIMITERS, key=first.count)
    headings = [_heading(cell) for cell in next(csv.reader([first], delimiter=delimiter), [])]
    if not any(headings):
        raise ImportFault("is empty")
    if one_of and not set(one_of).intersection(headings):
        known = ", ".join(list(one_of)[:2])
        raise ImportFault(f"has no column of people: head one with {known}")
    while not lines.is_done:
        reader = csv.reader(lines, delimiter=delimiter)
        try:
            for cells in reader:
                begins, lines.begins = lines.begins, lines.number + 1
                if lines.fault:
                    yield Cells(begins, {}, lines.take_fault())
                elif any(cell.strip() for cell in cells):
                    yield Cells(begins, dict(zip(headings, cells, strict=False)))
        except csv.Error:
            # Most likely a quotation mark that is never closed; the next line is a new beginning.
            begins, lines.begins = lines.begins, lines.number + 1
            yield Cells(begins, {}, "cannot be read: is a quotation mark not closed?")


class _Lines:
    """The lines of a text with their number; one that is too long is cut down to nothing."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.number = 0
        self.begins = 2  # below the heading
        self.is_done = False
        self.fault = ""

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(LONGEST_LINE)
        if not line:
            self.is_done = True
            raise StopIteration
        self.number += 1
        if len(line) == LONGEST_LINE and not line.endswith(("\n", "\r")):
            self._skip_the_rest()
            self.fault = f"has more than {LONGEST_LINE:,} characters"
            return "\n"
        return line

    def take_fault(self) -> str:
        fault, self.fault = self.fault, ""
        return fault

    def _skip_the_rest(self) -> None:
        while (piece := self._text.readline(LONGEST_LINE)) and not piece.endswith(("\n", "\r")):
            pass


def _is_text(line: str) -> bool:
    """Whether no byte of it was undecodable, and none of its characters is for control."""
    return "\ufffd" not in line and all(
        character in "\t\r\n" or category(character) != "Cc" for character in line
    )


def _heading(cell: str) -> str:
    return cell.strip().lower().replace(" ", "").replace("_", "").replace("-", "")


def _encoding(file: BinaryIO) -> str:
    """UTF-8, what a byte order mark says, or the likeliest older encoding; the file is at its
    beginning again."""
    sample = file.read(_SAMPLE)
    file.seek(0)
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if sample.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise ImportFault("is a spreadsheet. Save it as CSV")
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        guess = from_bytes(sample, cp_isolation=["cp1252", "cp1256"]).best()
        return guess.encoding if guess else "cp1252"
    return "utf-8-sig"
