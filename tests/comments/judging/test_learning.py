from collections import Counter
from threading import Barrier, Thread

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.comments.judging import learning
from articles.comments.moderation import decide, undo
from articles.models import Comment, CommentState, SpamToken
from tests.factories import make_article, make_comment, make_staff, make_user

HELD, APPROVED, SPAM, BIN = (
    CommentState.PENDING,
    CommentState.APPROVED,
    CommentState.SPAM,
    CommentState.BIN,
)


def learned() -> tuple[int, int]:
    """How many comments were learned as spam and as good ones."""
    row = SpamToken.objects.filter(token="").first()
    return (row.spam, row.ham) if row else (0, 0)


def of_word(word: str) -> tuple[int, int]:
    return SpamToken.objects.values_list("spam", "ham").get(token=word)


def score(text: str) -> float:
    found = learning.score(learning.tokens_of(text, "Somebody", "a@b.org", ""))
    return -1 if found is None else found


@pytest.fixture
def moderator(db):
    return make_staff("Moderator")


def test_a_comment_is_known_by_its_words_its_links_and_whom_it_is_from():
    tokens = learning.tokens_of(
        "Café CAFÉ http://www.shop.example/a", "Zarina", "z@Mail.example", "https://z.example"
    )
    assert tokens == {
        "cafe", "http", "www", "shop", "example", "a",
        "name:zarina", "mail:mail.example", "website:yes", "site:z.example", "link:shop.example",
        "links:1", "script:LATIN",
    }  # fmt: skip


def test_the_longest_comment_has_no_more_tokens_than_a_query_takes():
    tokens = learning.tokens_of(" ".join(f"word{n}" for n in range(9_000)), "A", "", "")
    assert len(tokens) == learning.MOST_TOKENS
    assert max(map(len, learning.tokens_of("x" * 900, "y" * 900, "", ""))) == 60


def test_nothing_is_said_before_enough_was_learned(moderator):
    article = make_article()
    spam = [make_comment(article, state=HELD, text="cheap pills") for _ in range(20)]
    ham = [make_comment(article, state=HELD, text="the mayor spoke") for _ in range(20)]
    decide(spam, SPAM, by=moderator)
    decide(ham[:19], APPROVED, by=moderator)
    assert score("cheap pills") == -1
    decide(ham[19:], APPROVED, by=moderator)
    assert score("cheap pills") > 0.9
    assert score("the mayor") < 0.1
    assert 0.3 < score("something else") < 0.7


def test_a_score_costs_one_query(moderator, django_assert_num_queries):
    with django_assert_num_queries(1):
        score("cheap pills")


@pytest.mark.parametrize(("state", "counted"), [(APPROVED, (0, 1)), (SPAM, (1, 0))])
def test_a_moderators_decision_teaches(moderator, state, counted):
    comment = make_comment(make_article(), state=HELD, text="pills")
    decide([comment], state, by=moderator)
    assert learned() == of_word("pills") == counted


@pytest.mark.parametrize("state", [HELD, BIN])
def test_holding_and_binning_teach_nothing(moderator, state):
    comment = make_comment(make_article(), state=APPROVED)
    decide([comment], state, by=moderator)
    assert learned() == (0, 0)


def test_neither_does_what_a_program_decides(moderator):
    comment = make_comment(make_article(), state=HELD)
    decide([comment], SPAM, by=None)
    assert learned() == (0, 0)


def test_a_changed_mind_is_learned_in_place_of_the_first(moderator):
    comment = make_comment(make_article(), state=HELD, text="pills")
    decide([comment], SPAM, by=moderator)
    decide([comment], APPROVED, by=moderator)
    assert learned() == of_word("pills") == (0, 1)
    decide([comment], BIN, by=moderator)
    assert learned() == of_word("pills") == (0, 0)


def test_undone_is_unlearned(moderator):
    comment = make_comment(make_article(), state=HELD, text="pills")
    first = decide([comment], SPAM, by=moderator)
    second = decide([comment], APPROVED, by=moderator)
    undo(second, by=moderator)
    assert learned() == of_word("pills") == (1, 0)
    undo(first, by=moderator)
    assert learned() == of_word("pills") == (0, 0)
    assert Comment.objects.get().learned == ""


def test_many_comments_are_learned_in_as_many_queries_as_one(
    moderator, django_assert_max_num_queries
):
    article = make_article()
    for number in range(50):
        make_comment(article, state=HELD, text=f"pills {number}")
    with django_assert_max_num_queries(30):
        decide(Comment.objects.all(), SPAM, by=moderator)
    assert learned() == of_word("pills") == (50, 0)


def test_a_comment_edited_in_between_never_counts_below_nothing(moderator):
    comment = make_comment(make_article(), state=HELD, text="pills")
    decide([comment], SPAM, by=moderator)
    Comment.objects.update(text="entirely other words")
    decide([comment], APPROVED, by=moderator)
    assert of_word("other") == (0, 1)


class CountsUnderAnyDecisions(TestCase):
    @given(
        st.lists(st.tuples(st.integers(0, 2), st.sampled_from(CommentState), st.booleans())),
    )
    def test_what_was_learned_is_what_stands_decided(self, decisions):
        moderator = make_user()
        article = make_article()
        comments = [make_comment(article, state=HELD, text=f"word{n} pills") for n in range(3)]
        for which, state, takes_back in decisions:
            was = decide([comments[which]], state, by=moderator)
            if takes_back:
                undo(was, by=moderator)
        lessons = Counter(
            learning.lesson(comment.state)
            for comment in Comment.objects.filter(article=article, decided_at__isnull=False)
        )
        assert learned() == (lessons["spam"], lessons["ham"])


@pytest.mark.django_db(transaction=True)
def test_moderators_who_decide_at_the_same_moment_lose_no_lesson():
    moderator = make_staff("Moderator")
    comments = [make_comment(make_article(), state=HELD, text="pills") for _ in range(12)]
    together = Barrier(len(comments))

    def mark(comment: Comment, state: CommentState) -> None:
        try:
            together.wait()
            decide([comment], state, by=moderator)
        finally:
            connection.close()

    threads = [
        Thread(target=mark, args=(comment, SPAM if number % 3 else APPROVED))
        for number, comment in enumerate(comments)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert learned() == of_word("pills") == (8, 4)
