"""Readers' comments on synthetic articles."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from articles.comments import threads
from articles.models import CommentState
from articles.synthetic.rows import Row, text_of
from articles.synthetic.texts import Texts, between

_SENTENCES = (1, 4)
_ANSWERS = 0.4
# An answer is to one of so many comments before it.
_ANSWERED = 20
_ROOT = 3  # of the columns of a comment
_APPROVED = CommentState.APPROVED.value


@dataclass(slots=True)
class _Comment:
    """What is remembered of a comment; an instance of the model would cost more than its row."""

    pk: int = 0
    root_id: int | None = None
    path: str = ""
    depth: int = 0


class Discussion:
    """Makes the rows of comments, all of them approved."""

    def __init__(self, readers: Sequence[str], texts: Texts, reason: str) -> None:
        self._readers = readers
        self._texts = texts
        self._reason = reason
        # Those that can be answered, and the next.
        self._recent = [_Comment() for _ in range(_ANSWERED + 1)]

    def rows(self, random: Random, article: int, since: datetime, ids: range) -> Iterator[Row]:
        """Comments of these ids on the article published at ``since``, one an hour."""
        made = list(self._comments(random, article, since, ids))
        sizes = Counter(row[_ROOT] for row in made)
        return ((*row, sizes[pk]) for pk, row in zip(ids, made, strict=True))

    def _comments(self, random: Random, article: int, since: datetime, ids: range) -> Iterator[Row]:
        recent, readers = self._recent, self._readers
        for done, pk in enumerate(ids):
            comment = recent[done % len(recent)]
            comment.pk = pk
            parent = None
            if done and random.random() < _ANSWERS:
                back = between(random, 1, min(done, _ANSWERED))
                parent = recent[(done - back) % len(recent)]
            threads.place(comment, parent)
            text = self._texts.sentences(random, between(random, *_SENTENCES))
            yield (
                pk,
                article,
                parent.pk if parent else None,
                comment.root_id,
                comment.path,
                comment.depth,
                _APPROVED,
                readers[int(len(readers) * random.random())],
                text,
                f"<p>{text}</p>",
                1,
                text_of(since + timedelta(hours=done + 1)),
                self._reason,
            )
