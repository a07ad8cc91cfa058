"""A moderator's decision on comments, and the number of approved ones that articles keep."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models import Article, AuditEntry, Comment, CommentState

MODERATE = "articles.change_comment"
"""The permission that makes a moderator."""

VERBS = {
    CommentState.APPROVED: "approve",
    CommentState.PENDING: "hold",
    CommentState.SPAM: "mark as spam",
    CommentState.BIN: "bin",
}
"""What puts a comment into each state, as the audit log says it."""

_BATCH = 500


@transaction.atomic
def decide(
    comments: Iterable[Comment], state: CommentState, *, by: User | None, reason: str = ""
) -> int:
    """Put comments into ``state``, note who did it and why, and keep the articles' counts right.

    A comment that is in the state already keeps the decision that put it there. Answers to a
    comment keep their own state. Returns how many changed; the objects given are not refreshed.
    """
    chosen = sorted((comment.article_id, comment.pk) for comment in comments)
    changed = 0
    for start in range(0, len(chosen), _BATCH):
        batch = chosen[start : start + _BATCH]
        articles = {article for article, _ in batch}
        lock(articles)
        moved = list(
            Comment.objects.filter(pk__in=[comment for _, comment in batch])
            .exclude(state=state)
            .only("author_name", "text")
        )
        changed += Comment.objects.filter(pk__in=[comment.pk for comment in moved]).update(
            state=state, decided_at=timezone.now(), decided_by=by, reason=reason[:300]
        )
        AuditEntry.objects.note_all(by, VERBS[state], moved, reason)
        recount(articles)
    return changed


def recount(article_ids: Iterable[int]) -> None:
    """Make ``comment_count`` of these articles the number of their approved comments.

    Call it after any other change to comments too, such as their deletion.
    """
    approved = (
        Comment.objects.approved()
        .filter(article=OuterRef("pk"))
        .order_by()
        .values("article")
        .annotate(number=Count("pk"))
        .values("number")
    )
    with transaction.atomic():
        # The lock comes in a statement of its own: the count must see what the transaction that
        # held it before has committed.
        locked = lock(article_ids)
        Article.objects.filter(pk__in=locked).update(comment_count=Coalesce(Subquery(approved), 0))


def lock(article_ids: Iterable[int]) -> list[int]:
    """Let nobody else change the comments of these articles until the transaction ends.

    SQLite has one writer at a time and needs no lock; PostgreSQL locks the articles' rows, in
    order, so that two who want the same ones cannot wait for each other.
    """
    articles = Article.objects.select_for_update(no_key=True).filter(pk__in=set(article_ids))
    return list(articles.order_by("pk").values_list("pk", flat=True))
