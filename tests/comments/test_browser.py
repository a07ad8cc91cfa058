"""The reader's whole way in a real browser, with scripts and without."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.comments import moderation, tokens
from articles.models import (
    Article,
    Comment,
    CommentReport,
    CommentRules,
    CommentState,
    ErrorReport,
)
from tests.browser import violations
from tests.factories import make_article, make_comment

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _in_no_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers who type as quickly as a browser is driven."""
    monkeypatch.setattr(tokens, "LEAST_AGE", 0)
    CommentRules.objects.create(pk=1, seconds_between=0)


@pytest.fixture
def article() -> Article:
    article = make_article(
        "Snow in Quetta", paragraphs=["The pass is closed.", "It snowed for two days."]
    )
    make_comment(article, author_name="Sana", text="For three days.")
    return article


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(
    request: pytest.FixtureRequest, browser: Browser, live_server: LiveServer
) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=request.param)
    context.set_default_timeout(10_000)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def fill_in(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Comment required").fill(text)
    page.get_by_label("Name required").fill("Zarina")
    page.get_by_label("E-mail required").fill("zarina@example.org")


def post(page: Page) -> None:
    page.get_by_role("button", name="Post comment").click()


def test_a_reader_previews_posts_corrects_and_withdraws(page, article):
    page.goto(article.path)
    fill_in(page, "It is *cold*")
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview of your comment")).to_be_visible()
    expect(page.locator(".previewed em")).to_have_text("cold")
    assert not Comment.objects.filter(author_name="Zarina").exists()

    post(page)
    own = page.locator("article", has_text="only you see this")
    expect(own.locator("em")).to_have_text("cold")

    own.get_by_role("link", name="Correct or withdraw your comment").click()
    expect(page.get_by_text("It waits for a moderator.")).to_be_visible()
    page.get_by_role("textbox", name="Comment required").fill("It is **cold**")
    page.get_by_role("button", name="Save the correction").click()
    expect(page.locator(".said strong")).to_have_text("cold")
    expect(page.get_by_text("You corrected it")).to_be_visible()

    page.get_by_role("link", name="Withdraw the comment").click()
    page.get_by_role("button", name="Withdraw it").click()
    expect(page.get_by_text("You withdrew it.")).to_be_visible()
    assert Comment.objects.get(author_name="Zarina").withdrawn_at is not None


def test_a_reader_whom_moderators_know_answers_and_sees_it_at_once(page, article):
    make_comment(make_article(), author_name="Zarina", author_email="zarina@example.org")
    page.goto(article.path)
    page.get_by_role("link", name="Reply to Sana").click()
    expect(page.get_by_role("heading", name="Leave a reply to Sana")).to_be_visible()
    fill_in(page, "Four days")
    post(page)

    answer = page.locator("article", has_text="Four days").last
    expect(answer.get_by_role("link", name="Correct or withdraw your comment")).to_be_visible()
    assert Comment.objects.get(text="Four days").parent == article.comments.get(author_name="Sana")
    page.goto(article.path)
    expect(page.get_by_text("Four days")).to_be_visible()
    expect(page.get_by_role("link", name="Correct or withdraw your comment")).to_have_count(0)


def test_with_scripts_a_form_says_when_the_reader_began_to_write(browser_page, article):
    CommentRules.objects.update(hold_first=0)
    browser_page.goto(article.path)
    with browser_page.expect_response("**/comments/token/") as given:
        browser_page.get_by_label("Name required").focus()
    expect(browser_page.locator("[name=token]")).to_have_value(given.value.text())
    fill_in(browser_page, "Four days")
    post(browser_page)
    expect(browser_page.get_by_text("Four days")).to_be_visible()
    assert Comment.objects.get(text="Four days").state == CommentState.APPROVED


def test_a_reader_who_does_not_answer_after_all_answers_the_article(page, article):
    page.goto(article.path)
    page.get_by_role("link", name="Reply to Sana").click()
    page.get_by_role("link", name="Cancel reply").click()
    expect(page.get_by_role("heading", name="Leave a reply", exact=True)).to_be_visible()
    fill_in(page, "Four days")
    post(page)
    expect(page.get_by_text("only you see this")).to_be_visible()
    assert Comment.objects.get(text="Four days").parent is None


def test_a_reader_reports_a_comment_and_comes_back_to_it(page, article):
    page.goto(article.path)
    page.get_by_role("link", name="Report the comment by Sana").click()
    page.get_by_label("It states something false as a fact").check()
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="Back to the comment").click()
    expect(page).to_have_url(re.compile(r"#comment-\d+$"))
    assert CommentReport.objects.get().comment.reports_open == 1


def test_a_reader_reports_an_error(page, article):
    page.goto(article.path)
    page.get_by_role("link", name="Report an error in this article").click()
    page.get_by_label("The words that are wrong").fill("two days")
    page.get_by_label("What is wrong, and what is right?").fill("It was three.")
    page.get_by_role("button", name="Send the report").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert ErrorReport.objects.get().paragraph == "p2"


def test_marked_words_are_taken_to_the_report(browser_page, article):
    browser_page.goto(article.path)
    link = browser_page.locator("a.mend-here", has_text="Report an error in these words")
    expect(link).to_be_hidden()
    browser_page.locator("#p2").click(click_count=3)
    link.click()
    expect(browser_page.get_by_label("The words that are wrong")).to_have_value(
        "It snowed for two days."
    )
    expect(browser_page.get_by_label("Where")).to_have_value("p2")


def test_the_form_goes_to_the_comment_and_back_and_keeps_what_was_typed(browser_page, article):
    browser_page.goto(article.path)
    browser_page.get_by_role("textbox", name="Comment required").fill("Half a thought")
    browser_page.get_by_role("link", name="Reply to Sana").click()

    expect(browser_page.locator("#comments ol #respond")).to_be_visible()
    expect(browser_page.locator("#reply-comment")).to_be_focused()
    expect(browser_page.locator("#reply-comment")).to_have_value("Half a thought")
    assert "replytocom" not in browser_page.url

    browser_page.keyboard.press("Escape")
    expect(browser_page.locator("#comments ol #respond")).to_have_count(0)
    expect(browser_page.get_by_role("heading", name="Leave a reply", exact=True)).to_be_visible()
    expect(browser_page.get_by_role("link", name="Reply to Sana")).to_be_focused()
    expect(browser_page.get_by_role("link", name="Cancel reply")).to_be_hidden()


def test_who_wants_it_is_remembered_by_the_browser_until_it_is_unticked(browser_page, article):
    keep = browser_page.get_by_label("Save my name, e-mail and website in this browser")
    name = browser_page.get_by_label("Name required")
    browser_page.goto(article.path)
    fill_in(browser_page, "It is cold")
    keep.check()
    post(browser_page)
    expect(browser_page.get_by_text("only you see this")).to_be_visible()

    browser_page.goto(make_article().path)
    expect(name).to_have_value("Zarina")
    expect(browser_page.get_by_text("You have a comment waiting here")).to_have_count(0)

    browser_page.goto(article.path)
    browser_page.get_by_role("link", name="You have a comment waiting here").click()
    expect(browser_page.get_by_text("only you see this")).to_be_in_viewport()

    moderation.decide(Comment.objects.filter(author_name="Zarina"), CommentState.APPROVED, by=None)
    browser_page.goto(article.path)
    expect(browser_page.get_by_text("It is cold")).to_be_visible()
    expect(browser_page.get_by_text("You have a comment waiting here")).to_have_count(0)

    keep.uncheck()
    browser_page.reload()
    expect(name).to_have_value("")
    assert browser_page.evaluate("localStorage.length") == 0


def test_nothing_is_remembered_of_who_does_not_ask(browser_page, article):
    browser_page.goto(article.path)
    fill_in(browser_page, "It is cold")
    post(browser_page)
    expect(browser_page.get_by_text("only you see this")).to_be_visible()
    assert browser_page.evaluate("localStorage.length") == 0
    assert browser_page.context.cookies() == []


def test_without_scripts_nothing_is_offered_that_needs_them(browser, live_server, article):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(article.path)
    expect(page.get_by_role("button", name="Preview")).to_be_visible()
    expect(page.get_by_text("Save my name, e-mail and website in this browser")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_nobody_is_shut_out(browser_page, article, width):
    comment = article.comments.get()
    mine = tokens.own_key(comment.pk)
    browser_page.set_viewport_size({"width": width, "height": 900})
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)
        for path in (
            f"{article.path}?replytocom={comment.pk}",
            f"{article.path}?mine={mine}",
            f"/comments/mine/{mine}/",
            f"/comments/mine/{mine}/withdraw/",
            f"/comments/{comment.pk}/report/",
            f"/comments/{comment.pk}/report/?sent",
            f"{article.path}report-error/",
            f"{article.path}report-error/?sent",
        ):
            browser_page.goto(path)
            clean(browser_page, f"{path} {scheme}")
        browser_page.goto(article.path)
        fill_in(browser_page, "> so\n\n- *one*\n- `two` [three](https://a.example)")
        browser_page.get_by_role("button", name="Preview").click()
        clean(browser_page, f"preview {scheme}")
        browser_page.get_by_label("Name required").fill("")
        browser_page.locator("#respond").evaluate("form => form.noValidate = true")
        post(browser_page)
        expect(browser_page.get_by_text("Please give a name.")).to_be_visible()
        clean(browser_page, f"faults {scheme}")


def clean(page: Page, where: str) -> None:
    assert [(where, each["id"]) for each in violations(page)] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where
