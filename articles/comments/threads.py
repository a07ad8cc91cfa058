"""Threads of comments: where an answer is put, and the comments of a page in their order.

A comment's path is the ids from its thread's first comment down to itself, each as twelve digits.
Sorted as text, paths give the oldest thread first and every answer below what it answers, so that
a page of any thread is one range of an index and nothing is walked.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.db import router
from django.db.models import Q

from articles.comments import tokens
from articles.models import Article, Comment, CommentPolicy, CommentState
from articles.models.prepared import PreparedRows

DEPTH = 5
"""Levels of a thread, unless the rules say otherwise."""

PAGE_LIMIT = 200
"""Comments that an article's page shows at most."""

_DIGITS = 12

# Not for the page: what is private, and what only moderators read.
_PRIVATE = {"text", "author_email", "address", "user_agent", "reason"}
_COLUMNS = tuple(
    field.attname for field in Comment._meta.concrete_fields if field.attname not in _PRIVATE
)

# One more than the page shows, to know whether there is more.
_approved = PreparedRows(
    int,
    lambda article_id: (
        Comment.objects.filter(article=article_id)
        .approved()
        .threaded()
        .values_list(*_COLUMNS)[: PAGE_LIMIT + 1]
    ),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A comment and what is around it in the nested lists of a page."""

    comment: Comment
    level: int
    has_replies: bool
    """Whether the next row is the first of a list inside this one."""
    closed_lists: range
    """As many as there are lists that end after this row."""
    answers: Comment | None
    """The comment answered, when it is on the page but not the one that this row stands below."""

    @property
    def is_held(self) -> bool:
        return self.comment.state == CommentState.PENDING


@dataclass(frozen=True, slots=True)
class Thread:
    """The comments of an article's page."""

    rows: tuple[Row, ...] = ()
    has_more: bool = False

    def find(self, comment_id: str | None) -> Comment | None:
        """The approved comment of this id on the page, if it is one."""
        for row in self.rows:
            if str(row.comment.pk) == comment_id and not row.is_held:
                return row.comment
        return None


PLACED = ("root", "path", "depth")
"""What ``place`` sets."""


def place(comment: Comment, parent: Comment | None, depth: int = DEPTH) -> None:
    """Sets root, path and depth of a comment that has its id, as an answer to ``parent``.

    ``depth`` is how many levels a thread has; an answer to the lowest joins it.
    """
    if parent is None:
        above = ""
    elif parent.depth + 1 < depth:
        above = parent.path
    else:
        above = parent.path[: (depth - 1) * _DIGITS]
    comment.path = f"{above}{comment.pk:0{_DIGITS}d}"
    comment.depth = len(above) // _DIGITS
    comment.root_id = int(comment.path[:_DIGITS])


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
        answer.root_id = int(answer.path[:_DIGITS])
    Comment.objects.bulk_update(lifted, ["parent", *PLACED], batch_size=200)


def for_article(article: Article, held_key: str | None = None) -> Thread:
    """The approved comments of an article's page, and the reader's own held one, in one query.

    ``held_key`` is from ``tokens.held_key``; one that is forged, too old or of another article
    shows nothing. Whether the article is public is the caller's to know.
    """
    if article.comment_policy == CommentPolicy.HIDDEN:
        return Thread()
    held_id = tokens.held_comment_id(held_key) if held_key else None
    if held_id is None:
        using = router.db_for_read(Comment)
        comments = [Comment.from_db(using, _COLUMNS, row) for row in _approved(article.pk)]
    else:
        comments = _with_held(article, held_id)
    beyond = [comment for comment in comments if comment.pk != held_id][PAGE_LIMIT:]
    return Thread(
        rows=tuple(nest(comment for comment in comments if comment not in beyond)),
        has_more=bool(beyond),
    )


def _with_held(article: Article, held_id: int) -> list[Comment]:
    of_article = Comment.objects.filter(article=article)
    # The first page is cut before the held comment is added, or it might fall off the end.
    first_page = of_article.approved().threaded().values("pk")[: PAGE_LIMIT + 1]
    held = Q(pk=held_id, state=CommentState.PENDING)
    return list(of_article.filter(Q(pk__in=first_page) | held).threaded().defer(*_PRIVATE))


def nest(comments: Iterable[Comment]) -> Iterator[Row]:
    """The rows of comments that come in the order of their paths.

    A comment whose parent is not among them stands below the nearest one above it that is.
    """
    open_above: list[Comment] = []
    placed: list[tuple[Comment, tuple[Comment, ...]]] = []
    for comment in comments:
        while open_above and not comment.path.startswith(open_above[-1].path):
            open_above.pop()
        placed.append((comment, tuple(open_above)))
        open_above.append(comment)

    by_id = {comment.pk: comment for comment, _ in placed}
    levels = [*(len(above) for _, above in placed), 0]
    for (comment, above), (level, next_level) in zip(placed, pairwise(levels), strict=True):
        answered = by_id.get(comment.parent_id) if comment.parent_id else None
        yield Row(
            comment=comment,
            level=level,
            has_replies=next_level > level,
            closed_lists=range(max(level - next_level, 0)),
            answers=answered if answered not in above[-1:] else None,
        )
