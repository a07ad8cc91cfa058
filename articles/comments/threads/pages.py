"""Which comments a page shows: a short discussion whole, of a long one some threads, or one thread.

However long a discussion is, a page asks the same few questions and shows about as much: so many
threads, of each its beginning, and where the rest is.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q

from articles.comments.threads import Folded, Row, ids_in, nest, path_of
from articles.comments.threads.stored import (
    FIELDS,
    THREADS,
    in_thread,
    made,
    number_of_threads,
    of_article,
    threads_of,
)
from articles.models import Article, Comment, CommentOrder, CommentRules, CommentState
from articles.models.prepared import together

ALL_AT_ONCE = 50
"""A discussion of so many comments, or fewer, is on one page."""

ROWS = 50
"""Comments that a page of threads shows, once each thread has its first ones."""

ANSWERS = 2
"""Answers that a page of threads shows of each of them at least."""

FEATURED = 3
"""Featured comments that are named above the others."""

THREAD_ROWS = 100
"""Comments on a page of a single thread."""

_GREATEST_NUMBER = 100_000


class Wanted(NamedTuple):
    """What a reader's address asks for; page numbers begin at 1."""

    number: int = 1
    order: str = ""
    """Empty for the site's own."""
    thread: int | None = None
    """The first comment of the only thread to be shown."""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Wanted":
        """Reads ``comments``, ``order`` and ``thread`` of a query; what cannot be is left out."""
        order = parameters.get("order", "")
        return cls(
            min(_number(parameters.get("comments", "")) or 1, _GREATEST_NUMBER),
            order if order in CommentOrder.values else "",
            _number(parameters.get("thread", "")),
        )


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """The comments of a page, in nested rows."""

    rows: tuple[Row, ...] = ()
    number: int = 1
    last: int = 1
    order: str = CommentOrder.OLDEST
    thread: int | None = None

    def find(self, comment_id: str) -> Comment | None:
        """The approved comment of this id on the page, if it is one."""
        for row in self.rows:
            if str(row.comment.pk) == comment_id and _is_shown_to_all(row):
                return row.comment
        return None

    @property
    def featured(self) -> list[Comment]:
        """Some of those on the page that editors put forward, the latest first."""
        chosen = [row.comment for row in self.rows if row.comment.featured_at is not None]
        latest = sorted(chosen, key=lambda one: one.featured_at or one.created_at, reverse=True)
        return latest[:FEATURED]


def page_of(
    article: Article, rules: CommentRules, wanted: Wanted, own: int | None = None
) -> ThreadPage:
    """The approved comments that ``wanted`` asks for, and the reader's own, ``own``, if it is one
    of the article that is held or approved. Whether the article is public is the caller's to know.

    One query for a discussion of ``ALL_AT_ONCE`` comments, three for any other; one more with
    ``own``.
    """
    order = wanted.order or rules.order
    if wanted.thread is not None:
        found = _of_thread(article, wanted.thread, wanted.number)
        if found:
            return ThreadPage(
                _nested(found.items, article, own), *found.pages, order, wanted.thread
            )
    if article.comment_count <= ALL_AT_ONCE:
        # One more than fits, to know whether there are.
        comments = made(of_article(article.pk, limit=ALL_AT_ONCE + 1))
        if len(comments) <= ALL_AT_ONCE:
            return ThreadPage(_nested(_in_order(comments, order), article, own), order=order)
    found = _some_threads(article, rules.threads_per_page, order, wanted.number)
    return ThreadPage(_nested(found.items, article, own), *found.pages, order)


def on_page(path: str, comment_count: int, comment_id: int) -> str:
    """The path to a comment of the article at ``path``: its place on the article's page, or where
    its discussion is long, the address that finds it."""
    if comment_count <= ALL_AT_ONCE:
        return f"{path}#comment-{comment_id}"
    return f"/comments/{comment_id}/"


def place_of(comment: Comment, article: Article, rules: CommentRules) -> str:
    """The query, without its mark, of the page that an approved comment is on; empty for the first.

    ``comment`` is one of ``article``.
    """
    if article.comment_count <= ALL_AT_ONCE:
        return ""
    threads = threads_of(article.pk)
    root = threads.filter(pk=ids_in(comment.path)[0]).first()
    if root is None:
        return ""
    before = threads.filter(_before(root, rules.order)).count()
    number = before // rules.threads_per_page + 1
    shown = _some_threads(article, rules.threads_per_page, rules.order, number)
    if any(item.pk == comment.pk for item in shown.items if isinstance(item, Comment)):
        return f"comments={number}" if number > 1 else ""
    of_thread = Comment.objects.approved().filter(root=root)
    earlier = of_thread.filter(path__lt=comment.path).count()
    number = earlier // THREAD_ROWS + 1
    return f"thread={root.pk}" + (f"&comments={number}" if number > 1 else "")


class _Found(NamedTuple):
    items: list[Comment | Folded]
    number: int
    last: int

    @property
    def pages(self) -> tuple[int, int]:
        return self.number, self.last


def _some_threads(article: Article, per_page: int, order: str, number: int) -> _Found:
    threads = sum(number for (number,) in number_of_threads(article.pk))
    last = max(-(-threads // per_page), 1)
    number = min(number, last)
    page = THREADS[order](article.pk, limit=per_page, offset=(number - 1) * per_page)
    sizes = dict(page)
    shown = _shown_of_each(sizes)
    of_thread: dict[int, list[Comment]] = {root: [] for root in sizes}
    first = [in_thread.first(number, root) for root, number in shown.items()]
    for comment in made(together(first)):
        of_thread[ids_in(comment.path)[0]].append(comment)
    items: list[Comment | Folded] = []
    for root, comments in of_thread.items():
        items += sorted(comments, key=lambda comment: comment.path)
        if sizes[root] > shown[root]:
            items.append(Folded(root, sizes[root] - shown[root]))
    return _Found(items, number, last)


def _of_thread(article: Article, root: int, number: int) -> _Found | None:
    """A page of one thread; what leads to its first comment stands before it."""
    size = threads_of(article.pk).filter(pk=root).values_list("thread_size", flat=True).first()
    if size is None:
        return None
    last = -(-size // THREAD_ROWS)
    number = min(number, last)
    start = (number - 1) * THREAD_ROWS
    comments = made(in_thread(root, limit=THREAD_ROWS, offset=start))
    above = ids_in(comments[0].path)[:-1] if start and comments else []
    leading = Comment.objects.approved().filter(pk__in=above).only(*FIELDS).threaded()
    return _Found([*leading, *comments], number, last)


def _shown_of_each(sizes: Mapping[int, int]) -> dict[int, int]:
    """How many comments are shown of each thread: its first ones, and what there is room for."""
    shown = {root: min(size, 1 + ANSWERS) for root, size in sizes.items()}
    room = max(ROWS - sum(shown.values()), 0)
    for root, size in sizes.items():
        added = min(size - shown[root], room)
        shown[root] += added
        room -= added
    return shown


def _before(root: Comment, order: str) -> Q:
    """Matches the threads that come before this one."""
    if order == CommentOrder.NEWEST:
        return Q(pk__gt=root.pk)
    if order == CommentOrder.DISCUSSED:
        as_large = Q(thread_size=root.thread_size, pk__lt=root.pk)
        return Q(thread_size__gt=root.thread_size) | as_large
    return Q(pk__lt=root.pk)


def _in_order(comments: list[Comment], order: str) -> list[Comment]:
    """Comments that come in the order of their paths, their threads in the order asked for."""
    if order == CommentOrder.OLDEST:
        return comments
    threads: dict[int, list[Comment]] = {}
    for comment in comments:
        threads.setdefault(ids_in(comment.path)[0], []).append(comment)
    newest_first = sorted(threads, reverse=True)
    if order == CommentOrder.DISCUSSED:
        newest_first = sorted(threads, key=lambda root: (-len(threads[root]), root))
    return [comment for root in newest_first for comment in threads[root]]


def _nested(
    items: Iterable[Comment | Folded], article: Article, own: int | None
) -> tuple[Row, ...]:
    shown = list(items)
    present = {item.pk for item in shown if isinstance(item, Comment)}
    if own is not None and own not in present:
        shown = _with_own(shown, article, own)
    return tuple(nest(shown))


def _with_own(shown: list[Comment | Folded], article: Article, own: int) -> list[Comment | Folded]:
    """Puts the reader's own comment, and what it answers, into its thread or after all others."""
    comments = Comment.objects.filter(article=article.pk).only(*FIELDS)
    seen = Q(state__in=[CommentState.PENDING, CommentState.APPROVED])
    comment = comments.filter(seen, pk=own).first()
    if comment is None:
        return shown
    *above, _ = ids_in(comment.path)
    leading = comments.approved().filter(pk__in=above) if above else ()
    thread = path_of(ids_in(comment.path)[0])
    known = [item for item in shown if item.path.startswith(thread)]
    present = {item.pk for item in known if isinstance(item, Comment)}
    added = [comment, *(one for one in leading if one.pk not in present)]
    whole = sorted([*known, *added], key=lambda item: item.path)
    at = shown.index(known[0]) if known else len(shown)
    return [*shown[:at], *whole, *shown[at + len(known) :]]


def _is_shown_to_all(row: Row) -> bool:
    return not (row.is_held or row.is_gone or row.more)


def _number(text: str) -> int | None:
    """A positive number as people and links write it."""
    if not (text.isascii() and text.isdecimal() and len(text) < 19):
        return None
    return int(text) or None
