from itertools import product

import pytest
from django.db.models import F
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.comments.moderation import decide, undo
from articles.models import Article, Comment, CommentReport, CommentState
from tests.factories import make_article, make_comment, make_user

PENDING, APPROVED, SPAM, BIN = CommentState


def count(article: Article) -> int:
    return Article.objects.get(pk=article.pk).comment_count


@pytest.mark.django_db
@pytest.mark.parametrize(("before", "after"), list(product(CommentState, repeat=2)))
def test_every_decision_can_be_made_and_keeps_the_count(before, after):
    article = make_article()
    make_comment(article)
    comment = make_comment(article, state=before)

    (was,) = decide([comment], after, by=None)

    assert (was.pk, was.state) == (comment.pk, before)
    assert Comment.objects.get(pk=comment.pk).state == after
    assert count(article) == 1 + (after == APPROVED)


@pytest.mark.django_db
def test_a_decision_says_who_made_it_when_and_why():
    moderator = make_user("moderator")
    comment = make_comment(make_article(), state=PENDING)
    decide([comment], SPAM, by=moderator, reason="sells shoes")
    comment.refresh_from_db()
    assert (comment.decided_by, comment.reason) == (moderator, "sells shoes")
    assert comment.decided_at is not None


@pytest.mark.django_db
def test_a_decision_that_changes_nothing_leaves_the_earlier_one():
    first, second = make_user(), make_user()
    comment = make_comment(make_article(), state=PENDING)
    decide([comment], APPROVED, by=first, reason="kind")
    decide([comment], APPROVED, by=second, reason="also kind")
    comment.refresh_from_db()
    assert (comment.decided_by, comment.reason) == (first, "kind")


@pytest.mark.django_db
def test_answers_to_a_binned_comment_stay():
    article = make_article()
    comment = make_comment(article)
    answer = make_comment(article, parent=comment)
    decide([comment], BIN, by=None)
    answer.refresh_from_db()
    assert answer.state == APPROVED
    assert count(article) == 1


@pytest.mark.django_db
def test_a_queryset_over_many_articles_is_decided_at_once(django_assert_num_queries):
    articles = [make_article() for _ in range(3)]
    for article in articles:
        make_comment(article, state=PENDING)
        make_comment(article, state=PENDING)
    pending = Comment.objects.filter(state=PENDING)
    # The rows, lock, which move, update, four of counting, and the savepoint.
    with django_assert_num_queries(11):
        assert len(decide(pending, APPROVED, by=None)) == 6
    assert [count(article) for article in articles] == [2, 2, 2]


@pytest.mark.django_db
def test_no_comments_are_no_decision():
    assert decide([], APPROVED, by=None) == []


class CountsUnderAnyDecisions(TestCase):
    @given(
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from(CommentState)), max_size=12),
    )
    def test_the_count_is_always_the_number_of_approved_comments(self, decisions):
        articles = [make_article(), make_article()]
        comments = [make_comment(articles[number % 2], state=PENDING) for number in range(4)]
        for number, state in decisions:
            decide([comments[number]], state, by=None)
        for article in articles:
            approved = Comment.objects.filter(article=article, state=APPROVED).count()
            assert count(article) == approved


def make_report(comment: Comment, address: str = "192.0.2.7") -> CommentReport:
    Comment.objects.filter(pk=comment.pk).update(reports_open=F("reports_open") + 1)
    return CommentReport.objects.create(comment=comment, reason="abuse", address=address)


def state_of_reports(comment: Comment) -> tuple[int, list[bool | None]]:
    comment.refresh_from_db()
    return comment.reports_open, list(comment.reports.values_list("was_right", flat=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("decision", "after"),
    [
        (APPROVED, (0, [False, False])),
        (SPAM, (0, [True, True])),
        (BIN, (0, [True, True])),
        (PENDING, (2, [None, None])),
    ],
)
def test_a_decision_judges_the_open_reports_and_holding_leaves_them_open(decision, after):
    comment = make_comment(make_article())
    make_report(comment, "192.0.2.7")
    make_report(comment, "192.0.2.8")

    decide([comment], decision, by=make_user())

    assert state_of_reports(comment) == after


@pytest.mark.django_db
def test_what_was_approved_once_and_reported_since_is_approved_anew():
    comment = make_comment(make_article())
    decide([comment], APPROVED, by=make_user(), reason="kind")
    make_report(comment)
    second = make_user()

    assert len(decide([comment], APPROVED, by=second)) == 1

    assert state_of_reports(comment) == (0, [False])
    assert comment.decided_by == second


@pytest.mark.django_db
def test_undo_opens_the_reports_again_that_the_decision_judged():
    comment = make_comment(make_article())
    earlier, later = make_report(comment), make_report(comment, "192.0.2.8")
    CommentReport.objects.filter(pk=earlier.pk).update(judged_at=comment.created_at)
    was = decide([comment], SPAM, by=make_user())

    assert undo(was, by=None) == 1

    assert comment.reports.get(judged_at__isnull=True) == later
    assert state_of_reports(comment) == (1, [None, None])
    assert comment.state == APPROVED


@pytest.mark.django_db
def test_undo_leaves_closed_what_its_reader_has_reported_anew():
    comment = make_comment(make_article())
    make_report(comment)
    was = decide([comment], APPROVED, by=make_user())
    make_report(comment)

    undo(was, by=None)

    assert state_of_reports(comment) == (1, [False, None])


@pytest.mark.django_db
def test_undo_leaves_alone_what_a_colleague_has_decided_since():
    comment = make_comment(make_article(), state=PENDING)
    was = decide([comment], APPROVED, by=make_user())
    decide([comment], BIN, by=make_user(), reason="rude")

    assert undo(was, by=None) == 0

    comment.refresh_from_db()
    assert (comment.state, comment.reason) == (BIN, "rude")
