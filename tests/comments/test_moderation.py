from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.comments.moderation import decide
from articles.models import Article, Comment, CommentState
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
