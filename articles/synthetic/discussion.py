"""Readers' comments on synthetic articles."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from articles.comments import threads
from articles.models import Comment, CommentState
from articles.synthetic.prose import Prose
from articles.synthetic.rows import Row, text_of
from articles.synthetic.texts import Texts, between

_READERS = 500
_SENTENCES = (1, 4)
_ANSWERS = 0.4
# An answer is to one of so many comments before it.
_ANSWERED = 20
_ROOT = 3  # of the columns of a comment
_APPROVED = CommentState.APPROVED.value


class Discussion:
    """Makes the rows of comments, all of them approved."""

    def __init__(self, prose: Prose, texts: Texts, reason: str) -> None:
        self._texts = texts
        self._reason = reason
        self._readers = [prose.name(2) for _ in range(_READERS)]
        # Those that can be answered, and the next: an instance costs more than all else here.
        self._recent = [Comment() for _ in range(_ANSWERED + 1)]

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
            sentences = between(random, *_SENTENCES)
            text = " ".join([self._texts.sentence(random).text for _ in range(sentences)])
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
