"""The desk's front page, quick search and lists, as people use them."""

from typing import Any, Literal

import pytest
from playwright.sync_api import Page, expect

from articles import editing
from articles.models import Article, AuditEntry, MentionState
from tests.admin.conftest import Window
from tests.browser import violations
from tests.factories import (
    make_article,
    make_comment,
    make_mention,
    make_person,
    make_place,
    make_section,
    make_staff,
    make_tag,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def draft(headline: str, **fields: Any) -> Article:
    article = make_article(headline, published=None, **fields)
    editing.record([article])
    return article


def test_from_what_waits_to_the_whole_of_it_is_one_click(desk_page: Page) -> None:
    for number in range(7):
        editing.submit(draft(f"Report {number}"), by=None)

    desk_page.goto("/admin/")
    desk_page.get_by_role("link", name="To review 7").click()

    expect(desk_page.get_by_role("heading", level=1)).to_have_text("Articles")
    expect(desk_page.get_by_role("rowheader")).to_have_count(7)
    expect(desk_page.get_by_role("link", name="In review")).to_have_attribute(
        "aria-current", "page"
    )


def test_one_key_leads_to_the_box_that_searches_everything(desk_page: Page) -> None:
    make_place("Gwadar")
    make_person("Gwadari Baloch")
    draft("Plans for Gwadar")

    desk_page.goto("/admin/articles/tag/")
    desk_page.keyboard.press("/")
    desk_page.keyboard.type("gwadar")
    desk_page.keyboard.press("Enter")
    for found in ("Plans for Gwadar", "Gwadar (city)", "Gwadari Baloch"):
        expect(desk_page.get_by_role("link", name=found)).to_be_visible()
    desk_page.get_by_role("link", name="Plans for Gwadar").click()

    expect(desk_page.get_by_label("Headline:")).to_have_value("Plans for Gwadar")


def test_a_slash_that_is_typed_is_a_slash(desk_page: Page) -> None:
    desk_page.goto("/admin/articles/article/")
    desk_page.locator("#searchbar").click()
    desk_page.keyboard.type("and/or")

    expect(desk_page.locator("#searchbar")).to_have_value("and/or")


def test_a_list_is_narrowed_by_typing_a_name(desk_page: Page) -> None:
    floods = make_tag("floods")
    draft("The river rises", tags=[floods])
    draft("Something else")

    desk_page.goto("/admin/articles/article/?status=draft")
    desk_page.get_by_role("combobox", name="Tag").click()
    desk_page.keyboard.type("flo")
    desk_page.get_by_role("option", name="floods").click()
    desk_page.get_by_role("button", name="Narrow").click()

    expect(desk_page.get_by_role("rowheader")).to_have_text(["The river rises"])
    expect(desk_page.get_by_role("link", name="Draft", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    desk_page.get_by_role("link", name="Show all again").click()
    expect(desk_page.get_by_role("rowheader")).to_have_count(2)


def test_several_articles_are_tagged_at_once(desk_page: Page) -> None:
    floods = make_tag("floods")
    articles = [draft("The river rises"), draft("The river falls")]
    draft("Something else")

    desk_page.goto("/admin/articles/article/")
    reason = desk_page.get_by_label("What is to be done before it comes back")
    expect(reason).to_be_hidden()
    for article in articles:
        desk_page.get_by_role("checkbox", name=f"Select {article}").check()
    desk_page.get_by_label("Action:").select_option("Add a tag")
    expect(reason).to_be_hidden()
    desk_page.locator(".actions").get_by_role("combobox", name="Tag").click()
    desk_page.keyboard.type("flo")
    desk_page.get_by_role("option", name="floods").click()
    desk_page.get_by_role("button", name="Go").click()

    expect(desk_page.get_by_text("2 articles are tagged.")).to_be_visible()
    assert set(floods.taggings.values_list("content_object", flat=True)) == {
        article.pk for article in articles
    }


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_these_pages(
    window: Window, scheme: Literal["light", "dark"], width: int
) -> None:
    administrator = make_staff("Administrator", "admin", first_name="Adil", last_name="Shah")
    article = make_article(
        "کوئٹہ میں بارش", section=make_section(), tags=[make_tag("floods")], headline_is_drawn=True
    )
    make_mention(article, make_place("Tank"), state=MentionState.SUGGESTED)
    make_comment(article, state="pending")
    editing.record([article])
    editing.submit(draft("A report", created_by=administrator), by=administrator)
    AuditEntry.objects.note(administrator, "publish", article)
    page = window(administrator, scheme, width)
    problems = []
    for address in (
        "/admin/",
        "/admin/search/?q=floods",
        "/admin/articles/article/",
        "/admin/articles/article/?date=2026-02&q=report",
        "/admin/articles/comment/",
        "/admin/articles/place/",
        "/admin/articles/person/",
        "/admin/articles/tag/",
        "/admin/articles/auditentry/",
        "/admin/auth/user/",
        "/admin/auth/user/add/",
        f"/admin/auth/user/{administrator.pk}/history/",
        "/admin/auth/group/",
    ):
        page.goto(address)
        problems += found_by_axe(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            problems.append(f"{address} is wider than the window")

    assert problems == []


def found_by_axe(page: Page) -> list[str]:
    """What breaks WCAG 2.2 on levels A and AA: the rule and the first elements that do."""
    return [
        f"{page.url} {each['id']}: {node['html'][:160]}"
        for each in violations(page)
        for node in each["nodes"][:3]
    ]
