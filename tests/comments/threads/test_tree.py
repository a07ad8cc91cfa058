from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from typing import Any

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from articles.comments import threads
from articles.comments.discussion import Discussion
from articles.comments.threads import DEPTH, Folded
from articles.comments.threads.pages import ThreadPage
from articles.models import Article, Comment, CommentRules, CommentState


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
    """What stands inside which list, as nested lists of comment numbers, below zero for those
    that are gone."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[Any] = [[]]
        self.feed(html)
        self.close()
        assert len(self.open) == 1, "a list or an item is not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("ol", "li"):
            self.open.append([tag])
        elif dict(attrs).get("id"):
            number = int((dict(attrs)["id"] or "").removeprefix("comment-"))
            self.open[-1].append(number if tag == "article" else -number)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "li"):
            closed = self.open.pop()
            assert closed[0] == tag, f"</{tag}> closes a {closed[0]}"
            self.open[-1].append(closed[1:])


def outline(comments: Iterable[Comment | Folded]) -> list[Any]:
    rows = tuple(threads.nest(sorted(comments, key=lambda comment: comment.path)))
    context = {"discussion": Discussion(Article(), ThreadPage(rows), None, CommentRules())}
    html = render_to_string("articles/comments/_comment_list.html", context)
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


def test_answers_to_a_comment_that_is_gone_stand_below_a_note_in_its_place():
    first, gone, answer = threaded([0, 1, 2])
    assert outline([first, answer]) == [[[1, [[-2, [[3]]]]]]]
    assert outline([gone, answer]) == [[[-1, [[2, [[3]]]]]]]
    assert outline([answer]) == [[[-1, [[-2, [[3]]]]]]]


def test_a_thread_of_which_more_is_elsewhere_says_so_below_its_first_comment():
    first, answer, other = threaded([0, 1, 0])
    rows = list(threads.nest([first, answer, Folded(first.pk, 7), other]))
    assert [(row.comment.pk, row.level, row.more) for row in rows] == [
        (1, 0, 0), (2, 1, 0), (1, 1, 7), (3, 0, 0),
    ]  # fmt: skip


@given(any_parents(), st.data())
def test_any_part_of_any_thread_is_a_well_formed_list_of_its_comments(parents, data):
    comments = threaded(parents)
    shown = [comment for comment in comments if data.draw(st.booleans())]
    numbers = [comment.pk for comment in sorted(shown, key=lambda comment: comment.path)]
    assert [number for number in _flat(outline(shown)) if number > 0] == numbers


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
