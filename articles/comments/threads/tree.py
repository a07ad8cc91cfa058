"""Threads of comments: where an answer is put, and comments in the nested lists of a page.

A comment's path is the ids from its thread's first comment down to itself, each as twelve digits.
Sorted as text, paths give the oldest thread first and every answer below what it answers, so that
a page of any thread is one range of an index and nothing is walked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Protocol

from articles.models import Comment, CommentState

DEPTH = 5
"""Levels of a thread, unless the rules say otherwise."""

PLACED = ("root", "path", "depth")
"""What ``place`` sets."""

_DIGITS = 12


class Placed(Protocol):
    """A comment, or what stands for one, with what ``place`` reads and sets."""

    pk: Any
    root_id: int | None
    path: str
    depth: int


@dataclass(frozen=True, slots=True)
class Row:
    """A comment, or what stands in its place, and what is around it in the lists of a page."""

    comment: Comment
    """Of one that is gone only the id."""
    level: int
    has_replies: bool
    """Whether the next row is the first of a list inside this one."""
    closed_lists: range
    """As many as there are lists that end after this row."""
    answers: Comment | None
    """The comment answered, when it is on the page but not the one that this row stands below."""
    is_gone: bool = False
    """Whether it is there only to hold the answers to a comment that is not shown any more."""
    more: int = 0
    """How many comments of the thread are not on the page, when this row says so."""

    @property
    def is_held(self) -> bool:
        return self.comment.state == CommentState.PENDING


@dataclass(frozen=True, slots=True)
class Folded:
    """Says at the end of the thread ``root`` that ``number`` of its comments are not shown."""

    root: int
    number: int

    @property
    def path(self) -> str:
        return f"{path_of(self.root)}~"


def path_of(root: int) -> str:
    """The path of a thread's first comment."""
    return f"{root:0{_DIGITS}d}"


def ids_in(path: str) -> list[int]:
    """The comments that lead to the one at ``path``, and that one."""
    return [int(path[at : at + _DIGITS]) for at in range(0, len(path), _DIGITS)]


def place(comment: Placed, parent: Placed | None, depth: int = DEPTH) -> None:
    """Sets root, path and depth of a comment that has its id, as an answer to ``parent``.

    ``depth`` is how many levels a thread has; an answer to the lowest joins it.
    """
    if parent is None:
        above = ""
    elif parent.depth + 1 < depth:
        above = parent.path
    else:
        above = parent.path[: (depth - 1) * _DIGITS]
    comment.path = f"{above}{path_of(comment.pk)}"
    comment.depth = len(above) // _DIGITS
    comment.root_id = ids_in(comment.path)[0]


def lift_answers(comment: Comment) -> None:
    """Moves the answers to a comment that is about to go up one level, and what is below them.

    The numbers of the threads are not right after it; see ``counts.recount``.
    """
    level = len(comment.path)
    below = Comment.objects.filter(article=comment.article_id, path__startswith=comment.path)
    lifted = list(below.exclude(pk=comment.pk).only("path", "depth", "parent", "root"))
    for answer in lifted:
        if answer.parent_id == comment.pk:
            answer.parent_id = comment.parent_id
        answer.path = comment.path[:-_DIGITS] + answer.path[level:]
        answer.depth = len(answer.path) // _DIGITS - 1
        answer.root_id = ids_in(answer.path)[0]
    Comment.objects.bulk_update(lifted, ["parent", *PLACED], batch_size=200)


def nest(items: Iterable[Comment | Folded]) -> Iterator[Row]:
    """The rows of comments that come thread after thread, each thread in the order of its paths.

    In place of a comment that is not among them, but answers to it are, stands one that is gone.
    """
    open_above: list[Comment] = []
    placed: list[tuple[Comment, int, bool, int]] = []

    def put(comment: Comment, *, is_gone: bool = False, more: int = 0) -> None:
        placed.append((comment, len(open_above), is_gone, more))
        open_above.append(comment)

    for item in items:
        while open_above and not item.path.startswith(open_above[-1].path):
            open_above.pop()
        if isinstance(item, Folded):
            put(Comment(pk=item.root, path=item.path), more=item.number)
            continue
        for pk in ids_in(item.path)[len(open_above) : -1]:
            leading = open_above[-1].path if open_above else ""
            put(Comment(pk=pk, path=f"{leading}{path_of(pk)}"), is_gone=True)
        put(item)

    by_id = {comment.pk: comment for comment, _, is_gone, more in placed if not (is_gone or more)}
    levels = [*(level for _, level, _, _ in placed), 0]
    above: list[Comment] = []
    for (comment, level, is_gone, more), (_, following) in zip(
        placed, pairwise(levels), strict=True
    ):
        del above[level:]
        answered = by_id.get(comment.parent_id) if comment.parent_id else None
        yield Row(
            comment=comment,
            level=level,
            has_replies=following > level,
            closed_lists=range(max(level - following, 0)),
            answers=answered if answered not in above[-1:] else None,
            is_gone=is_gone,
            more=more,
        )
        above.append(comment)
