"""The checks beside the publishing buttons, as they follow what somebody writes."""

import pytest
from playwright.sync_api import Locator, Page, expect

from articles.models import Article, Status
from tests.admin.writing import open_editor, tool
from tests.factories import make_article, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def draft(body: str) -> Article:
    return make_article("Rain at last", body=body, published=None, section=make_section())


def edit(page: Page, article: Article) -> Locator:
    return open_editor(page, f"/admin/articles/article/{article.pk}/change/")


def test_a_finding_goes_as_soon_as_what_it_means_is_mended(desk_page: Page) -> None:
    edit(
        desk_page,
        draft('<p id="p1">It rained.</p><figure><img src="/static/img/icon.svg"></figure>'),
    )
    checks = desk_page.get_by_role("region", name="Before it is published")
    expect(checks.get_by_role("status")).to_have_text("1 thing to look at")
    expect(desk_page.get_by_role("link", name="1 to mend first")).to_be_in_viewport()

    checks.get_by_role("link", name="A picture in the text has no alternative text").click()
    desk_page.keyboard.press("Enter")
    desk_page.get_by_role("textbox", name="Alternative text").fill("A sign.")
    desk_page.get_by_role("button", name="Set").click()

    expect(checks.get_by_role("status")).to_have_text("Nothing stands against it")
    expect(desk_page.get_by_role("link", name="to mend first")).to_be_hidden()


def test_a_finding_leads_to_the_words_it_means(desk_page: Page) -> None:
    filler = "".join(f"<p>Paragraph {number} of a long report.</p>" for number in range(60))
    text = edit(desk_page, draft(f"<p>He was TK years old.</p>{filler}"))

    desk_page.get_by_role("link", name="“TK” is still to be filled in.").click()

    assert desk_page.evaluate("getSelection().toString()") == "TK"
    expect(text.get_by_text("He was TK years old.")).to_be_in_viewport()
    desk_page.keyboard.type("63")
    expect(desk_page.get_by_text("Nothing stands against it")).to_be_visible()


def test_a_finding_leads_to_its_field(desk_page: Page) -> None:
    article = make_article("R" * 120, published=None)
    edit(desk_page, article)

    desk_page.get_by_role("link", name="The headline has 120 characters").click()
    expect(desk_page.get_by_label("Headline:")).to_be_focused()
    desk_page.get_by_role("link", name="It stands in no section.").click()
    expect(desk_page.locator(".field-section").get_by_role("combobox")).to_be_focused()


def test_what_stops_publishing_is_said_beside_the_field_and_the_text_is_kept(
    desk_page: Page,
) -> None:
    article = draft('<p id="p1">It rained.</p>')
    text = edit(desk_page, article)
    text.press("Control+End")
    tool(desk_page, "HTML").click()
    desk_page.get_by_label("HTML of the text").fill(
        '<p>Typed.</p><p><img src="/static/img/icon.svg"></p>'
    )
    desk_page.get_by_role("button", name="Set", exact=True).click()
    desk_page.get_by_role("button", name="Publish").click()

    expect(desk_page.locator(".field-body .errorlist")).to_contain_text("no alternative text")
    expect(text).to_contain_text("Typed.")
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_what_only_wants_a_look_is_said_again_when_it_is_published(desk_page: Page) -> None:
    edit(desk_page, draft('<p id="p1">See <a href="#">here</a>.</p>'))

    desk_page.get_by_role("button", name="Publish").click()

    said = desk_page.get_by_text("readers see it").locator("xpath=..")
    expect(said).to_contain_text("Worth a look: A link leads nowhere. A link says only “here”.")
