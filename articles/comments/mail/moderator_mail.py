"""Tells moderators by mail of comments that wait: at once, every hour or every day, as each has
chosen. The links in it lead to the decision and decide nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from articles import mailing
from articles.comments.addresses import absolute
from articles.comments.senders import MODERATE
from articles.mailing import Letter
from articles.mailing.flowed import quoted
from articles.models import Comment, CommentState, MailRhythm, ModeratorMail, OutgoingMail

KIND = "held"
"""What these mails tell of."""

MOST_AN_HOUR = 10
"""Mails at once to one moderator; what comes after them is told together when the hour allows."""

DAILY_AT = time(7)
"""When the mail of every day is written, by the site's clock."""

_BACKEND = "django.contrib.auth.backends.ModelBackend"
_SHOWN = 20
_COUNTED = 1_000
_SAID = 2_000
_ANSWERED = 200
_SETTLED = timedelta(minutes=1)
"""A comment that came so long ago is not still in an open transaction."""


_REJECTED = (CommentState.SPAM, CommentState.BIN)


class _News(NamedTuple):
    """A comment that wants a decision, why, and since when."""

    comment: Comment
    why: str
    at: datetime
    is_held: bool = True
    """Otherwise readers reported it."""


def on_held(comment: Comment) -> None:
    """A comment was stored and is held: whoever wants to know at once is told, in the transaction
    that stored it."""
    _tell(_moderators().filter(rhythm=MailRhythm.AT_ONCE), timezone.now(), comment)


def on_reported(comment: Comment, why: str) -> None:
    """Somebody reported a comment, as the first: whoever wants to know at once is told, in the
    transaction that stored it. ``comment`` has its article with it."""
    choices = _moderators().filter(rhythm=MailRhythm.AT_ONCE)
    moderators = [choice for choice in choices if mailing.is_address(choice.user.email)]
    if not moderators:
        return
    news = _News(comment, f"Reported because: {why}", timezone.now(), is_held=False)
    had = _had_within_an_hour(moderators)
    write = _Writer([news])
    mailing.post(
        *(
            write.letter(moderator, [news])
            for moderator in moderators
            if had[moderator.user.email] < MOST_AN_HOUR
        )
    )


@transaction.atomic
def send_digests() -> bool:
    """Tell of what came since the last mail: those who want it every hour or every day, and those
    who were told at once of so many that the rest had to wait."""
    now = timezone.now() - _SETTLED
    choices = list(_moderators().filter(told_until__lt=now).exclude(rhythm=MailRhythm.OFF))
    for rhythm, until in (
        (MailRhythm.AT_ONCE, now),
        (MailRhythm.HOURLY, now.replace(minute=0, second=0, microsecond=0)),
        (MailRhythm.DAILY, _last_morning(now)),
    ):
        _tell([one for one in choices if one.rhythm == rhythm and one.told_until < until], until)
    return False


def _moderators() -> QuerySet[ModeratorMail]:
    """Those of the staff who may decide and can be written to; a row that another worker has in
    hand is left to it."""
    may_decide = User.objects.with_perm(MODERATE, backend=_BACKEND)
    staff = ModeratorMail.objects.filter(user__in=may_decide, user__is_staff=True)
    reachable = staff.exclude(user__email="").select_related("user")
    return reachable.select_for_update(of=("self",), skip_locked=True)


def _tell(choices: Iterable[ModeratorMail], until: datetime, came: Comment | None = None) -> None:
    """Writes to each of these of what came after the last mail until a moment, if anything did;
    ``came`` is what has just come."""
    moderators = [choice for choice in choices if mailing.is_address(choice.user.email)]
    if not moderators:
        return
    since = min(moderator.told_until for moderator in moderators)
    if came is not None:
        since = min(since, came.created_at - timedelta(microseconds=1))
    news = _held(since, until)
    if moderators[0].rhythm != MailRhythm.AT_ONCE:  # who was told of each report when it came
        news = sorted([*news, *_reported(since, until)], key=lambda one: one.at, reverse=True)
    if not news:
        return
    had = _had_within_an_hour(moderators)
    write = _Writer(news)
    told, written = [], []
    for moderator in moderators:
        own = [one for one in news if one.at > moderator.told_until or one.comment == came]
        if own and had[moderator.user.email] < MOST_AN_HOUR:
            told.append(moderator.pk)
            written.append(write.letter(moderator, own))
    ModeratorMail.objects.filter(pk__in=told).update(told_until=until)
    mailing.post(*written)


def _held(since: datetime, until: datetime) -> list[_News]:
    """What is held and came between two moments, newest first; one more than a mail shows."""
    held = Comment.objects.filter(state=CommentState.PENDING)
    came = held.filter(created_at__gt=since, created_at__lte=until)
    newest = came.select_related("article", "parent").order_by("-created_at", "-id")
    return [
        _News(one, f"Held because: {one.rule_reason or one.reason}", one.created_at)
        for one in newest[: _SHOWN + 1]
    ]


def _reported(since: datetime, until: datetime) -> list[_News]:
    """What readers reported between two moments and nobody has judged, as ``_held``."""
    still_open = Q(reports__judged_at__isnull=True)
    reported = Comment.objects.filter(reports_open__gt=0).annotate(
        reported_at=Max("reports__created_at", filter=still_open)
    )
    came = reported.filter(reported_at__gt=since, reported_at__lte=until)
    came = came.exclude(state=CommentState.PENDING, created_at__gt=since)  # told of as held
    newest = came.select_related("article", "parent").order_by("-reported_at", "-id")
    rows: list[Any] = list(newest[: _SHOWN + 1])
    return [
        _News(one, f"Reported by readers: {one.reports_open}", one.reported_at, is_held=False)
        for one in rows
    ]


def _had_within_an_hour(moderators: Iterable[ModeratorMail]) -> Counter[str]:
    recent = OutgoingMail.objects.filter(
        to__in=[moderator.user.email for moderator in moderators],
        kind=KIND,
        created_at__gt=timezone.now() - timedelta(hours=1),
    )
    return Counter(dict(recent.order_by().values_list("to").annotate(Count("pk"))))


def _last_morning(now: datetime) -> datetime:
    local = timezone.localtime(now)
    day = local.date() if local.time() >= DAILY_AT else local.date() - timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, DAILY_AT))


class _Writer:
    """Writes letters about some news; what they have in common is read once."""

    def __init__(self, news: Sequence[_News]) -> None:
        held = Comment.objects.filter(state=CommentState.PENDING)
        self._waiting = held.order_by()[: _COUNTED + 1].count()
        emails = {one.comment.author_email for one in news} - {""}
        before = Comment.objects.filter(author_email__in=emails).order_by()
        counted = before.values_list("author_email", "state").annotate(Count("pk"))
        self._before = Counter({(email, state): number for email, state, number in counted})

    def letter(self, moderator: ModeratorMail, news: Sequence[_News]) -> Letter:
        """The letter to a moderator about some of the news, newest first."""
        first, number = news[0], len(news)
        kind = "Held" if first.is_held else "Reported"
        subject = f"{kind}: {first.comment.author_name} on “{first.comment.article.headline}”"
        if number > 1:
            more = "More than " if number > _SHOWN else ""
            are = "are held" if all(one.is_held for one in news) else "wait for a decision"
            subject = f"{more}{min(number, _SHOWN)} comments {are}"
        return Letter(
            to=moderator.user.email,
            kind=KIND,
            subject=subject,
            text="\n\n".join(
                [
                    *(self._facts(one) for one in news[:_SHOWN]),
                    *(["There are more; the newest are above."] if number > _SHOWN else []),
                    self._foot(moderator),
                ]
            ),
        )

    def _facts(self, news: _News) -> str:
        """What is needed to decide about a comment."""
        comment = news.comment
        lines = [
            f"Article: {comment.article.headline}",
            absolute(comment.article.path or "/"),
            f"Name: {comment.author_name}",
            f"E-mail: {comment.author_email}",
            f"Website: {comment.author_website}",
            f"Network address: {comment.address or ''}",
            f"Of this e-mail address until now: {self._history(comment.author_email)}",
            f"Answers: {_shortened(comment.parent.text) if comment.parent else ''}",
            news.why,
        ]
        known = "\n".join(line for line in lines if not line.endswith(": "))
        queue = reverse("admin:articles_comment_queue")
        return (
            f"{known}\n\n{quoted(comment.text, _SAID)}\n\n"
            f"Decide: {absolute(queue)}?comment={comment.pk}"
        )

    def _history(self, email: str) -> str:
        """How the comments of an e-mail address fared; nothing without one."""
        if not email:
            return ""
        approved = self._before[email, CommentState.APPROVED.value]
        rejected = sum(self._before[email, one.value] for one in _REJECTED)
        return f"{approved:,} approved, {rejected:,} rejected"

    def _foot(self, moderator: ModeratorMail) -> str:
        waiting = self._waiting
        number = f"More than {_COUNTED:,}" if waiting > _COUNTED else f"{waiting:,}"
        waits = "comment waits" if waiting == 1 else "comments wait"
        rhythm = moderator.get_rhythm_display().lower()
        queue = absolute(reverse("admin:articles_comment_queue"))
        return (
            f"{number} {waits} in all. You have chosen to be told: {rhythm}. "
            f"To choose otherwise, see the queue: {queue}"
        )


def _shortened(text: str) -> str:
    """The beginning of what somebody said, on one line."""
    return Truncator(" ".join(text.split())).chars(_ANSWERED)
