"""Tells moderators by mail of comments that wait: at once, every hour or every day, as each has
chosen. The links in it lead to the decision and decide nothing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Count, QuerySet
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
    facts = _facts(comment, f"Reported because: {why}")
    had = _had_within_an_hour(moderators)
    waiting = Comment.objects.filter(state=CommentState.PENDING).order_by()[: _COUNTED + 1].count()
    mailing.post(
        *(
            Letter(
                to=moderator.user.email,
                kind=KIND,
                subject=f"Reported: {comment.author_name} on “{comment.article.headline}”",
                text=f"{facts}\n\n{_foot(moderator, waiting)}",
            )
            for moderator in moderators
            if had[moderator.user.email] < MOST_AN_HOUR
        )
    )


@transaction.atomic
def send_digests() -> bool:
    """Tell of what came since the last mail: those who want it every hour or every day, and those
    who were told at once of so many that the rest had to wait."""
    now = timezone.now() - _SETTLED
    for rhythm, until in (
        (MailRhythm.AT_ONCE, now),
        (MailRhythm.HOURLY, now.replace(minute=0, second=0, microsecond=0)),
        (MailRhythm.DAILY, _last_morning(now)),
    ):
        _tell(_moderators().filter(rhythm=rhythm, told_until__lt=until), until)
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
    held = Comment.objects.filter(state=CommentState.PENDING)
    since = min(moderator.told_until for moderator in moderators)
    if came is not None:
        since = min(since, came.created_at - timedelta(microseconds=1))
    untold = held.filter(created_at__gt=since, created_at__lte=until)
    newest = list(
        untold.select_related("article", "parent").order_by("-created_at", "-id")[: _SHOWN + 1]
    )
    if not newest:
        return
    had = _had_within_an_hour(moderators)
    waiting = held.order_by()[: _COUNTED + 1].count()
    told, written = [], []
    for moderator in moderators:
        news = [one for one in newest if one.created_at > moderator.told_until or one == came]
        if news and had[moderator.user.email] < MOST_AN_HOUR:
            told.append(moderator.pk)
            written.append(_letter(moderator, news, waiting))
    ModeratorMail.objects.filter(pk__in=told).update(told_until=until)
    mailing.post(*written)


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


def _letter(moderator: ModeratorMail, held: Sequence[Comment], waiting: int) -> Letter:
    first, number = held[0], len(held)
    more = number > _SHOWN
    subject = f"Held: {first.author_name} on “{first.article.headline}”"
    if number > 1:
        subject = f"{'More than ' if more else ''}{min(number, _SHOWN)} comments are held"
    return Letter(
        to=moderator.user.email,
        kind=KIND,
        subject=subject,
        text="\n\n".join(
            [
                *(_facts(comment) for comment in held[:_SHOWN]),
                *(["There are more; the newest are above."] if more else []),
                _foot(moderator, waiting),
            ]
        ),
    )


def _facts(comment: Comment, why: str = "") -> str:
    """What is needed to decide about a comment."""
    lines = [
        f"Article: {comment.article.headline}",
        absolute(comment.article.path or "/"),
        f"Name: {comment.author_name}",
        f"E-mail: {comment.author_email}",
        f"Website: {comment.author_website}",
        f"Network address: {comment.address or ''}",
        f"Answers: {_shortened(comment.parent.text) if comment.parent else ''}",
        why or f"Held because: {comment.rule_reason or comment.reason}",
    ]
    known = "\n".join(line for line in lines if not line.endswith(": "))
    queue = reverse("admin:articles_comment_queue")
    return (
        f"{known}\n\n{quoted(comment.text, _SAID)}\n\n"
        f"Decide: {absolute(queue)}?comment={comment.pk}"
    )


def _shortened(text: str) -> str:
    """The beginning of what somebody said, on one line."""
    return Truncator(" ".join(text.split())).chars(_ANSWERED)


def _foot(moderator: ModeratorMail, waiting: int) -> str:
    number = f"More than {_COUNTED:,}" if waiting > _COUNTED else f"{waiting:,}"
    waits = "comment waits" if waiting == 1 else "comments wait"
    rhythm = moderator.get_rhythm_display().lower()
    return (
        f"{number} {waits} in all. You have chosen to be told: {rhythm}. "
        f"To choose otherwise, see the queue: {absolute(reverse('admin:articles_comment_queue'))}"
    )
