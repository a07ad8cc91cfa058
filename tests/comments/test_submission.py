from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import Permission, User
from django.db import connection

from articles.comments.drafts import Draft
from articles.comments.moderation import decide
from articles.comments.submission import Outcome, Submission, submit
from articles.models import Article, Comment, CommentPolicy, CommentState, Status
from tests.factories import make_article, make_author, make_comment, make_user

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
