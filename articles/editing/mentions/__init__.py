"""What editors decide about the names in articles: in one article, or in hundreds at once.

``suggestions`` confirms and rejects what a machine found, ``adrift`` sees to what an editor had
decided when the text no longer says it, ``undoing`` takes either back, ``new_entries`` makes the
people and organisations that the archive does not know yet.
"""

from articles.editing.mentions.adrift import anchor, drop, keep
from articles.editing.mentions.changes import Was
from articles.editing.mentions.new_entries import new_entry
from articles.editing.mentions.suggestions import confirm, reject
from articles.editing.mentions.undoing import undo

__all__ = ["Was", "anchor", "confirm", "drop", "keep", "new_entry", "reject", "undo"]
