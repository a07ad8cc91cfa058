from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.db import connection

from articles.comments.drafts import Draft
from articles.comments.judging import standings
from articles.comments.moderation import decide
from articles.comments.submission import Outcome, Submission, submit
from articles.models import (
    Article,
    Badge,
    Comment,
    CommentPolicy,
    CommentRules,
    CommentState,
    StandingKind,
    Status,
)
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_section,
    make_staff,
    make_user,
)

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def post(
    article: Article,
    *,
    text: str = "Well said.",
    address: str = "192.0.2.1",
    user: User | None = None,
    **draft: Any,
) -> Submission:
    fields: dict[str, Any] = {"name": "Zarina", "email": "zarina@example.org", "text": text} | draft
    return submit(article, Draft(**fields), address=address, user_agent="Browser/1", user=user)


def make_moderator() -> User:
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="change_comment"))
    return user


def count(article: Article) -> int:
    return Article.objects.get(pk=article.pk).comment_count


@pytest.mark.django_db
def test_a_first_comment_is_held_and_keeps_what_a_moderator_needs():
    article = make_article(revision=3)
    submission = post(article, text="See https://a.example", website="https://z.example")
    assert submission.outcome is Outcome.HELD
    comment = Comment.objects.get()
    assert comment == submission.comment
    assert comment.state == CommentState.PENDING
    assert comment.reason == "no approved comment before of this name and e-mail address"
    assert comment.text == "See https://a.example"
    assert comment.html.startswith('<p>See <a href="https://a.example"')
    assert comment.author_website == "https://z.example"
    assert (comment.address, comment.user_agent) == ("192.0.2.1", "Browser/1")
    assert (comment.revision, comment.parent, comment.depth) == (3, None, 0)
    assert comment.path == f"{comment.pk:012d}"
    assert count(article) == 0


@pytest.mark.django_db
def test_who_was_approved_before_is_published_at_once_and_counted():
    earlier = make_article()
    make_comment(earlier, author_name="Zarina", author_email="zarina@example.org")
    article = make_article()
    with time_machine.travel(NOON + timedelta(days=999)):
        submission = post(article)
    assert submission.outcome is Outcome.PUBLISHED
    assert article.comments.get().state == CommentState.APPROVED
    assert count(article) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "email", "state"),
    [
        ("Zarina", "other@example.org", CommentState.APPROVED),
        ("Other", "zarina@example.org", CommentState.APPROVED),
        ("Zarina", "zarina@example.org", CommentState.PENDING),
        ("Zarina", "zarina@example.org", CommentState.SPAM),
    ],
)
def test_half_a_match_or_an_unapproved_comment_earns_no_trust(name, email, state):
    article = make_article()
    make_comment(article, author_name=name, author_email=email, state=state, created_at=NOON)
    assert post(article).outcome is Outcome.HELD


@pytest.mark.django_db
def test_a_moderator_is_published_at_once_everywhere():
    article = make_article(comment_policy=CommentPolicy.PREMODERATED)
    submission = post(article, user=make_moderator(), text="http://a.example http://b.example")
    assert submission.outcome is Outcome.PUBLISHED
    assert article.comments.get().reason == "by someone of the newsroom"


@pytest.mark.django_db
def test_an_author_is_published_at_once_on_the_own_article_only():
    user = make_user()
    own = make_article(authors=[make_author(user=user)])
    assert post(own, user=user).outcome is Outcome.PUBLISHED
    Comment.objects.all().delete()
    assert post(make_article(), user=user).outcome is Outcome.HELD


@pytest.mark.django_db
@pytest.mark.parametrize(
    "fields",
    [
        {"comment_policy": CommentPolicy.CLOSED},
        {"comment_policy": CommentPolicy.HIDDEN},
        {"status": Status.WITHDRAWN},
        {"published": None},
        {"published": datetime(2999, 1, 1, tzinfo=UTC), "status": Status.SCHEDULED},
    ],
)
def test_a_closed_or_unpublished_article_takes_no_comment(fields):
    submission = post(make_article(**fields))
    assert (submission.outcome, submission.comment) == (Outcome.CLOSED, None)
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_an_article_closed_while_the_form_was_open_takes_no_comment():
    article = make_article()
    Article.objects.filter(pk=article.pk).update(comment_policy=CommentPolicy.CLOSED)
    assert post(article).outcome is Outcome.CLOSED


@pytest.mark.django_db
def test_an_answer_stands_below_what_it_answers():
    article = make_article()
    parent = make_comment(article, created_at=NOON)
    post(article, parent_id=parent.pk)
    comment = article.comments.latest("pk")
    assert comment.parent == parent
    assert comment.path == f"{parent.path}{comment.pk:012d}"
    assert comment.depth == 1


@pytest.mark.django_db
@pytest.mark.parametrize("state", [CommentState.PENDING, CommentState.SPAM, CommentState.BIN])
def test_only_a_comment_that_is_shown_can_be_answered(state):
    article = make_article()
    parent = make_comment(article, state=state)
    assert post(article, parent_id=parent.pk).outcome is Outcome.UNANSWERABLE


@pytest.mark.django_db
def test_a_comment_of_another_article_cannot_be_answered():
    elsewhere = make_comment(make_article())
    assert post(make_article(), parent_id=elsewhere.pk).outcome is Outcome.UNANSWERABLE


@pytest.mark.django_db
def test_the_same_comment_is_taken_once():
    article = make_article()
    post(article)
    assert post(article).outcome is Outcome.DUPLICATE
    assert Comment.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "difference",
    [{"text": "Another text."}, {"name": "Sana"}, {"email": "sana@example.org"}],
)
def test_a_comment_that_differs_is_no_duplicate(difference):
    article = make_article()
    with time_machine.travel(NOON):
        post(article)
    with time_machine.travel(NOON + timedelta(minutes=1)):
        assert post(article, **difference).outcome is Outcome.HELD


@pytest.mark.django_db
def test_the_same_words_to_another_comment_or_after_the_bin_are_no_duplicate():
    article = make_article()
    parent = make_comment(article, created_at=NOON)
    with time_machine.travel(NOON + timedelta(minutes=1)):
        post(article)
    comment = article.comments.latest("pk")
    with time_machine.travel(NOON + timedelta(minutes=2)):
        assert post(article, parent_id=parent.pk).outcome is Outcome.HELD
    decide([comment], CommentState.BIN, by=None)
    with time_machine.travel(NOON + timedelta(minutes=3)):
        assert post(article).outcome is Outcome.HELD


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("second", "seconds", "outcome"),
    [
        ({}, 0, Outcome.FLOOD),
        ({}, 14, Outcome.FLOOD),
        ({}, 15, Outcome.HELD),
        ({"email": "b@example.org"}, 5, Outcome.FLOOD),
        ({"address": "192.0.2.2"}, 5, Outcome.FLOOD),
        ({"address": "192.0.2.2", "email": "b@example.org"}, 5, Outcome.HELD),
        ({"address": "", "email": "b@example.org"}, 5, Outcome.HELD),
    ],
)
def test_a_reader_may_post_every_fifteen_seconds(second, seconds, outcome):
    with time_machine.travel(NOON, tick=False):
        post(make_article())
    with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
        submission = post(make_article(), **second)
    assert submission.outcome is outcome
    assert submission.retry_after == (15 - seconds if outcome is Outcome.FLOOD else 0)


@pytest.mark.django_db
def test_moderators_are_not_slowed_down():
    moderator = make_moderator()
    article = make_article()
    post(article, user=moderator, text="One.")
    assert post(article, user=moderator, text="Two.").outcome is Outcome.PUBLISHED


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("2001:DB8::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("", None),
        ("unix:", None),
        ("<script>", None),
    ],
)
def test_a_network_address_is_stored_only_if_it_is_one(address, stored):
    post(make_article(), address=address)
    assert Comment.objects.get().address == stored


@pytest.mark.django_db(transaction=True)
def test_readers_who_post_at_the_same_moment_are_all_served():
    article = make_article()
    for number in range(8):
        make_comment(article, author_name=f"Known {number}", author_email=f"{number}@example.org")
    readers = [
        # Eight known readers, each pressing the button twice, and eight new ones.
        *({"name": f"Known {n}", "email": f"{n}@example.org"} for n in range(8) for _ in range(2)),
        *({"name": f"New {n}", "email": f"new-{n}@example.org"} for n in range(8)),
    ]
    Comment.objects.update(created_at=NOON)
    outcomes: list[Outcome] = []
    together = Barrier(len(readers))

    def read(draft: dict[str, Any]) -> None:
        try:
            together.wait()
            outcomes.append(post(article, address="", **draft).outcome)
        finally:
            connection.close()

    threads = [Thread(target=read, args=(draft,)) for draft in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert outcomes.count(Outcome.PUBLISHED) == 8
    assert outcomes.count(Outcome.DUPLICATE) == 8
    assert outcomes.count(Outcome.HELD) == 8
    assert Comment.objects.count() == 8 + 16
    assert count(article) == Comment.objects.approved().count() == 16


@pytest.mark.django_db
def test_who_is_banned_is_refused_in_clear_words_and_nothing_is_stored():
    standings.impose(StandingKind.BANNED, email="zarina@example.org", reason="Insults.", by=None)
    submission = post(make_article())
    assert submission.outcome is Outcome.BANNED
    assert submission.outcome.status == 403
    assert submission.message.startswith("You may not comment here.")
    assert not Comment.objects.exists()


@pytest.mark.django_db
def test_what_the_ladder_said_is_kept_beside_what_moderators_say_later():
    post(make_article())
    comment = Comment.objects.get()
    decide([comment], CommentState.APPROVED, by=make_moderator(), reason="Fine.")
    comment.refresh_from_db()
    assert (comment.rule, comment.rule_state) == ("first", CommentState.PENDING)
    assert comment.rule_reason.startswith("no approved comment before")
    assert comment.reason == "Fine."


@pytest.mark.django_db
def test_authors_and_staff_have_a_badge_and_readers_have_none():
    author = make_user()
    article = make_article(authors=[make_author(user=author)])
    for user in (author, make_staff("Moderator"), None):
        Comment.objects.update(created_at=NOON)
        post(article, user=user, text=f"By {user}.", email=f"{user}@example.org")
    assert list(article.comments.order_by("pk").values_list("badge", flat=True)) == [
        Badge.AUTHOR,
        Badge.STAFF,
        "",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("site", "section", "outcome"),
    [
        (CommentPolicy.OPEN, CommentPolicy.OPEN, Outcome.PUBLISHED),
        (CommentPolicy.PREMODERATED, CommentPolicy.OPEN, Outcome.HELD),
        (CommentPolicy.OPEN, CommentPolicy.PREMODERATED, Outcome.HELD),
        (CommentPolicy.CLOSED, CommentPolicy.OPEN, Outcome.CLOSED),
        (CommentPolicy.OPEN, CommentPolicy.HIDDEN, Outcome.CLOSED),
    ],
)
def test_the_strictest_of_site_section_and_article_counts(site, section, outcome):
    CommentRules.objects.create(pk=1, policy=site, hold_first=0)
    article = make_article(section=make_section(comment_policy=section))
    assert post(article).outcome is outcome


@pytest.mark.django_db
def test_an_article_closes_so_many_days_after_its_publication():
    CommentRules.objects.create(pk=1, close_after_days=14)
    article = make_article(published=NOON)
    with time_machine.travel(NOON + timedelta(days=15), tick=False):
        assert post(article).outcome is Outcome.CLOSED
    with time_machine.travel(NOON + timedelta(days=13), tick=False):
        assert post(article).outcome is Outcome.HELD


@pytest.mark.django_db
def test_threads_are_as_deep_as_the_rules_want_them():
    CommentRules.objects.create(pk=1, depth=2, hold_first=0, seconds_between=0)
    article = make_article()
    parent = None
    for number in range(4):
        post(article, text=f"Level {number}.", parent_id=parent)
        parent = article.comments.latest("pk").pk
    assert list(article.comments.order_by("pk").values_list("depth", flat=True)) == [0, 1, 1, 1]


@pytest.mark.django_db
def test_too_many_comments_from_a_network_have_to_wait_and_are_told_for_how_long():
    CommentRules.objects.create(pk=1, hourly_of_network=2)
    with time_machine.travel(NOON, tick=False):
        for number in range(2):
            email, address = f"{number}@example.org", f"192.0.2.{number}"
            assert post(make_article(), email=email, address=address).outcome is Outcome.HELD
    with time_machine.travel(NOON + timedelta(minutes=40), tick=False):
        submission = post(make_article(), address="192.0.2.200")
    assert (submission.outcome, submission.retry_after) == (Outcome.FLOOD, 20 * 60)
    assert submission.message == (
        "You are posting comments too quickly. Please post again in 20 minutes."
    )
    assert Comment.objects.latest("pk").network == "192.0.2.0/24"


@pytest.mark.django_db(transaction=True)
def test_one_address_that_posts_to_many_articles_at_once_posts_one_comment() -> None:
    articles = [make_article() for _ in range(8)]
    outcomes: list[Outcome] = []
    together = Barrier(len(articles))

    def read(number: int) -> None:
        try:
            together.wait()
            outcomes.append(post(articles[number], email=f"{number}@example.org").outcome)
        finally:
            connection.close()

    threads = [Thread(target=read, args=(number,)) for number in range(len(articles))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcome.name for outcome in outcomes) == ["FLOOD"] * 7 + ["HELD"]
    assert Comment.objects.count() == 1
