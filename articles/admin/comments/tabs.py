"""The tabs of the moderators' queue and of the list of comments, each read along one index,
newest first."""

from typing import NamedTuple

from django.db.models import Q, QuerySet

from articles.models import Comment, CommentState

COUNTED = 99
"""No tab is counted further; it says 99+."""

NEW = Q(state=CommentState.APPROVED, decided_at__isnull=True) & ~Q(rule="")
"""What a rule approved and nobody has seen yet; what was imported is not new."""

_ORDER = ("-created_at", "-id")


class Tab(NamedTuple):
    """One kind of comments: its name in addresses, what it is called, and which belong to it."""

    name: str
    label: str
    rows: Q

    def comments(self) -> QuerySet[Comment]:
        return Comment.objects.filter(self.rows).order_by(*_ORDER)

    def number(self) -> str:
        """How many there are, as far as a glance can use it."""
        number = self.comments().order_by().values("pk")[: COUNTED + 1].count()
        return str(number) if number <= COUNTED else f"{COUNTED}+"

    def after(self, comment: Comment) -> int | None:
        """The id of the one that comes after a comment, which need not be in the tab any more."""
        later = self.comments().filter(created_at__lte=comment.created_at)
        later = later.exclude(created_at=comment.created_at, id__gte=comment.pk)
        return later.values_list("pk", flat=True).first()

    def before(self, comment: Comment) -> int | None:
        """The id of the one that comes before it."""
        earlier = self.comments().filter(created_at__gte=comment.created_at)
        earlier = earlier.exclude(created_at=comment.created_at, id__lte=comment.pk)
        return earlier.order_by("created_at", "id").values_list("pk", flat=True).first()

    def first(self, *, but: Comment | None = None) -> int | None:
        """The id of the first, or of the first but one."""
        comments = self.comments().exclude(pk=but.pk) if but else self.comments()
        return comments.values_list("pk", flat=True).first()


HELD = Tab(CommentState.PENDING, "held", Q(state=CommentState.PENDING))
REPORTED = Tab("reported", "reported", Q(reports_open__gt=0))
UNSEEN = Tab("new", "new", NEW)
APPROVED = Tab(CommentState.APPROVED, "approved", Q(state=CommentState.APPROVED))
SPAM = Tab(CommentState.SPAM, "spam", Q(state=CommentState.SPAM))
BIN = Tab(CommentState.BIN, "bin", Q(state=CommentState.BIN))

QUEUE = (HELD, REPORTED, UNSEEN, SPAM, BIN)
"""The tabs of the queue; what was approved by hand waits for nobody."""

LIST = (HELD, REPORTED, UNSEEN, APPROVED, SPAM, BIN)

_BY_NAME = {tab.name: tab for tab in LIST}


def tab_named(name: str | None) -> Tab:
    """The tab that is asked for; what waits, when none is."""
    return _BY_NAME.get(name or "", HELD)
