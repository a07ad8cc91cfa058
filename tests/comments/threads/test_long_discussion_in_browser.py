"""A discussion of many pages, as readers walk it."""

import re

import pytest
from playwright.sync_api import Page, expect

from articles.comments import counts, threads
from articles.models import Article, Comment, CommentState
from tests.browser import violations
from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def article() -> Article:
    """Sixty threads; the twentieth has sixty answers."""
    article = make_article(slug="talk")
    parents: list[Comment | None] = [None] * 60
    added = _add(article, parents)
    _add(article, [added[19]] * 60)
    counts.recount([article.pk])
    return article


def _add(article: Article, parents: list[Comment | None]) -> list[Comment]:
    comments = [
        Comment(
            article=article,
            parent=parent,
            state=CommentState.APPROVED,
            author_name=f"Reader {number}",
            html="<p>Yes.</p>",
        )
        for number, parent in enumerate(parents, 1)
    ]
    Comment.objects.bulk_create(comments)
    for comment in comments:
        threads.place(comment, comment.parent)
    Comment.objects.bulk_update(comments, threads.PLACED)
    return comments


def test_a_reader_goes_through_pages_orders_and_a_thread(
    browser_page: Page, article: Article
) -> None:
    browser_page.goto(str(article.path))
    comments = browser_page.get_by_role("region", name="120 comments")
    expect(comments.locator("article").first).to_contain_text("Reader 1")

    comments.get_by_role("link", name="Page 2").click()
    expect(comments.locator("article").first).to_contain_text("Reader 21")
    comments.get_by_role("link", name="Newest first").click()
    expect(comments.locator("article").first).to_contain_text("Reader 60")
    comments.get_by_role("link", name="Most discussed first").click()
    expect(comments.locator("article").first).to_contain_text("Reader 20")
    comments.get_by_role("link", name=re.compile("Show all of this thread")).click()
    expect(comments.locator("article")).to_have_count(61)
    comments.get_by_role("link", name="Show all threads").click()
    expect(comments.locator("article").first).to_contain_text("Reader 1")

    assert violations(browser_page, {}) == []


def test_an_old_link_to_a_comment_leads_to_the_page_that_it_is_on_by_now(
    browser_page: Page, article: Article
) -> None:
    late = article.comments.get(author_name="Reader 45", parent=None)

    browser_page.goto(f"{article.path}#comment-{late.pk}")

    expect(browser_page.locator(f"#comment-{late.pk}")).to_be_in_viewport()
    expect(browser_page).to_have_url(re.compile(r"comments=3"))
