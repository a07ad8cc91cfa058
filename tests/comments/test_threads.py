from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from typing import Any

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from articles.comments import threads, tokens
from articles.comments.discussion import Discussion
from articles.comments.threads import DEPTH, Thread
from articles.models import Article, Comment, CommentPolicy, CommentState
from tests.factories import make_article, make_comment


def threaded(parents: Sequence[int]) -> list[Comment]:
    """Comments 1, 2, 3 … where ``parents[n]`` is the number of the comment that n + 1 answers."""
    comments: list[Comment] = []
    for number, parent in enumerate(parents, 1):
        answered = comments[parent - 1] if parent else None
        comment = Comment(pk=number, parent=answered, state=CommentState.APPROVED)
        threads.place(comment, answered)
        comments.append(comment)
    return comments


@st.composite
def any_parents(draw: DrawFn) -> list[int]:
    return [draw(st.integers(0, number)) for number in range(draw(st.integers(0, 12)))]


class Outline(HTMLParser):
    """What stands inside which list, as nested lists of comment numbers."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[Any] = [[]]
        self.feed(html)
        self.close()
        assert len(self.open) == 1, "a list or an item is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ol", "li"):
            self.open.append([tag])
        elif tag == "article":
            self.open[-1].append(int((dict(attrs)["id"] or "").removeprefix("comment-")))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "li"):
            closed = self.open.pop()
            assert closed[0] == tag, f"</{tag}> closes a {closed[0]}"
            self.open[-1].append(closed[1:])


def discussed(thread: Thread) -> dict[str, Any]:
    """What a page gives its list of comments."""
    return {"discussion": Discussion(Article(), thread, form=None)}


def outline(comments: Iterable[Comment]) -> list[Any]:
    rows = tuple(threads.nest(sorted(comments, key=lambda comment: comment.path)))
    html = render_to_string("articles/comments/_comment_list.html", discussed(Thread(rows)))
    outlined: list[Any] = Outline(html).open[0]
    return outlined


def test_answers_stand_in_a_list_below_what_they_answer():
    assert outline(threaded([0, 1, 0, 1, 2])) == [[[1, [[2, [[5]]], [4]]], [3]]]


def test_a_page_without_comments_has_no_list():
    assert outline([]) == []


def test_an_answer_to_the_lowest_level_joins_that_level_and_says_whom_it_answers():
    comments = threaded([0, 1, 2, 3, 4, 5])
    assert [comment.depth for comment in comments] == [0, 1, 2, 3, 4, DEPTH - 1]
    assert outline(comments) == [[[1, [[2, [[3, [[4, [[5], [6]]]]]]]]]]]
    rows = list(threads.nest(comments))
    assert [row.answers for row in rows] == [None] * 5 + [comments[4]]


def test_answers_to_a_comment_that_is_gone_move_up():
    first, gone, answer = threaded([0, 1, 2])
    assert gone.path in answer.path
    assert outline([first, answer]) == [[[1, [[3]]]]]
    assert outline([gone, answer]) == [[[2, [[3]]]]]
    assert outline([answer]) == [[[3]]]


@given(any_parents(), st.data())
def test_any_part_of_any_thread_is_a_well_formed_list_of_its_comments(parents, data):
    comments = threaded(parents)
    shown = [comment for comment in comments if data.draw(st.booleans())]
    numbers = [comment.pk for comment in sorted(shown, key=lambda comment: comment.path)]
    assert _flat(outline(shown)) == numbers


@given(any_parents())
def test_a_thread_is_never_deeper_than_the_limit_and_orders_answers_below(parents):
    comments = threaded(parents)
    assert all(comment.depth < DEPTH for comment in comments)
    for comment in comments:
        assert len(comment.path) == 12 * (comment.depth + 1)
        if comment.parent:
            assert comment.path > comment.parent.path


def _flat(outlined: list[Any]) -> list[int]:
    return [n for item in outlined for n in (_flat(item) if isinstance(item, list) else [item])]


def ids(thread: Thread) -> list[int]:
    return [row.comment.pk for row in thread.rows]


@pytest.mark.django_db
def test_a_page_shows_approved_comments_only_oldest_thread_first():
    article = make_article()
    first = make_comment(article)
    second = make_comment(article)
    answer = make_comment(article, parent=first)
    for state in (CommentState.PENDING, CommentState.SPAM, CommentState.BIN):
        make_comment(article, state=state)
    make_comment(make_article())
    assert ids(threads.for_article(article)) == [first.pk, answer.pk, second.pk]


@pytest.mark.django_db
def test_a_key_shows_its_own_held_comment_and_no_other():
    article = make_article()
    shown = make_comment(article)
    held = make_comment(article, state=CommentState.PENDING)
    make_comment(article, state=CommentState.PENDING)
    thread = threads.for_article(article, tokens.held_key(held.pk))
    assert ids(thread) == [shown.pk, held.pk]
    assert [row.is_held for row in thread.rows] == [False, True]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [CommentState.SPAM, CommentState.BIN])
def test_a_key_does_not_bring_back_what_a_moderator_removed(state):
    article = make_article()
    comment = make_comment(article, state=state)
    assert ids(threads.for_article(article, tokens.held_key(comment.pk))) == []


@pytest.mark.django_db
def test_a_key_shows_nothing_on_another_article():
    held = make_comment(make_article(), state=CommentState.PENDING)
    assert ids(threads.for_article(make_article(), tokens.held_key(held.pk))) == []


@pytest.mark.django_db
def test_a_long_discussion_is_cut_but_never_at_the_readers_own_comment(monkeypatch):
    monkeypatch.setattr(threads, "PAGE_LIMIT", 3)
    article = make_article()
    comments = [make_comment(article) for _ in range(3)]
    assert not threads.for_article(article).has_more
    make_comment(article)
    held = make_comment(article, state=CommentState.PENDING)

    thread = threads.for_article(article)
    assert ids(thread) == [comment.pk for comment in comments]
    assert thread.has_more

    thread = threads.for_article(article, tokens.held_key(held.pk))
    assert ids(thread) == [comment.pk for comment in [*comments, held]]
    assert thread.has_more


@pytest.mark.django_db
@pytest.mark.parametrize("with_key", [False, True])
def test_a_discussion_costs_one_query_however_long_it_is(with_key, django_assert_num_queries):
    article = Article.objects.get(pk=make_article().pk)
    parent = None
    for _ in range(8):
        parent = make_comment(article, parent=parent)
    key = tokens.held_key(make_comment(article, state=CommentState.PENDING).pk)
    with django_assert_num_queries(1):
        thread = threads.for_article(article, key if with_key else None)
        render_to_string("articles/comments/_comment_list.html", discussed(thread))


@pytest.mark.django_db
def test_hidden_comments_are_not_even_read(django_assert_num_queries):
    article = make_article(comment_policy=CommentPolicy.HIDDEN)
    make_comment(article)
    with django_assert_num_queries(0):
        assert ids(threads.for_article(article)) == []
