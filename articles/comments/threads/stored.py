"""What is asked of the database for the pages of a discussion, with SQL that is written once."""

from collections.abc import Iterable
from typing import Any

from django.db import router
from django.db.models import Count, QuerySet

from articles.models import Comment, CommentOrder
from articles.models.loaded import loaded
from articles.models.prepared import PreparedRows

# Not for the page: what is private, and what only moderators read.
_PRIVATE = frozenset({
    "text", "author_email", "address", "network", "user_agent", "rule", "rule_state",
    "rule_reason", "reason", "spam_score", "learned", "decided_at", "decided_by_id",
    "edited_by_id", "reports_open", "wants_replies", "wants_decision", "told_at",
})  # fmt: skip
_COLUMNS = tuple(
    field.attname for field in Comment._meta.concrete_fields if field.attname not in _PRIVATE
)
FIELDS = tuple(name.removesuffix("_id") for name in _COLUMNS)
"""What a page needs of a comment."""


def made(rows: Iterable[tuple[Any, ...]]) -> list[Comment]:
    """The comments of rows of ``of_article`` and ``in_thread``."""
    using = router.db_for_read(Comment)
    return [loaded(Comment, _COLUMNS, row, using) for row in rows]


def threads_of(article_id: int) -> QuerySet[Comment]:
    """The first comments of the threads that have something to show."""
    return Comment.objects.filter(article=article_id, thread_size__gt=0)


def _threads_in(*order: str) -> PreparedRows:
    """The threads of an article in this order, as the id of the first comment and the size."""
    return PreparedRows(
        int,
        lambda article_id: threads_of(article_id).order_by(*order).values_list("pk", "thread_size"),
    )


THREADS: dict[str, PreparedRows] = {
    CommentOrder.OLDEST: _threads_in("pk"),
    CommentOrder.NEWEST: _threads_in("-pk"),
    CommentOrder.DISCUSSED: _threads_in("-thread_size", "pk"),
}
"""The threads of an article, by their order."""


of_article = PreparedRows(
    int,
    lambda article_id: (
        Comment.objects.filter(article=article_id).approved().threaded().values_list(*_COLUMNS)
    ),
)
number_of_threads = PreparedRows(
    int,
    lambda article_id: (
        threads_of(article_id)
        .order_by()
        .values("article")
        .annotate(number=Count("pk"))
        .values_list("number")
    ),
)
in_thread = PreparedRows(
    int,
    lambda root: Comment.objects.filter(root=root).approved().threaded().values_list(*_COLUMNS),
)
