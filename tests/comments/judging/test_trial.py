from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from articles.comments.judging import standings
from articles.comments.judging.ladder import Terms
from articles.comments.judging.trial import Trial, compare
from articles.comments.judging.words import Matcher, Words
from articles.models import Comment, CommentRules, CommentState, StandingKind
from tests.factories import make_article, make_author, make_comment, make_staff

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
OPEN: dict[str, int | bool] = {
    "hold_first": 0,
    "hold_rejected_percent": 0,
    "hold_imitators": False,
    "hold_suspicious": False,
}
"""No rule is on but the number of links."""


def said(hours: int, text: str = "Well said.", **fields: Any) -> Comment:
    """A comment by Zarina so many hours after noon."""
    given: dict[str, Any] = {"author_name": "Zarina", "author_email": "z@b.org"} | fields
    is_decided = given.pop("is_decided", False)
    comment = make_comment(make_article(), text=text, created_at=NOON + timedelta(hours=hours))
    Comment.objects.filter(pk=comment.pk).update(decided_at=NOON if is_decided else None, **given)
    return comment


def tried(in_force: dict[str, int | bool], by: dict[str, int | bool], words: str = "") -> Trial:
    none = Words(Matcher(""), Matcher(""))
    return compare(
        Terms(CommentRules(**OPEN | in_force), none),
        Terms(CommentRules(**OPEN | by), Words(Matcher(words), Matcher(""))),
    )


def changed(trial: Trial) -> set[int]:
    return {change.comment.pk for change in trial.changes}


def test_a_commenter_is_as_known_as_when_the_comment_came():
    first, second = said(1), said(2)
    assert changed(tried({}, {"hold_first": 1})) == {first.pk}
    assert changed(tried({}, {"hold_first": 2})) == {first.pk, second.pk}


def test_rejections_count_in_the_days_before_the_comment():
    for hour in range(3):
        said(hour, state=CommentState.SPAM, is_decided=True)
    soon, later = said(4), said(24 * 40)
    trial = tried({}, {"hold_rejected_percent": 50, "hold_rejected_days": 30})
    assert changed(trial) == {soon.pk}
    assert trial.changes[0].after.reason == "3 of 3 comments rejected in the last 30 days"
    trial = tried({}, {"hold_rejected_percent": 50, "hold_rejected_days": 60})
    assert changed(trial) == {soon.pk, later.pk}


def test_a_rule_that_is_switched_off_is_named_too():
    comment = said(1, "https://a.example https://b.example")
    trial = tried({}, {"links_held": 0})
    assert changed(trial) == {comment.pk}
    assert [row.rule for row in trial.by_rule] == ["links"]


def test_names_are_compared_with_those_of_the_staff_and_of_the_articles_authors():
    make_staff(username="mbaloch", first_name="Mina", last_name="Baloch")
    fake_staff = said(1, author_name="M1na Baloch")
    fake_author = said(2, author_name="Sana Stringer")
    fake_author.article.bylines.create(author=make_author("Sana Stringer"))
    said(3)
    assert changed(tried({}, {"hold_imitators": True})) == {fake_staff.pk, fake_author.pk}


def test_the_trusted_stay_trusted_and_the_banned_banned():
    said(1, "A casino.")
    said(2, "A casino.", author_email="c@d.org", address="192.0.2.7")
    plain = said(3, "A casino.", author_email="e@f.org")
    standings.impose(StandingKind.TRUSTED, email="z@b.org", reason="", by=None)
    standings.impose(StandingKind.BANNED, network="192.0.2.0/24", reason="", by=None)
    assert changed(tried({}, {}, words="casino")) == {plain.pk}


def test_what_several_said_on_several_articles_is_suspicious():
    text = "Somebody really should have told us."
    same = {said(1, text).pk, said(2, text, author_email="c@d.org").pk}
    said(3, "Nobody else says this.")
    assert changed(tried({}, {"hold_suspicious": True})) == same
