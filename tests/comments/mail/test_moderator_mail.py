"""Moderators are told of what waits: at once, every hour or every day, as each has chosen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.test import Client

from articles.comments.drafts import Draft
from articles.comments.mail.moderator_mail import MOST_AN_HOUR, send_digests
from articles.comments.moderation import decide
from articles.comments.reporting import reports
from articles.comments.submission import submit
from articles.models import (
    Article,
    Comment,
    CommentState,
    MailRhythm,
    ModeratorMail,
    ReportReason,
)
from tests.comments.mail.letters import last_mail, link, written
from tests.factories import make_article, make_comment, make_staff

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DESK = "desk@example.org"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def article() -> Article:
    return make_article("Snow in Quetta")


def moderator(
    rhythm: MailRhythm, email: str = DESK, role: str = "Moderator", **fields: Any
) -> User:
    user = make_staff(role, email=email, **fields)
    ModeratorMail.objects.create(user=user, rhythm=rhythm)
    return user


def post(article: Article, text: str = "Well said.", number: int = 1, **fields: Any) -> Comment:
    """What a reader who was never here before sends: it is held."""
    details = {"name": "Zarina", "email": f"zarina{number}@example.org", "text": text}
    draft = Draft(**details | fields)
    submission = submit(article, draft, address=f"192.0.{number % 200}.1", user_agent="Browser/1")
    assert submission.comment is not None
    assert submission.comment.state == CommentState.PENDING
    return submission.comment


def test_the_mail_has_what_is_needed_to_decide(article):
    moderator(MailRhythm.AT_ONCE)
    make_comment(article, state=CommentState.PENDING, created_at=NOON - timedelta(days=1))

    comment = post(article, "The snow was *deep*.", website="https://z.example")

    mail = last_mail()
    assert written() == [(DESK, "held")]
    assert mail.subject == "Held: Zarina on “Snow in Quetta”"
    for fact in (
        "> The snow was *deep*.",
        "Name: Zarina",
        "E-mail: zarina1@example.org",
        "Website: https://z.example",
        "Network address: 192.0.1.1",
        f"http://127.0.0.1:8000{article.path}",
        f"Held because: {comment.rule_reason}",
        "2 comments wait in all.",
    ):
        assert fact in mail.text


def test_its_link_opens_the_decision_and_decides_nothing(article, client: Client):
    user = moderator(MailRhythm.AT_ONCE)
    comment = post(article)
    address = link(last_mail(), "/admin/")

    assert client.get(address).status_code == 302
    client.force_login(user)
    page = client.get(address)

    assert page.status_code == 200
    assert comment.text in page.content.decode()
    comment.refresh_from_db()
    assert (comment.state, comment.decided_at) == (CommentState.PENDING, None)


@pytest.mark.parametrize("state", [CommentState.APPROVED, CommentState.SPAM, CommentState.BIN])
def test_what_does_not_wait_is_not_told(article, clock, state):
    moderator(MailRhythm.HOURLY)
    make_comment(article, state=state, created_at=NOON)

    clock.shift(timedelta(hours=2))
    send_digests()

    assert written() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"rhythm": MailRhythm.OFF},
        {"role": "Reporter"},
        {"is_active": False},
        {"email": ""},
        {"email": "no address"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_who_may_not_moderate_or_did_not_ask_is_not_told(article, fields):
    moderator(**{"rhythm": MailRhythm.AT_ONCE} | fields)

    post(article)

    assert written() == []


def test_who_has_left_the_staff_is_not_told(article):
    User.objects.filter(pk=moderator(MailRhythm.AT_ONCE).pk).update(is_staff=False)

    post(article)

    assert written() == []


def test_a_superuser_moderates_too(article):
    user = User.objects.create_superuser("chief", email=DESK)
    ModeratorMail.objects.create(user=user, rhythm=MailRhythm.AT_ONCE)

    post(article)

    assert written() == [(DESK, "held")]


def test_at_once_becomes_together_when_there_are_too_many(article, clock):
    moderator(MailRhythm.AT_ONCE)
    for number in range(MOST_AN_HOUR + 5):
        clock.shift(timedelta(seconds=1))
        post(article, number=number)
    assert len(written()) == MOST_AN_HOUR

    clock.shift(timedelta(minutes=30))
    send_digests()
    assert len(written()) == MOST_AN_HOUR

    clock.shift(timedelta(minutes=31))
    send_digests()
    assert len(written()) == MOST_AN_HOUR + 1
    assert last_mail().subject == "5 comments are held"
    send_digests()
    assert len(written()) == MOST_AN_HOUR + 1


@pytest.mark.parametrize(
    ("rhythm", "told_at"),
    [
        (MailRhythm.HOURLY, datetime(2026, 3, 1, 13, 1, tzinfo=UTC)),
        (MailRhythm.DAILY, datetime(2026, 3, 2, 7, 1, tzinfo=UTC)),
    ],
)
def test_a_digest_comes_once_when_its_time_is_there(article, clock, rhythm, told_at):
    moderator(rhythm)
    clock.shift(timedelta(minutes=5))
    post(article, "First.", number=1)
    post(article, "Second.", number=2)
    assert written() == []

    clock.move_to(told_at - timedelta(seconds=90))
    send_digests()
    assert written() == []
    clock.move_to(told_at)
    send_digests()
    send_digests()

    assert written() == [(DESK, "held")]
    assert last_mail().subject == "2 comments are held"
    assert "> First." in last_mail().text
    assert "> Second." in last_mail().text


def test_without_news_there_is_no_digest(article, clock):
    moderator(MailRhythm.HOURLY)
    clock.shift(timedelta(minutes=5))
    post(article)
    clock.shift(timedelta(hours=1))
    send_digests()

    clock.shift(timedelta(hours=5))
    send_digests()

    assert len(written()) == 1


def test_what_was_decided_meanwhile_is_not_told(article, clock):
    moderator(MailRhythm.HOURLY)
    clock.shift(timedelta(minutes=5))
    post(article)
    Comment.objects.update(state=CommentState.APPROVED)

    clock.shift(timedelta(hours=1))
    send_digests()

    assert written() == []


def test_each_is_told_in_the_own_rhythm_of_the_same_comment(article, clock):
    moderator(MailRhythm.AT_ONCE, "at-once@example.org")
    moderator(MailRhythm.HOURLY, "hourly@example.org")
    clock.shift(timedelta(minutes=5))
    post(article)
    clock.shift(timedelta(hours=1))
    send_digests()

    assert written() == [("at-once@example.org", "held"), ("hourly@example.org", "held")]


def test_a_long_digest_shows_the_newest_and_says_so(article, clock):
    moderator(MailRhythm.HOURLY)
    clock.shift(timedelta(minutes=5))
    for number in range(25):
        make_comment(article, state=CommentState.PENDING, text=f"Number {number}.")

    clock.shift(timedelta(hours=1))
    send_digests()

    mail = last_mail()
    assert mail.subject == "More than 20 comments are held"
    assert mail.text.count("Decide: ") == 20
    assert "> Number 24." in mail.text
    assert "> Number 4." not in mail.text
    assert "25 comments wait in all." in mail.text


def test_the_queries_do_not_grow_with_the_moderators(article, clock, django_assert_num_queries):
    for number in range(5):
        moderator(MailRhythm.HOURLY, f"desk{number}@example.org")
    clock.shift(timedelta(minutes=5))
    post(article)
    clock.shift(timedelta(hours=1))

    with django_assert_num_queries(10):
        send_digests()

    assert len(written()) == 5


def test_the_first_report_of_a_comment_is_told_at_once_with_its_reason(article):
    moderator(MailRhythm.AT_ONCE)
    comment = make_comment(article, author_name="Zarina", text="The snow was deep.")

    for number in (1, 2):
        reports.report(comment, ReportReason.ABUSE, "So rude.", f"192.0.2.{number}")

    assert written() == [(DESK, "held")]
    mail = last_mail()
    assert mail.subject == "Reported: Zarina on “Snow in Quetta”"
    assert "Reported because: It insults or threatens somebody: So rude." in mail.text
    assert "> The snow was deep." in mail.text
    assert f"?comment={comment.pk}" in mail.text


def test_the_mail_has_what_the_comment_answers(article):
    moderator(MailRhythm.AT_ONCE)
    answered = make_comment(article, text="It\nsnowed. " + "So deep. " * 100)

    post(article, parent_id=answered.pk)

    [line] = [line for line in last_mail().text.splitlines() if line.startswith("Answers: ")]
    assert line.startswith("Answers: It snowed. So deep.")
    assert len(line) < 250
    assert line.endswith("…")


@pytest.mark.parametrize("rhythm", [MailRhythm.HOURLY, MailRhythm.DAILY])
def test_a_digest_has_what_was_reported_too_once(article, clock, rhythm):
    moderator(rhythm)
    clock.shift(timedelta(minutes=5))
    reported = make_comment(article, author_name="Zarina", text="The snow was deep.")
    judged = make_comment(article, text="Nobody cares.")
    for comment in (reported, judged):
        reports.report(comment, ReportReason.ABUSE, "", "192.0.2.1")
    reports.report(reported, ReportReason.HATE, "", "192.0.2.2")
    decide([judged], CommentState.APPROVED, by=None)
    post(article, "Well said.")

    clock.shift(timedelta(days=1))
    send_digests()
    send_digests()

    assert written() == [(DESK, "held")]
    mail = last_mail()
    assert mail.subject == "2 comments wait for a decision"
    assert "Reported by readers: 2" in mail.text
    assert "> The snow was deep." in mail.text
    assert "> Well said." in mail.text
    assert "Nobody cares." not in mail.text


def test_the_mail_says_how_the_commenter_has_fared(article):
    moderator(MailRhythm.AT_ONCE)
    for state in (CommentState.APPROVED, CommentState.SPAM, CommentState.BIN):
        make_comment(
            article,
            state=state,
            author_email="zarina1@example.org",
            created_at=NOON - timedelta(days=9),
        )

    post(article)

    assert "Of this e-mail address until now: 1 approved, 2 rejected" in last_mail().text
