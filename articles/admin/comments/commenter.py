"""Who wrote a comment, as far as the desk knows them: what became of their other comments."""

from collections import Counter
from typing import NamedTuple

from django.db.models import Q, QuerySet

from articles.admin.comments.tabs import COUNTED, NEW
from articles.comments.judging import standings
from articles.models import Comment, CommentState, Standing

NEWEST = 10
"""Comments that are shown."""

JUDGED = 100
"""The newest comments whose outcomes are counted."""


class Commenter(NamedTuple):
    """The history behind an e-mail address and a network address; empty where both are unknown."""

    outcomes: dict[CommentState, int]
    """How many of the newest ``JUDGED`` of the e-mail address are in which state."""
    newest: list[Comment]
    waiting: str
    """How many of the e-mail address are held or new."""
    of_address: str
    """How many came from the network address."""
    standing: Standing | None

    @property
    def approved(self) -> int:
        return self.outcomes.get(CommentState.APPROVED, 0)

    @property
    def rejected(self) -> int:
        return self.outcomes.get(CommentState.SPAM, 0) + self.outcomes.get(CommentState.BIN, 0)

    @property
    def is_cut(self) -> bool:
        """Whether there are more comments than were counted."""
        return sum(self.outcomes.values()) >= JUDGED


def commenter_of(comment: Comment) -> Commenter:
    """What is known of whoever wrote a comment, in six queries at most."""
    email, address = comment.author_email, comment.address
    of_email = Comment.objects.filter(author_email=email).order_by("-created_at")
    states = of_email.values_list("state", flat=True)[:JUDGED] if email else ()
    newest = of_email.select_related("article").only(
        "text", "state", "created_at", "article__headline"
    )
    return Commenter(
        outcomes=dict(Counter(CommentState(state) for state in states)),
        newest=list(newest[:NEWEST]) if email else [],
        waiting=_number(waiting_of(email)) if email else "0",
        of_address=_number(Comment.objects.filter(address=address)) if address else "",
        standing=standings.of(email, address) if email or address else None,
    )


def waiting_of(email: str) -> QuerySet[Comment]:
    """The comments of an e-mail address that are held or that only a rule has seen."""
    return Comment.objects.filter(Q(state=CommentState.PENDING) | NEW, author_email=email)


def _number(comments: QuerySet[Comment]) -> str:
    number = comments.order_by().values("pk")[: COUNTED + 1].count()
    return str(number) if number <= COUNTED else f"{COUNTED}+"
