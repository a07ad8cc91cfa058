"""A reader's whole way by mail, in a real browser without scripts: asks for answers, confirms,
is told, mutes, ends it all, has a copy and removal."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from articles.comments.mail import notices
from articles.comments.moderation import decide
from articles.models import Comment, CommentState
from tests.browser import violations
from tests.comments.mail.letters import last_mail, link
from tests.factories import make_article, make_comment

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

READER = "reader@example.org"


@pytest.fixture
def page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.set_default_timeout(10_000)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def follow(page: Page, below: str, button: str) -> None:
    """Opens the link in the last mail and presses the button on its page."""
    page.goto(link(last_mail(), below))
    page.get_by_role("button", name=button, exact=True).click()


def approve(comment: Comment) -> None:
    decide([comment], CommentState.APPROVED, by=None)


def test_from_the_tick_to_the_last_mail(page: Page) -> None:
    article = make_article("Snow in Quetta")
    own = make_comment(article, author_email=READER, state="pending", wants_decision=True)
    notices.on_submitted(own)

    follow(page, "/mail/confirm/", "Confirm")
    assert page.get_by_role("heading", name="Your address is confirmed").is_visible()

    approve(own)
    page.goto(link(last_mail(), "/comments/mine/"))
    assert page.get_by_text(own.text).first.is_visible()
    page.goto(link(last_mail(), f"/comments/{own.pk}/"))
    assert page.url.endswith(f"#comment-{own.pk}")

    Comment.objects.filter(pk=own.pk).update(wants_replies=True)
    approve(make_comment(article, parent=own, author_email="other@example.org", state="pending"))
    follow(page, "/mail/mute/", "Mute this thread")
    assert page.get_by_role("heading", name="This thread is muted").is_visible()
    own.refresh_from_db()
    assert not own.wants_replies

    follow(page, "/mail/stop/", "End all mail")
    assert page.get_by_role("heading", name="You get no more mail").is_visible()
    page.get_by_role("button", name="Have mail again").click()
    assert page.get_by_role("heading", name="Your address is confirmed").is_visible()


def test_a_copy_and_then_removal(page: Page) -> None:
    own = make_comment(make_article(), author_email=READER, text="The snow was deep.")

    _ask_for(page, "A copy of what you keep of me")
    page.goto(link(last_mail(), "/privacy/"))
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    data = json.loads(Path(download.value.path()).read_text())
    assert data["comments"][0]["text"] == "The snow was deep."

    _ask_for(page, "Its removal")
    follow(page, "/privacy/", "Remove it for good")
    assert page.get_by_role("heading", name="It is removed").is_visible()
    own.refresh_from_db()
    assert (own.author_name, own.author_email) == ("Anonymous", "")


def test_the_pages_have_no_faults_that_axe_finds(browser_page: Page) -> None:
    make_comment(make_article(), author_email=READER)
    _ask_for(browser_page, "Its removal")
    addresses = [
        "/privacy/",
        link(last_mail(), "/privacy/"),
        link(last_mail(), "/mail/stop/"),
    ]

    faults = []
    for width in (1280, 390):
        browser_page.set_viewport_size({"width": width, "height": 844})
        for address in addresses:
            browser_page.goto(address)
            faults += [(address, fault["id"]) for fault in violations(browser_page)]
            assert browser_page.evaluate("document.body.scrollWidth <= innerWidth")
        browser_page.goto("/privacy/")
        browser_page.get_by_role("button", name="Send me the link").click()
        faults += [("faulty form", fault["id"]) for fault in violations(browser_page)]
    assert faults == []


def _ask_for(page: Page, wish: str) -> None:
    page.goto("/privacy/")
    page.get_by_label("Your e-mail address").fill(READER)
    page.get_by_label(wish).check()
    page.get_by_role("button", name="Send me the link").click()
    assert page.get_by_role("heading", name="Look into your mail").is_visible()
