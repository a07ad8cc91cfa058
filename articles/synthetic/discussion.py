"""Readers' comments on synthetic articles."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from random import Random

from django.core.management.color import no_style
from django.db import connection

from articles.comments import threads
from articles.models import Article, Comment, CommentCount, CommentState, rows
from articles.synthetic.prose import Prose

_READERS = 500
_WORDS = (8, 60)
_ANSWERS = 0.4
# An answer is to one of so many comments before it.
_ANSWERED = 20
_COLUMNS = (
    "id", "article", "parent", "root", "path", "depth", "state", "author_name", "author_email",
    "author_website", "text", "html", "revision", "created_at", "user_agent", "reason",
)  # fmt: skip
_ID, _ROOT = _COLUMNS.index("id"), _COLUMNS.index("root")
_Row = tuple[object, ...]


class Discussion:
    """Writes the comments of an archive that has none yet."""

    def __init__(self, random: Random, prose: Prose, reason: str) -> None:
        self._random = random
        self._prose = prose
        self._reason = reason
        self._readers = [prose.name(2) for _ in range(_READERS)]
        self._next_id = 1

    def write(self, articles: list[Article]) -> None:
        """Give each article as many comments, all approved, as it says that it has."""
        for article in articles:
            comments = list(self._comments(article))
            sizes = Counter(comment[_ROOT] for comment in comments)
            rows.insert(
                Comment,
                (*_COLUMNS, "thread_size"),
                ((*comment, sizes[comment[_ID]]) for comment in comments),
            )
        approved = CommentState.APPROVED.value
        rows.insert(
            CommentCount,
            ("article", "state", "number"),
            ((one.pk, approved, one.comment_count) for one in articles if one.comment_count),
        )

    def finish(self) -> None:
        """Let the database number on: the comments brought their ids with them."""
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), [Comment]):
                cursor.execute(statement)

    def _comments(self, article: Article) -> Iterator[_Row]:
        assert article.published_at is not None
        recent: list[Comment] = []
        for hours in range(1, article.comment_count + 1):
            comment = Comment(pk=self._next_id)
            self._next_id += 1
            is_answer = recent and self._random.random() < _ANSWERS
            parent = self._random.choice(recent) if is_answer else None
            threads.place(comment, parent)
            text = self._prose.words(*_WORDS)
            yield (
                comment.pk,
                article.pk,
                parent.pk if parent else None,
                comment.root_id,
                comment.path,
                comment.depth,
                CommentState.APPROVED.value,
                self._random.choice(self._readers),
                "",
                "",
                text,
                f"<p>{text}</p>",
                1,
                article.published_at + timedelta(hours=hours),
                "",
                self._reason,
            )
            recent = [*recent[1 - _ANSWERED :], comment]
