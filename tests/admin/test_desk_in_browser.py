"""The desk as an editor uses it. The window fails a test on any script error or refusal by the
security policy, which an upgrade of the body editor easily brings."""

from typing import Literal

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import editing
from articles.models import Article, MentionState
from tests.browser import violations
from tests.factories import make_article, make_comment, make_mention, make_place, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME, PASSWORD = "editor", "a quiet newsroom"


def sign_in(page: Page) -> None:
    User.objects.create_superuser(NAME, password=PASSWORD)
    page.goto("/admin/")
    page.get_by_label("Username").fill(NAME)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()


def test_a_drawn_headline_is_replaced_a_suggestion_confirmed_and_the_article_published(
    browser_page: Page,
) -> None:
    article = make_article(
        "Rain fell for days in Tank", published=None, headline_is_drawn=True, slug=""
    )
    make_mention(article, make_place("Tank"), state=MentionState.SUGGESTED)
    editing.record([article])
    sign_in(browser_page)
    browser_page.get_by_role("link", name="Articles", exact=True).first.click()
    browser_page.get_by_role("link", name="headline drawn", exact=True).click()
    browser_page.get_by_role("link", name="Rain fell for days in Tank").click()

    browser_page.get_by_label("Headline:").fill("Days of rain in Tank")
    row = browser_page.locator("#mentions-0")
    row.get_by_role("combobox").nth(2).select_option("confirmed by an editor")
    browser_page.get_by_label("Reason for the change").fill("A headline of our own")
    browser_page.get_by_role("button", name="Publish").click()
    browser_page.get_by_role("link", name="readers see it").click()

    expect(browser_page.get_by_role("heading", level=1)).to_have_text("Days of rain in Tank")
    expect(browser_page.locator("#main").get_by_role("link", name="Tank").first).to_be_visible()


def test_a_body_written_in_the_editor_is_semantic_in_either_direction(browser_page: Page) -> None:
    make_section("Culture")
    sign_in(browser_page)
    browser_page.goto("/admin/articles/article/add/")
    browser_page.get_by_label("Headline:").fill("فیض احمد فیض")
    body = browser_page.locator(".prose-editor [contenteditable]")
    body.click()
    browser_page.keyboard.type("لاہور میں ")
    browser_page.keyboard.press("Control+b")
    browser_page.keyboard.type("انتقال")
    browser_page.keyboard.press("Control+b")
    browser_page.keyboard.press("Enter")
    browser_page.keyboard.type("He died in Lahore.")
    first, second = body.locator("p").nth(0), body.locator("p").nth(1)
    reads_from = "paragraph => getComputedStyle(paragraph).unicodeBidi"
    assert first.evaluate(reads_from) == second.evaluate(reads_from) == "plaintext"
    browser_page.get_by_role("button", name="Save draft").click()

    expect(browser_page.get_by_text("Saved; it is draft.")).to_be_visible()
    assert Article.objects.get().body == (
        '<p id="p1">لاہور میں <strong>انتقال</strong></p><p id="p2">He died in Lahore.</p>'
    )


def test_an_approved_comment_is_on_the_articles_page_at_once(browser_page: Page) -> None:
    article = make_article("A bridge is mended")
    make_comment(article, state="pending", text="I crossed it this morning.")
    editing.record([article])
    sign_in(browser_page)
    browser_page.get_by_role("link", name="Comments", exact=True).first.click()

    browser_page.get_by_role("button", name="Approve").click()
    expect(browser_page.get_by_text("1 comment: approved.")).to_be_visible()
    browser_page.goto(article.get_absolute_url())

    expect(browser_page.get_by_text("I crossed it this morning.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_lists_and_small_pages_of_the_desk_can_be_used_by_everybody(
    browser: Browser, live_server: LiveServer, scheme: Literal["light", "dark"]
) -> None:
    article = make_article(headline_is_drawn=True)
    make_mention(article, make_place("Tank"), state=MentionState.SUGGESTED)
    make_comment(article, state="pending")
    editing.record([article])
    # The checker puts styles of its own into the page, which the security policy refuses.
    context = browser.new_context(base_url=live_server.url, color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    page.goto("/admin/")
    faults = found_by_axe(page)
    sign_in(page)
    for address in (
        "/admin/",
        "/admin/articles/article/",
        f"/admin/articles/article/{article.pk}/withdraw/",
        f"/admin/articles/article/{article.pk}/history/",
        "/admin/articles/comment/",
    ):
        page.goto(address)
        faults += found_by_axe(page)
    context.close()

    assert faults == []


def found_by_axe(page: Page) -> list[str]:
    """What breaks WCAG 2.2 on levels A and AA: the rule and the first element that does."""
    return [
        f"{page.url} {each['id']}: {node['html'][:160]}"
        for each in violations(page)
        for node in each["nodes"][:3]
    ]
