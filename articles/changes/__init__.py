"""What changed before readers, in order: for whoever keeps a copy of the archive.

Whatever brings an article's lists up to date calls ``note`` in the same transaction; ``settle``
gives what was noted its place in the order, and ``after`` reads on from a place.
"""

from articles.changes.noting import note, note_removal
from articles.changes.reading import after, before, last_position, position_at
from articles.changes.settling import settle

__all__ = ["after", "before", "last_position", "note", "note_removal", "position_at", "settle"]
