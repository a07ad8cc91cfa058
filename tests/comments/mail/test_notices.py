"""Who is told by mail of an approval or an answer, and who is left in peace."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from articles.comments import moderation, own, staff
from articles.comments.drafts import Draft
from articles.comments.mail import letters, notices, subscriptions
from articles.comments.moderation import decide
from articles.comments.submission import Submission, submit
from articles.mailing.delivery import deliver
from articles.models import (
    Article,
    AuditEntry,
    Comment,
    CommentPolicy,
    CommentState,
    OutgoingMail,
    ReaderAddress,
    Status,
)
from tests.comments.mail.letters import last_mail, link, make_reader, written
from tests.factories import make_article, make_comment, make_staff

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
READER = "reader@example.org"
OTHER = "other@example.org"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def article() -> Article:
    return make_article("Snow in Quetta")


def asked(article: Article, email: str = READER, **fields: Any) -> Comment:
    """An approved comment whose author wants to be told of answers."""
    return make_comment(article, author_email=email, wants_replies=True, **fields)


def held(article: Article, email: str = OTHER, **fields: Any) -> Comment:
    return make_comment(article, author_email=email, state=CommentState.PENDING, **fields)


def known(article: Article, email: str) -> None:
    """Somebody whose comments are approved at once."""
    yesterday = timezone.now() - timedelta(days=1)
    make_comment(article, author_email=email, author_name="Zarina", created_at=yesterday)


def post(article: Article, email: str, text: str = "Well said.", **fields: Any) -> Submission:
    draft = Draft(name="Zarina", email=email, text=text, **fields)
    return submit(article, draft, address="192.0.2.1", user_agent="Browser/1")


def approve(*comments: Comment) -> None:
    decide(comments, CommentState.APPROVED, by=None)


# Approval


def test_who_asked_is_told_that_a_moderator_approved_the_comment(article):
    make_reader()
    comment = held(article, READER, wants_decision=True, text="It snowed <b>all</b> night.")

    approve(comment)

    mail = last_mail()
    assert written() == [(READER, "approval")]
    assert mail.subject == "Published: your comment on “Snow in Quetta”"
    assert "> It snowed <b>all</b> night." in mail.text
    assert link(mail, "/comments/").startswith(f"/comments/{comment.pk}/")
    assert link(mail, "/comments/mine/")
    assert mail.headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{link(mail, '/mail/stop/')}>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_nobody_is_told_twice_of_the_same_comment(article, clock):
    make_reader()
    answer = held(article, READER, wants_decision=True, parent=asked(article, OTHER))
    make_reader(OTHER)

    for _ in range(3):
        approve(answer)
        clock.shift(letters.WAIT)
        deliver()
        decide([answer], CommentState.PENDING, by=None)

    assert written() == [(READER, "approval"), (OTHER, "reply")]


def test_approving_what_a_rule_let_through_tells_nobody_again(article):
    make_reader()
    parent = asked(article)
    known(article, OTHER)
    post(article, OTHER, parent_id=parent.pk)
    assert written() == [(READER, "reply")]

    approve(*Comment.objects.all())

    assert written() == [(READER, "reply")]


def test_who_did_not_ask_is_not_told(article):
    make_reader()

    approve(held(article, READER))

    assert written() == []


@pytest.mark.parametrize("state", [CommentState.SPAM, CommentState.BIN, CommentState.PENDING])
def test_no_other_decision_is_told(article, state):
    make_reader()
    comment = held(article, READER, wants_decision=True, parent=asked(article, OTHER))
    make_reader(OTHER)

    decide([comment], state, by=None)

    assert written() == []


@pytest.mark.django_db(transaction=True)
def test_a_decision_that_fails_tells_nobody(article, monkeypatch):
    make_reader()
    comment = held(article, READER, wants_decision=True)
    monkeypatch.setattr(AuditEntry.objects, "note_all", lambda *_: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        approve(comment)

    assert written() == []


def test_what_is_taken_back_at_once_is_told_to_nobody(article, clock):
    make_reader()
    make_reader(OTHER)
    answer = held(article, READER, wants_decision=True, parent=asked(article, OTHER))
    was = decide([answer], CommentState.APPROVED, by=None)
    clock.shift(letters.WAIT - timedelta(seconds=1))
    assert not deliver()

    moderation.undo(was, by=None)
    assert written() == []

    approve(answer)
    assert written() == [(READER, "approval"), (OTHER, "reply")]


@pytest.mark.parametrize("state", [CommentState.PENDING, CommentState.SPAM, CommentState.BIN])
def test_another_decision_takes_the_mail_back_that_was_not_sent_yet(article, state):
    make_reader()
    comment, other = (held(article, READER, wants_decision=True) for _ in range(2))
    approve(comment, other)

    decide([comment], state, by=None)

    assert written() == [(READER, "approval")]
    assert link(last_mail(), f"/comments/{other.pk}/")


def test_what_its_author_withdraws_at_once_is_told_to_nobody(article):
    make_reader()
    known(article, OTHER)
    answer = post(article, OTHER, parent_id=asked(article).pk).comment
    assert answer is not None
    assert written() == [(READER, "reply")]

    own.withdraw(answer)

    assert written() == []


def test_what_was_sent_stays_told(article, clock):
    make_reader()
    comment = held(article, READER, wants_decision=True)
    approve(comment)
    clock.shift(letters.WAIT)
    assert deliver()

    decide([comment], CommentState.PENDING, by=None)
    approve(comment)

    assert written() == [(READER, "approval")]


# Answers


def test_who_asked_is_told_of_an_answer_once_it_is_approved(article):
    make_reader()
    parent = asked(article, text="Who clears the roads?")
    answer = held(article, parent=parent, text="The army does.", author_name="Zarina")
    assert written() == []

    approve(answer)

    mail = last_mail()
    assert written() == [(READER, "reply")]
    assert mail.subject == "Answer by Zarina on “Snow in Quetta”"
    assert "> The army does." in mail.text
    assert "> Who clears the roads?" in mail.text
    assert link(mail, f"/comments/{answer.pk}/")
    assert OTHER not in mail.text


def test_an_answer_that_is_published_at_once_is_told_at_once(article):
    make_reader()
    parent = asked(article)
    known(article, OTHER)

    post(article, OTHER, parent_id=parent.pk)

    assert written() == [(READER, "reply")]


def test_an_answer_of_the_newsroom_is_told(article):
    make_reader()

    staff.answer(asked(article), "We will ask.", by=make_staff("Moderator"))

    assert written() == [(READER, "reply")]


def test_who_answers_oneself_is_not_told(article):
    make_reader()

    approve(held(article, READER, parent=asked(article)))

    assert written() == []


def test_an_answer_to_the_answer_concerns_the_one_who_is_answered(article):
    make_reader()
    make_reader(OTHER)
    parent = asked(article)
    answer = asked(article, OTHER, parent=parent)

    approve(held(article, "third@example.org", parent=answer))

    assert written() == [(OTHER, "reply")]


@pytest.mark.parametrize(
    "fields",
    [{"state": CommentState.BIN}, {"withdrawn_at": NOON, "state": CommentState.BIN}],
    ids=["binned", "withdrawn"],
)
def test_who_has_no_comment_there_any_more_is_not_told(article, fields):
    make_reader()
    parent = asked(article)
    answer = held(article, parent=parent)
    Comment.objects.filter(pk=parent.pk).update(**fields)

    approve(answer)

    assert written() == []


@pytest.mark.parametrize(
    "fields",
    [
        {"status": Status.WITHDRAWN},
        {"comment_policy": CommentPolicy.HIDDEN},
    ],
)
def test_nobody_is_told_of_what_nobody_can_read(article, fields):
    make_reader()
    comment = held(article, parent=asked(article))
    Article.objects.filter(pk=article.pk).update(**fields)

    approve(comment)

    assert written() == []


# Who may be written to


@pytest.mark.parametrize(
    "fields",
    [
        {"confirmed_at": None},
        {"unsubscribed_at": NOON},
        {"confirmed_at": None, "unsubscribed_at": NOON},
    ],
    ids=["not confirmed", "unsubscribed", "never wanted any"],
)
def test_an_address_that_was_not_confirmed_or_wants_no_more_gets_nothing(article, fields):
    make_reader(**fields)

    approve(held(article, READER, wants_decision=True), held(article, parent=asked(article)))

    assert written() == []


def test_a_muted_thread_is_silent_and_others_are_not(article):
    reader = make_reader()
    muted, other = asked(article), asked(article)
    deeper = asked(article, parent=muted)
    subscriptions.mute(reader, muted.pk)

    approve(*(held(article, parent=comment) for comment in (muted, deeper, other)))

    assert written() == [(READER, "reply")]
    assert link(last_mail(), f"/comments/{other.replies.get().pk}/")


def test_muting_mutes_nobody_else(article):
    reader = make_reader()
    make_reader(OTHER)
    first = asked(article)
    other = asked(article, OTHER, parent=first)
    subscriptions.mute(reader, first.pk)

    approve(held(article, "third@example.org", parent=other))

    assert written() == [(OTHER, "reply")]


def test_after_ten_mails_within_an_hour_there_is_silence_and_the_tenth_says_so(article, clock):
    make_reader()
    parent = asked(article)

    approve(*(held(article, parent=parent) for _ in range(notices.MOST_AN_HOUR + 2)))

    mails = list(OutgoingMail.objects.order_by("pk"))
    assert len(mails) == notices.MOST_AN_HOUR
    assert ["for a while you get no more" in mail.text for mail in mails] == [False] * 9 + [True]

    clock.shift(timedelta(minutes=61))
    approve(held(article, parent=parent))
    assert len(written()) == notices.MOST_AN_HOUR + 1


def test_many_decisions_at_once_cost_no_more_queries(article, django_assert_max_num_queries):
    make_reader()
    parent = asked(article)
    make_reader(OTHER)
    comments = [held(article, parent=parent, wants_decision=True) for _ in range(40)]

    with django_assert_max_num_queries(8), transaction.atomic():
        Comment.objects.filter(pk__in=[one.pk for one in comments]).update(state="approved")
        notices.on_approved(comments)

    assert len(written()) == 2 * notices.MOST_AN_HOUR


# The request to confirm


def test_who_wants_mail_for_the_first_time_is_asked_to_confirm_the_address(article):
    post(article, READER, "It snowed at https://evil.example/.", wants_replies=True)

    mail = last_mail()
    assert written() == [(READER, "confirmation")]
    assert link(mail, "/mail/confirm/")
    assert link(mail, "/mail/stop/")
    # Nothing that a stranger typed reaches somebody who may never have been here.
    assert "Zarina" not in mail.text + mail.subject
    assert "evil" not in mail.text


def test_who_ticks_nothing_is_not_asked(article):
    post(article, READER)

    assert written() == []
    assert not ReaderAddress.objects.exists()


def test_who_confirmed_is_not_asked_again(article):
    make_reader()

    post(article, READER, wants_replies=True)

    assert written() == []


def test_who_ended_all_mail_is_not_even_asked(article):
    make_reader(confirmed_at=None, unsubscribed_at=NOON)

    post(article, READER, wants_replies=True)

    assert written() == []


@pytest.mark.parametrize("state", [CommentState.SPAM, CommentState.BIN])
def test_spam_asks_nobody(article, state):
    comment = make_comment(article, author_email=READER, wants_replies=True, state=state)

    notices.on_submitted(comment)

    assert written() == []


def test_an_address_is_asked_once_a_day_at_most_then_at_waits_that_double(article, clock):
    comment = held(article, READER, wants_replies=True)
    days_asked = []
    for hour in range(70 * 24):
        clock.move_to(NOON + timedelta(hours=hour))
        before = len(written())
        subscriptions.ask(comment)
        if len(written()) > before:
            days_asked.append(hour / 24)

    assert days_asked == [0, 1, 3, 7, 15, 31, 63]


@pytest.mark.parametrize("email", ["", '"\x01"@example.org'])
def test_what_cannot_be_written_to_is_not_asked(article, email):
    notices.on_submitted(held(article, email, wants_replies=True))

    assert written() == []


def test_confirming_starts_the_mail_and_stopping_ends_it(article):
    reader = make_reader(confirmed_at=None)
    parent = asked(article)
    subscriptions.confirm(reader)
    approve(held(article, parent=parent))
    assert written() == [(READER, "reply")]

    subscriptions.stop(reader)
    approve(held(article, parent=parent))
    assert written() == [(READER, "reply")]

    subscriptions.confirm(reader)
    approve(held(article, parent=parent))
    assert written() == [(READER, "reply")] * 2
    reader.refresh_from_db()
    assert (reader.confirmed_at, reader.unsubscribed_at) == (timezone.now(), None)
