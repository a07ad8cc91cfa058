"""The verbs: every way to change an article, each in one place for admin, API and commands.

A verb works in a transaction and ends by calling ``record``.
"""

from articles.editing.correct import correct
from articles.editing.places import put_in_place
from articles.editing.publish import publish, withdraw
from articles.editing.record import record
from articles.editing.save import prepare, save

__all__ = ["correct", "prepare", "publish", "put_in_place", "record", "save", "withdraw"]
