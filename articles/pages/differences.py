"""Moved to ``articles.editing.differences``, where the desk and the pages both reach it."""

from articles.editing.differences import Change, Piece, changes, compare

__all__ = ["Change", "Piece", "changes", "compare"]
