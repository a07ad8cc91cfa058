"""What changed before readers, in order: for whoever keeps a copy of the archive.

Whatever brings an article's lists up to date calls ``note`` in the same transaction; ``settle``
gives what was noted its place in the order, ``after`` reads on from a place, and ``describe`` says
it to others. ``lacking`` finds what should have been noted and was not.
"""

from articles.changes.entries import Addresses, Entry, describe
from articles.changes.lacking import lacking
from articles.changes.noting import note, note_removal
from articles.changes.reading import (
    Extent,
    Reading,
    after,
    before,
    extent,
    last_position,
    position_at,
)
from articles.changes.settling import read_what_is_written, settle, try_to_settle

__all__ = [
    "Addresses",
    "Entry",
    "Extent",
    "Reading",
    "after",
    "before",
    "describe",
    "extent",
    "lacking",
    "last_position",
    "note",
    "note_removal",
    "position_at",
    "read_what_is_written",
    "settle",
    "try_to_settle",
]
