"""How many comments are in which state, kept with every change instead of counted.

Three numbers move together: those of an article by state, the number of approved ones that its
line in every list shows, and the size of a thread on the thread's first comment.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Case, Count, F, Manager, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from articles.models import Article, Comment, CommentCount, CommentState

_COUNTS_A_THREAD = Q(root=F("pk")) | Q(thread_size__gt=0)


class Move(NamedTuple):
    """A comment that went from one state to another; None is where there is no comment."""

    article: int
    root: int | None
    before: str | None
    after: str | None


class Miscount(NamedTuple):
    """A number that is kept and wrong."""

    article: int
    what: str
    stored: int
    actual: int


def lock(article_ids: Iterable[int]) -> list[int]:
    """Let nobody else change the comments of these articles until the transaction ends.

    SQLite has one writer at a time and needs no lock; PostgreSQL locks the articles' rows, in
    order, so that two who want the same ones cannot wait for each other.
    """
    articles = Article.objects.select_for_update(no_key=True).filter(pk__in=set(article_ids))
    return list(articles.order_by("pk").values_list("pk", flat=True))


def move(moves: Iterable[Move]) -> None:
    """Make the numbers right after these moves; the articles are locked by the caller."""
    of_states: Counter[tuple[int, str]] = Counter()
    of_threads: Counter[int] = Counter()
    for article, root, before, after in moves:
        if before == after:
            continue
        for state, change in ((before, -1), (after, 1)):
            if state is None:
                continue
            of_states[article, state] += change
            if state == CommentState.APPROVED and root is not None:
                of_threads[root] += change
    by_state: dict[str, dict[int, int]] = {}
    for (article, state), change in of_states.items():
        if change:
            by_state.setdefault(state, {})[article] = change
    CommentCount.objects.bulk_create(
        (CommentCount(article_id=pk, state=state) for state in by_state for pk in by_state[state]),
        ignore_conflicts=True,
    )
    for state, changes in by_state.items():
        _add(CommentCount.objects.filter(state=state), "number", "article", changes)
    _add(Article.objects, "comment_count", "pk", by_state.get(CommentState.APPROVED, {}))
    _add(Comment.objects, "thread_size", "pk", of_threads)


def _add(
    rows: QuerySet[Any] | Manager[Any], number: str, key: str, changes: Mapping[int, int]
) -> None:
    """Adds to the rows' ``number`` what ``changes`` says of their ``key``, in one statement."""
    if not any(changes.values()):
        return
    added = Case(*(When(**{key: value}, then=change) for value, change in changes.items()))
    rows.filter(**{f"{key}__in": changes}).update(**{number: F(number) + added})


def recount(article_ids: Iterable[int]) -> None:
    """Count the comments of these articles, and make every number what was counted.

    For what brings in comments by the many, and to mend; a change of single ones calls ``move``.
    """
    sizes = Comment.objects.approved().filter(root=OuterRef("pk")).order_by().values("root")
    with transaction.atomic():
        # The lock comes in a statement of its own: the counts must see what the transaction that
        # held it before has committed.
        locked = lock(article_ids)
        comments = Comment.objects.filter(article__in=locked)
        rows = comments.order_by().values_list("article", "state").annotate(Count("pk"))
        counted = {(article, state): number for article, state, number in rows}
        CommentCount.objects.filter(article__in=locked).delete()
        CommentCount.objects.bulk_create(
            CommentCount(article_id=article, state=state, number=number)
            for (article, state), number in counted.items()
        )
        approved = CommentCount.objects.filter(
            article=OuterRef("pk"), state=CommentState.APPROVED
        ).values("number")
        Article.objects.filter(pk__in=locked).update(comment_count=Coalesce(Subquery(approved), 0))
        comments.filter(_COUNTS_A_THREAD).update(
            thread_size=Coalesce(Subquery(sizes.annotate(number=Count("pk")).values("number")), 0)
        )


def miscounts(article_ids: Sequence[int]) -> Iterator[Miscount]:
    """The numbers kept of these articles that are not what there is; in four queries."""
    comments = Comment.objects.filter(article__in=article_ids).order_by()
    rows = comments.values_list("article", "state").annotate(Count("pk"))
    actual = Counter({(article, state): number for article, state, number in rows})
    kept = CommentCount.objects.filter(article__in=article_ids)
    stored = {
        (article, state): number
        for article, state, number in kept.values_list("article", "state", "number")
    }
    for article, state in sorted({*actual, *stored}):
        numbers = stored.get((article, state), 0), actual[article, state]
        if numbers[0] != numbers[1]:
            yield Miscount(article, f"comments that are {state}", *numbers)
    shown = Article.objects.filter(pk__in=article_ids).order_by("pk")
    for article, number in shown.values_list("pk", "comment_count"):
        if number != actual[article, CommentState.APPROVED.value]:
            yield Miscount(
                article, "comments in its lines", number, actual[article, CommentState.APPROVED]
            )
    in_thread = comments.approved().filter(root=OuterRef("pk")).values("root")
    sized = comments.filter(_COUNTS_A_THREAD).annotate(
        actual=Coalesce(Subquery(in_thread.annotate(number=Count("pk")).values("number")), 0)
    )
    wrong = sized.exclude(thread_size=F("actual")).order_by("article", "pk")
    for article, pk, stored_size, size in wrong.values_list(
        "article", "pk", "thread_size", "actual"
    ):
        yield Miscount(article, f"comments in the thread of comment {pk}", stored_size, size)
