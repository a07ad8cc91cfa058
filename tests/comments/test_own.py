from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from articles.comments import moderation, own, staff
from articles.comments.judging import standings
from articles.comments.senders import Sender
from articles.models import (
    Article,
    Comment,
    CommentCount,
    CommentReport,
    CommentRules,
    CommentState,
    ReportReason,
    SpamToken,
    StandingKind,
)
from tests.factories import make_article, make_comment, make_user

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
ZARINA = {"author_name": "Zarina", "author_email": "zarina@example.org"}
SENDER = Sender("192.0.2.7", "Firefox")
LINKS = "https://a.example https://b.example"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def article():
    return make_article()


def posted(article: Article, state: str = CommentState.APPROVED, **fields: Any) -> Comment:
    return make_comment(article, state=state, created_at=NOON, **{**ZARINA, **fields})


def numbers(article: Article) -> dict[str, int]:
    counts = CommentCount.objects.filter(article=article, number__gt=0)
    return dict(counts.values_list("state", "number"))


def test_a_corrected_comment_says_the_new_words_and_when_they_were_put_there(article, clock):
    comment = posted(article, text="Wel said")
    clock.shift(timedelta(minutes=9))

    assert own.correct(comment, "*Well* said", SENDER) is None

    comment.refresh_from_db()
    assert (comment.text, comment.html) == ("*Well* said", "<p><em>Well</em> said</p>")
    assert comment.edited_at == NOON + timedelta(minutes=9)
    assert comment.edited_by is None
    assert comment.state == CommentState.APPROVED
    assert numbers(article) == {"approved": 1}


def test_what_is_saved_unchanged_was_not_corrected(article):
    comment = posted(article, text="Well said")
    assert own.correct(comment, "Well said", SENDER) is None
    comment.refresh_from_db()
    assert comment.edited_at is None


@pytest.mark.parametrize(
    ("minutes", "after", "refusal"),
    [
        (10, timedelta(minutes=9, seconds=59), None),
        (10, timedelta(minutes=10), own.Refusal.LATE),
        (0, timedelta(0), own.Refusal.LATE),
        (60, timedelta(minutes=59), None),
    ],
)
def test_a_comment_can_be_corrected_for_as_long_as_the_rules_say(
    article, clock, minutes, after, refusal
):
    CommentRules.objects.create(pk=1, edit_minutes=minutes)
    comment = posted(article)
    clock.shift(after)
    assert own.correct(comment, "Other words", SENDER) == refusal


def test_a_correction_goes_up_the_ladder_as_a_new_comment_does(article):
    comment = posted(article)
    own.correct(comment, LINKS, SENDER)
    comment.refresh_from_db()
    assert (comment.state, comment.rule) == (CommentState.PENDING, "links")
    assert numbers(article) == {"pending": 1}
    assert Article.objects.get(pk=article.pk).comment_count == 0


def test_a_comment_that_a_rule_held_appears_when_it_no_longer_does(article):
    posted(article)
    held = posted(article, CommentState.PENDING, text=LINKS)
    own.correct(held, "No links", SENDER)
    held.refresh_from_db()
    assert held.state == CommentState.APPROVED
    assert numbers(article) == {"approved": 2}


def test_a_first_comment_stays_held(article):
    held = posted(article, CommentState.PENDING)
    own.correct(held, "Other words", SENDER)
    held.refresh_from_db()
    assert (held.state, held.text) == (CommentState.PENDING, "Other words")


def test_what_a_moderator_held_stays_held(article):
    posted(article)
    held = posted(article)
    moderation.decide([held], CommentState.PENDING, by=make_user(), reason="rude")
    own.correct(held, "Kind words", SENDER)
    held.refresh_from_db()
    assert (held.state, held.reason, held.text) == (CommentState.PENDING, "rude", "Kind words")
    assert held.decided_by is not None


def test_words_that_nobody_has_approved_are_new_to_the_moderators(article):
    comment = posted(article, CommentState.PENDING)
    moderation.decide([comment], CommentState.APPROVED, by=make_user())
    staff.feature(comment, by=make_user())
    own.correct(comment, "Other words", SENDER)
    comment.refresh_from_db()
    assert (comment.state, comment.decided_at) == (CommentState.APPROVED, None)
    assert comment.featured_at is None
    assert comment.learned == ""
    assert not SpamToken.objects.filter(ham__gt=0).exists()


def test_what_the_newsroom_edited_stays_as_it_made_it(article):
    comment = posted(article, text="You fool")
    staff.edit(comment, "You […]", by=make_user())
    assert own.correct(comment, "You fool", SENDER) == own.Refusal.EDITED
    comment.refresh_from_db()
    assert comment.text == "You […]"


@pytest.mark.parametrize("state", [CommentState.SPAM, CommentState.BIN])
def test_what_was_taken_down_cannot_be_corrected(article, state):
    comment = posted(article)
    moderation.decide([comment], state, by=make_user())
    assert own.correct(comment, "Kind words", SENDER) == own.Refusal.DECIDED
    comment.refresh_from_db()
    assert (comment.state, comment.edited_at) == (state, None)


def test_who_is_banned_cannot_correct(article):
    comment = posted(article)
    standings.impose(StandingKind.BANNED, email="zarina@example.org", reason="rude", by=None)
    assert own.correct(comment, "Other words", SENDER) == own.Refusal.BANNED


@pytest.mark.parametrize("state", [CommentState.APPROVED, CommentState.PENDING, CommentState.BIN])
def test_a_withdrawn_comment_is_gone_and_its_answers_stay(article, clock, state):
    comment = posted(article, state)
    answer = make_comment(article, parent=comment)
    clock.shift(timedelta(days=100))

    own.withdraw(comment)
    own.withdraw(comment)

    comment.refresh_from_db()
    assert (comment.state, comment.reason) == (CommentState.BIN, own.WITHDRAWN)
    assert comment.withdrawn_at == NOON + timedelta(days=100)
    assert Comment.objects.approved().get() == answer
    assert numbers(article) == {"approved": 1, "bin": 1}


def test_nobody_can_bring_a_withdrawn_comment_back(article, clock):
    moderator = make_user()
    comment = posted(article, CommentState.PENDING)
    binned = moderation.decide([comment], CommentState.BIN, by=moderator)
    clock.shift(timedelta(minutes=1))
    own.withdraw(comment)

    moderation.decide([comment], CommentState.APPROVED, by=moderator)
    moderation.undo(binned, by=moderator)

    comment.refresh_from_db()
    assert comment.state == CommentState.BIN
    assert own.correct(comment, "Other words", SENDER) == own.Refusal.DECIDED


def test_spam_that_is_withdrawn_stays_spam_for_the_newsroom(article):
    comment = posted(article, CommentState.SPAM)
    own.withdraw(comment)
    comment.refresh_from_db()
    assert comment.state == CommentState.SPAM
    assert comment.withdrawn_at is not None


def test_reports_of_a_withdrawn_comment_wait_for_nobody(article):
    comment = posted(article, reports_open=1)
    report = CommentReport.objects.create(comment=comment, reason=ReportReason.ABUSE)
    own.withdraw(comment)
    comment.refresh_from_db()
    report.refresh_from_db()
    assert comment.reports_open == 0
    assert (report.judged_at, report.was_right) == (NOON, None)


def test_what_readers_reported_is_not_changed_before_a_moderator_has_read_it(article):
    comment = posted(article, text="I will find you", reports_open=1)

    assert own.correct(comment, "What a lovely article", SENDER) == own.Refusal.REPORTED

    comment.refresh_from_db()
    assert comment.text == "I will find you"
