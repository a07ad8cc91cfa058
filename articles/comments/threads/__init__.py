"""Threads of comments: where an answer is put, and which comments a page shows."""

from articles.comments.threads.tree import (
    DEPTH,
    PLACED,
    Folded,
    Row,
    ids_in,
    lift_answers,
    nest,
    path_of,
    place,
)

__all__ = [
    "DEPTH",
    "PLACED",
    "Folded",
    "Row",
    "ids_in",
    "lift_answers",
    "nest",
    "path_of",
    "place",
]
