"""Writing, reviewing and publishing as people do it, each with a browser of their own."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from time_machine import TimeMachineFixture

from articles import editing
from articles.models import Article, Status
from tests import browser as chromium
from tests.admin.test_desk_in_browser import found_by_axe
from tests.factories import make_article, make_section, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a quiet newsroom"
SignIn = Callable[[str, str], Page]


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer) -> Iterator[SignIn]:
    """Opens a window in which somebody of the staff has signed in."""
    contexts = []
    problems = []

    def open_window(name: str, role: str) -> Page:
        make_staff(role, name, password=PASSWORD)
        context = browser.new_context(base_url=live_server.url)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        problems.append(chromium.watch(page, live_server.url))
        page.goto("/admin/login/")
        page.get_by_label("Username").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        page.wait_for_url("**/admin/")
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert [problem for of_page in problems for problem in of_page] == []


def test_a_draft_is_written_sent_back_scheduled_and_appears_by_itself(
    sign_in: SignIn, live_server: LiveServer, client: Client, time_machine: TimeMachineFixture
) -> None:
    make_section("Weather")
    rita, ann = sign_in("rita", "Reporter"), sign_in("ann", "Editor")

    rita.goto("/admin/articles/article/add/")
    rita.get_by_label("Headline:").fill("Rain at last")
    rita.locator(".prose-editor [contenteditable]").click()
    rita.keyboard.type("It rained in the valley on Monday.")
    rita.get_by_role("button", name="Save draft").click()
    expect(rita.get_by_text("Saved; it is draft.")).to_be_visible()
    assert rita.get_by_role("button", name="Publish").count() == 0
    rita.get_by_role("button", name="Submit for review").click()
    expect(rita.get_by_text("in review").first).to_be_visible()
    article = Article.objects.get()

    ann.goto(f"/admin/articles/article/{article.pk}/change/")
    ann.get_by_role("link", name="Send back…").click()
    ann.get_by_label("What is to be done").fill("How much rain?")
    ann.get_by_role("button", name="Send it back").click()
    expect(ann.get_by_text("is a draft again")).to_be_visible()

    rita.goto(f"/admin/articles/article/{article.pk}/change/")
    rita.locator(".prose-editor [contenteditable]").click()
    rita.keyboard.press("Control+End")
    rita.keyboard.type(" The gauge showed 12 mm.")
    rita.get_by_role("button", name="Submit for review").click()
    expect(rita.get_by_text("in review").first).to_be_visible()

    due = timezone.localtime(timezone.now() + timedelta(hours=1))
    ann.goto(f"/admin/articles/article/{article.pk}/change/")
    ann.locator("#id_published_at_0").fill(f"{due:%Y-%m-%d}")
    ann.locator("#id_published_at_1").fill(f"{due:%H:%M:%S}")
    ann.get_by_role("button", name="Publish").click()
    expect(ann.get_by_text("readers see it from")).to_be_visible()

    article.refresh_from_db()
    assert article.status == Status.SCHEDULED
    assert client.get(article.get_absolute_url()).status_code == 404
    time_machine.move_to(due + timedelta(seconds=1))
    shown = client.get(article.get_absolute_url()).content.decode()
    assert "The gauge showed 12 mm." in shown


def test_what_is_typed_survives_the_browser_and_colleagues_see_one_another(
    sign_in: SignIn,
) -> None:
    article = make_article("Port opens", summary="A port.", paragraphs=["Ships came."])
    editing.record([article])
    address = f"/admin/articles/article/{article.pk}/change/"
    ann, bob = sign_in("ann", "Editor"), sign_in("bob", "Editor")

    ann.goto(address)
    expect(ann.locator(".prose-editor [contenteditable]")).to_be_visible()
    ann.get_by_label("Headline:").fill("Port opens to ships")
    expect(ann.get_by_text("Unsaved, but kept at")).to_be_visible()
    ann.goto("about:blank")

    bob.goto(address)
    expect(bob.get_by_text("ann has this article open too")).to_be_visible()

    ann.goto(address)
    ann.get_by_role("link", name="Look at it").click()
    expect(ann.locator("ins")).to_have_text(" to ships")
    ann.get_by_role("button", name="Go on with it").click()
    expect(ann.get_by_label("Headline:")).to_have_value("Port opens to ships")
    ann.get_by_role("button", name="Save", exact=True).click()
    expect(ann.get_by_text("readers see it")).to_be_visible()

    bob.get_by_label("Summary:").fill("Bob’s summary.")
    bob.get_by_label("Headline:").fill("Port opens at dawn")
    expect(bob.get_by_text("ann saved this article at")).to_be_visible(timeout=30_000)
    bob.get_by_role("button", name="Save", exact=True).click()
    expect(bob.get_by_text("both changed it")).to_have_count(1)
    bob.get_by_role("radio", name="ann’s version").first.check()
    bob.get_by_role("button", name="Save with these choices").click()
    expect(bob.get_by_text("readers see it")).to_be_visible()

    article.refresh_from_db()
    assert (article.headline, article.summary) == ("Port opens to ships", "Bob’s summary.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_about_an_article_can_be_used_by_everybody(
    browser: Browser, live_server: LiveServer, client: Client, scheme: str
) -> None:
    ann = make_staff("Editor", "ann", password=PASSWORD)
    review = make_article("In review", published=None, status=Status.IN_REVIEW)
    article = make_article("Public")
    editing.record([review, article])
    editing.share(article, by=ann, expires_at=timezone.now() + timedelta(days=1))
    client.force_login(ann)
    context = browser.new_context(
        base_url=live_server.url,
        color_scheme=scheme,  # type: ignore[arg-type]
        bypass_csp=True,
        viewport={"width": 390, "height": 844},
    )
    context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    page = context.new_page()
    violations = []
    for path in (
        f"{review.pk}/send-back/",
        f"{article.pk}/previews/",
        f"{article.pk}/read/",
        f"{article.pk}/change/",
    ):
        page.goto(f"/admin/articles/article/{path}")
        page.wait_for_load_state("networkidle")
        violations += found_by_axe(page)
        too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert too_wide <= 0, path
    context.close()

    assert violations == []
