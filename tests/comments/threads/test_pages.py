"""Which comments of an article are on which page, and that every link to one finds it."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from articles.comments import counts, moderation, threads, tokens
from articles.comments.threads.pages import (
    ALL_AT_ONCE,
    ROWS,
    THREAD_ROWS,
    ThreadPage,
    Wanted,
    page_of,
    place_of,
)
from articles.models import (
    Article,
    Comment,
    CommentOrder,
    CommentPolicy,
    CommentRules,
    CommentState,
)
from tests.factories import make_article, make_comment, make_section

RULES = CommentRules()


def discuss(article: Article, answers: Sequence[int]) -> list[Comment]:
    """Adds a thread with each of these numbers of answers, all to its first comment; returns the
    first ones."""
    roots = _add([Comment(article=article) for _ in answers])
    _add(
        [
            Comment(article=article, parent=root)
            for root, number in zip(roots, answers, strict=True)
            for _ in range(number)
        ]
    )
    counts.recount([article.pk])
    article.refresh_from_db()
    return roots


def _add(comments: list[Comment]) -> list[Comment]:
    for comment in comments:
        comment.state, comment.author_name = CommentState.APPROVED, "Reader"
        comment.html = "<p>Yes.</p>"
    Comment.objects.bulk_create(comments)
    for comment in comments:
        threads.place(comment, comment.parent)
    Comment.objects.bulk_update(comments, threads.PLACED, batch_size=500)
    return comments


def shown(page: ThreadPage) -> list[int]:
    return [row.comment.pk for row in page.rows if not (row.more or row.is_gone)]


def read(article: Article, address: str = "", own: int | None = None) -> ThreadPage:
    """The page at an address such as ``comments=2&order=newest``."""
    parameters = dict(pair.split("=") for pair in address.split("&") if pair)
    return page_of(Article.objects.get(pk=article.pk), RULES, Wanted.of(parameters), own)


@pytest.mark.django_db
def test_a_short_discussion_is_on_one_page_approved_comments_only_oldest_first():
    article = make_article()
    first = make_comment(article)
    second = make_comment(article)
    answer = make_comment(article, parent=first)
    for state in (CommentState.PENDING, CommentState.SPAM, CommentState.BIN):
        make_comment(article, state=state)
    make_comment(make_article())

    page = read(article)

    assert shown(page) == [first.pk, answer.pk, second.pk]
    assert page.last == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("order", "wanted"),
    [("oldest", [0, 1, 2]), ("newest", [2, 1, 0]), ("discussed", [1, 0, 2]), ("up", [0, 1, 2])],
)
@pytest.mark.parametrize("size", [1, ALL_AT_ONCE])
def test_threads_come_oldest_newest_or_most_discussed_first(order, wanted, size):
    article = make_article()
    roots = [root.pk for root in discuss(article, [1 * size, 2 * size, 0])]

    page = read(article, f"order={order}")

    assert [pk for pk in shown(page) if pk in roots] == [roots[place] for place in wanted]


@pytest.mark.django_db
def test_a_long_discussion_comes_in_pages_of_threads():
    article = make_article()
    roots = [root.pk for root in discuss(article, [0] * 55)]

    pages = [read(article, f"comments={number}") for number in (1, 2, 3)]

    assert [len(shown(page)) for page in pages] == [20, 20, 15]
    assert [pk for page in pages for pk in shown(page)] == roots
    assert pages[0].last == 3
    assert shown(read(article, "comments=99999999")) == shown(pages[2])


@pytest.mark.django_db
def test_of_a_long_thread_its_beginning_is_shown_and_the_rest_is_a_page_of_its_own():
    article = make_article()
    long, *others = discuss(article, [250, *[0] * 30])

    page = read(article)
    (folded,) = (row for row in page.rows if row.more)
    alone = [read(article, f"thread={long.pk}&comments={number}") for number in (1, 2, 3)]

    assert len(shown(page)) == ROWS
    assert others[0].pk in shown(page)
    assert folded.comment.pk == long.pk
    assert folded.more == 251 - (ROWS - 19)
    assert alone[0].last == 3
    assert len(shown(alone[0])) == THREAD_ROWS
    assert shown(alone[1])[0] == long.pk, "what is answered stands above the answers"
    everything = {pk for one in alone for pk in shown(one)}
    assert len(everything) == 251


@pytest.mark.django_db
def test_a_thread_whose_first_comment_was_taken_down_keeps_its_answers():
    article = make_article()
    first, *_ = discuss(article, [2] * 30)
    moderation.decide([first], CommentState.BIN, by=None)

    page = read(article)

    gone = [row.comment.pk for row in page.rows if row.is_gone]
    assert gone == [first.pk]
    answers = article.comments.filter(root=first).exclude(pk=first.pk)
    assert {answer.pk for answer in answers} <= set(shown(page))


@pytest.mark.django_db
def test_a_thread_of_which_nothing_is_approved_is_not_on_a_page():
    article = make_article()
    roots = discuss(article, [0] * 80)
    moderation.decide(roots[:20], CommentState.SPAM, by=None)

    assert shown(read(article)) == [root.pk for root in roots[20:40]]


@pytest.mark.django_db
@pytest.mark.parametrize("threads_before", [0, 60])
def test_the_readers_own_held_comment_is_on_whichever_page_is_asked_for(threads_before):
    article = make_article()
    discuss(article, [0] * threads_before)
    held = make_comment(article, state=CommentState.PENDING)
    make_comment(article, state=CommentState.PENDING)

    page = read(article, own=held.pk)

    assert shown(page)[-1] == held.pk
    assert [row.comment.pk for row in page.rows if row.is_held] == [held.pk]
    assert held.pk not in shown(read(article))


@pytest.mark.django_db
def test_the_readers_own_answer_stands_below_what_it_answers():
    article = make_article()
    *_, last = discuss(article, [60, *[0] * 60])
    held = make_comment(article, parent=last, state=CommentState.PENDING)

    rows = read(article, own=held.pk).rows

    assert [(row.comment.pk, row.level) for row in rows[-2:]] == [(last.pk, 0), (held.pk, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("state", [CommentState.SPAM, CommentState.BIN])
def test_what_a_moderator_removed_is_not_shown_to_its_author_either(state):
    comment = make_comment(make_article(), state=state)
    assert shown(read(comment.article, own=comment.pk)) == []


@pytest.mark.django_db
def test_a_comment_on_another_article_is_not_shown():
    held = make_comment(make_article(), state=CommentState.PENDING)
    assert shown(read(make_article(), own=held.pk)) == []


class Permalinks(TestCase):
    @settings(max_examples=15, deadline=None)
    @given(
        sizes=st.lists(st.integers(0, 5) | st.integers(100, 230), min_size=1, max_size=50),
        order=st.sampled_from(CommentOrder.values),
        data=st.data(),
    )
    def test_the_page_that_a_comment_is_said_to_be_on_has_it(self, sizes, order, data):
        article = make_article()
        discuss(article, sizes)
        rules = CommentRules(order=order)
        comments = list(article.comments.all())
        for comment in data.draw(st.lists(st.sampled_from(comments), max_size=4)):
            query = place_of(comment, article, rules)
            parameters = dict(pair.split("=") for pair in query.split("&") if pair)
            assert comment.pk in shown(page_of(article, rules, Wanted.of(parameters)))

    @settings(max_examples=15, deadline=None)
    @given(
        sizes=st.lists(st.integers(0, 4) | st.integers(20, 120), min_size=1, max_size=70),
        order=st.sampled_from(CommentOrder.values),
    )
    def test_every_thread_is_on_just_one_page_in_its_order(self, sizes, order):
        article = make_article()
        roots = {root.pk for root in discuss(article, sizes)}
        rules = CommentRules(order=order)
        last = page_of(article, rules, Wanted()).last
        found = [
            pk
            for number in range(1, last + 1)
            for pk in shown(page_of(article, rules, Wanted(number)))
            if pk in roots
        ]
        assert sorted(found) == sorted(roots)
        size = dict(article.comments.values_list("pk", "thread_size"))
        keys = {
            "oldest": {pk: (0, pk) for pk in found},
            "newest": {pk: (0, -pk) for pk in found},
            "discussed": {pk: (-size[pk], pk) for pk in found},
        }
        assert all(keys[order][one] < keys[order][other] for one, other in pairwise(found))


@pytest.mark.django_db
def test_a_permalink_leads_to_the_page_that_the_comment_is_on(client: Client):
    article = make_article()
    long, *others = discuss(article, [300, *[0] * 60])
    late = article.comments.filter(root=long).order_by("-path").first()
    assert late is not None
    for comment, query in (
        (long, ""),
        (others[30], "?comments=2"),
        (late, f"?thread={long.pk}&comments=4"),
    ):
        answer = client.get(f"/comments/{comment.pk}/")
        assert answer.status_code == 302
        assert answer["Location"] == f"{article.path}{query}#comment-{comment.pk}"
        page = client.get(answer["Location"]).content.decode()
        assert f'id="comment-{comment.pk}"' in page


@pytest.mark.django_db
def test_a_permalink_to_what_readers_do_not_see_is_not_found(client: Client):
    hidden = make_article(comment_policy=CommentPolicy.HIDDEN)
    in_hidden_section = make_article(section=make_section(comment_policy=CommentPolicy.HIDDEN))
    draft = make_article(status="draft")
    unseen = [
        make_comment(make_article(), state=CommentState.PENDING),
        *(make_comment(article) for article in (hidden, in_hidden_section, draft)),
    ]
    for pk in [*(comment.pk for comment in unseen), 10**6, 10**30]:
        assert client.get(f"/comments/{pk}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "comments=2", "order=discussed"])
def test_a_page_asks_the_same_few_questions_however_long_the_discussion_is(address):
    asked = []
    for sizes in ([3] * 30, [0, 400, 150, *[7] * 90]):
        article = make_article()
        discuss(article, sizes)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(article, address)
        asked.append(len(queries) - 1)  # the article
    assert asked == [3, 3]


@pytest.mark.django_db
def test_the_article_page_leads_from_page_to_page_and_from_order_to_order(client: Client):
    article = make_article()
    long, *_ = discuss(article, [200, *[0] * 60])

    first = client.get(str(article.path)).content.decode()
    alone = client.get(f"{article.path}?thread={long.pk}").content.decode()

    assert f'{article.path}?comments=2#comments"' in first
    assert f'{article.path}?order=newest#comments"' in first
    assert f'{article.path}?thread={long.pk}#comments"' in first
    assert re.search(r"Show all of this thread,\s+\d+ more comments", first)
    assert f'{article.path}?thread={long.pk}&amp;comments=2#comments"' in alone
    assert f'<a href="{article.path}#comments">Show all threads</a>' in alone


@pytest.mark.django_db
def test_the_key_of_an_own_comment_keeps_the_page_out_of_caches(client: Client):
    comment = make_comment(make_article())
    page = client.get(f"{comment.article.path}?mine={tokens.own_key(comment.pk)}")
    assert page["Cache-Control"] == "private, no-store"
    assert "Correct or withdraw your comment" in page.content.decode()
    page = client.get(f"{comment.article.path}?mine=forged")
    assert "Correct or withdraw" not in page.content.decode()


@pytest.mark.django_db
def test_a_reply_is_to_the_comment_that_was_chosen_on_whichever_page_it_is(client: Client) -> None:
    article = make_article()
    long, *others = discuss(article, [300, *[0] * 60])
    late = article.comments.filter(root=long).order_by("-path").first()
    assert late is not None

    second = client.get(f"{article.path}?comments=2").content.decode()
    link = f"?comments=2&amp;replytocom={others[30].pk}#respond"
    assert f'href="{link}"' in second
    for address in (
        f"{article.path}?comments=2&replytocom={others[30].pk}",
        f"{article.path}?replytocom={others[30].pk}",
        f"{article.path}?replytocom={late.pk}",
    ):
        page = client.get(address).content.decode()
        answered = address.rpartition("=")[2]
        assert f'name="comment_parent" value="{answered}"' in page


@pytest.mark.django_db
def test_the_address_of_a_comment_has_no_key_of_its_author(client: Client) -> None:
    comment = make_comment(make_article())
    answer = client.get(f"{comment.article.path}?mine={tokens.own_key(comment.pk)}")
    assert f'<a href="{comment.article.path}#comment-{comment.pk}">' in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
