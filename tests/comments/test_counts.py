"""The numbers kept of comments are those that counting gives, whatever is done to them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.comments import counts, moderation
from articles.models import Article, Comment, CommentCount, CommentState
from tests.factories import make_article, make_comment

Step = tuple[str, int, CommentState]

STEPS = st.tuples(
    st.sampled_from(["decide", "undo", "delete", "answer"]),
    st.integers(0, 30),
    st.sampled_from(CommentState),
)


class UnderAnyStepsOfModerators(TestCase):
    @settings(max_examples=40, deadline=None)
    @given(st.lists(STEPS, max_size=14))
    def test_the_numbers_are_those_that_counting_gives(self, steps: list[Step]) -> None:
        articles = [make_article(), make_article()]
        for article in articles:
            make_comment(article, parent=make_comment(article))
        decided: list[moderation.Was] = []

        for verb, number, state in steps:
            comments = list(Comment.objects.order_by("pk"))
            if verb == "undo":
                moderation.undo(decided, by=None)
            elif comments and verb == "decide":
                decided = moderation.decide(comments[number % len(comments) :], state, by=None)
            elif comments and verb == "delete":
                moderation.delete([comments[number % len(comments)]], by=None)
            elif comments:
                parent = comments[number % len(comments)]
                make_comment(parent.article, parent=parent, state=state)

        assert list(counts.miscounts([article.pk for article in articles])) == []
        for comment in Comment.objects.all():
            above = comment.path[:-12]
            assert comment.path == f"{above}{comment.pk:012d}"
            assert comment.root_id == int(comment.path[:12])
            assert not above or Comment.objects.filter(path=above).exists()


@pytest.mark.django_db
def test_counting_again_mends_any_number() -> None:
    article = make_article()
    first = make_comment(article)
    make_comment(article, parent=first, state=CommentState.SPAM)
    Comment.objects.update(thread_size=9)
    CommentCount.objects.update(number=9)
    Article.objects.update(comment_count=9)
    assert len(list(counts.miscounts([article.pk]))) == 5

    counts.recount([article.pk])

    assert list(counts.miscounts([article.pk])) == []
    article.refresh_from_db()
    assert article.comment_count == 1


@pytest.mark.django_db(transaction=True)
def test_moderators_who_decide_at_the_same_moment_count_each_comment_once() -> None:
    article = make_article()
    root = make_comment(article)
    comments = [make_comment(article, parent=root, state=CommentState.PENDING) for _ in range(12)]

    def decide(number: int) -> None:
        state = CommentState.APPROVED if number % 2 else CommentState.SPAM
        try:
            for comment in comments[number % 3 :]:
                moderation.decide([comment], state, by=None)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as moderators:
        list(moderators.map(decide, range(8)))

    assert list(counts.miscounts([article.pk])) == []
