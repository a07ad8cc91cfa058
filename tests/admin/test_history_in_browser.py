"""The record of an article as an editor and then a reader use it, in a real browser."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles import editing
from articles.models import Article
from tests.admin.test_desk_in_browser import found_by_axe, sign_in
from tests.factories import make_article

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def make_recorded() -> Article:
    """A public article of four versions, of which one is a trifle."""
    article = make_article(
        "Rain floods lower town",
        summary="Rain, and no end to it.",
        paragraphs=["At least 129 people died.", "It had rained for days.", "Roads are closed."],
    )
    editing.record([article], actor="import", reason="Imported")
    article.body = article.body.replace("129", "131")
    editing.save(article, by=None, reason="A better figure")
    article.body = article.body.replace("days.", "two days.")
    editing.save(article, by=None, reason="A comma", minor=True)
    article.headline = "Rain floods the town"
    editing.save(article, by=None, reason="It was the whole town")
    return article


def open_article(page: Page, article: Article) -> None:
    page.goto(f"/admin/articles/article/{article.pk}/change/")


def test_versions_are_compared_one_is_restored_and_an_error_is_corrected_before_readers(
    browser_page: Page,
) -> None:
    page = browser_page
    article = make_recorded()
    sign_in(page)
    open_article(page, article)
    page.get_by_role("link", name="History").first.click()

    expect(page.get_by_text("A comma")).to_be_hidden()
    page.get_by_text("One trifle").click()
    expect(page.get_by_text("A comma")).to_be_visible()
    page.get_by_label("Compare version 1").check()
    page.get_by_label("with version 4").check()
    page.get_by_role("button", name="Compare the two").click()
    expect(page.locator(".changes dd", has_text="At least 129131 people")).to_be_visible()

    page.get_by_role("link", name="Restore it…").click()
    expect(page.get_by_role("heading", name="Restore version 1")).to_be_visible()
    page.get_by_role("button", name="Restore version 1").click()
    expect(page.get_by_text("Version 1 is restored as version 5.")).to_be_visible()
    article.refresh_from_db()
    assert article.headline == "Rain floods lower town"

    page.get_by_role("link", name="Correct…").first.click()
    page.get_by_label("What was wrong").fill("The article said that it had rained for days.")
    page.get_by_label("What is right").fill("It rained for two days.")
    page.get_by_label("Which paragraph").select_option(label="2. It had rained for days.")
    page.get_by_role("button", name="Print the note").click()
    expect(page.get_by_text("Correction: readers see it on the article.")).to_be_visible()

    page.goto(article.get_absolute_url())
    note = page.get_by_role("complementary").filter(has_text="Correction")
    expect(note.get_by_text("It rained for two days.")).to_be_visible()
    page.locator("#p2").get_by_role("link", name="Correction").click()
    expect(page).to_have_url(re.compile(r"#correction-\d+$"))
    note.get_by_role("link", name="the paragraph").click()
    expect(page).to_have_url(re.compile("#p2$"))

    page.get_by_role("link", name="Changed 4 times since publication").click()
    page.get_by_label("Compare", exact=True).select_option("2")
    page.get_by_label("with", exact=True).select_option("5")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".changes dd", has_text="At least 131129 people")).to_be_visible()


def test_an_article_is_taken_out_of_search_and_another_withdrawn(browser_page: Page) -> None:
    page = browser_page
    article = make_recorded()
    sign_in(page)
    open_article(page, article)

    page.get_by_role("link", name="Take out of search…").first.click()
    page.get_by_label("Why").fill("Somebody named in it was acquitted.")
    page.get_by_role("button", name="Take out of search").click()
    expect(page.get_by_text("out of search since").first).to_be_visible()
    page.goto("/search/?q=rain")
    expect(page.get_by_role("link", name="Rain floods the town")).to_have_count(0)
    page.goto(article.get_absolute_url())
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    expect(page.get_by_text("acquitted")).to_have_count(0)

    open_article(page, article)
    page.get_by_role("link", name="Let be found again…").first.click()
    expect(page.get_by_text("Somebody named in it was acquitted.")).to_be_visible()
    page.get_by_label("Why").fill("It was another of that name.")
    page.get_by_role("button", name="Let it be found again").click()
    page.goto("/search/?q=rain")
    expect(page.get_by_role("link", name="Rain floods the town").first).to_be_visible()

    open_article(page, article)
    page.get_by_role("link", name="Withdraw…").first.click()
    page.get_by_label("Notice").fill("There was no rain that day.")
    page.get_by_role("button", name="Withdraw the article").click()
    answer = page.goto(article.get_absolute_url())
    assert answer is not None
    assert answer.status == 410
    expect(page.get_by_text("There was no rain that day.")).to_be_visible()
    page.goto("/corrections/")
    expect(page.get_by_text("There was no rain that day.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pages_of_the_record_can_be_used_by_everybody(
    browser: Browser, live_server: LiveServer, scheme: Literal["light", "dark"], width: int
) -> None:
    article = make_recorded()
    editing.correct(article, by=None, wrong="Days.", text="Two days.", paragraph="p2")
    desk = f"/admin/articles/article/{article.pk}"
    # The checker puts styles of its own into the page, which the security policy refuses.
    context = browser.new_context(
        base_url=live_server.url,
        color_scheme=scheme,
        bypass_csp=True,
        viewport={"width": width, "height": 900},
    )
    page = context.new_page()
    sign_in(page)
    violations: list[str] = []
    for address in (
        f"{desk}/history/",
        f"{desk}/history/2/",
        f"{desk}/history/2/restore/",
        f"{desk}/compare/?from=1&to=4",
        f"{desk}/compare/?from=1&to=9",
        f"{desk}/correct/",
        f"{desk}/deindex/",
        f"{desk}/withdraw/",
        article.get_absolute_url(),
        f"{article.path}history/",
        f"{article.path}history/?from=1&to=4",
        "/corrections/",
    ):
        page.goto(address)
        for folded in page.locator("main details:not([open]) > summary").all():
            folded.click()
        violations += found_by_axe(page)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            violations.append(f"{address} is wider than the window")
    context.close()

    assert violations == []
