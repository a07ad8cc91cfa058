"""The pages in a real browser, as readers and their assistive programs meet them."""

from datetime import date

import pytest

from tests.browser import violations
from tests.factories import (
    make_article,
    make_comment,
    make_image,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def archive(listed):
    country = make_place("Pakistan", kind="country", latitude=30, longitude=70)
    quetta = make_place("Quetta", parent=country, latitude=30.2, longitude=67)
    section = make_section("Environment")
    articles = [
        make_article(
            f"Earthquake report number {number}",
            slug=f"earthquake-{number}",
            paragraphs=["The shock came in Quetta.", "Nothing stands."],
            summary="Tens of thousands are feared dead.",
            section=section,
            tags=[make_tag()],
            lead_image=make_image(width=640, height=360),
            dateline_place=quetta,
            comment_count=1,
        )
        for number in range(3)
    ]
    person, body = make_person("Somebody"), make_organisation("Something", place=quetta)
    for start, end in ((date(1990, 1, 1), date(1999, 1, 1)), (date(2000, 1, 1), None)):
        person.positions.create(
            title="Chair",
            organisation=body,
            place=country,
            started_on=start,
            ended_on=end,
            start_precision="year",
            source="A book of chairs",
        )
    for article in articles:
        make_mention(article, person)
        make_mention(article, body)
        make_mention(article, quetta, paragraph="p1", start=18)
        make_comment(article)
    articles.append(make_article("کوئٹہ میں زلزلہ", slug="urdu", language="ur", section=section))
    listed(*articles)


@pytest.mark.parametrize("width", [390, 1280])
def test_nobody_is_shut_out(browser_page, archive, width):
    browser_page.set_viewport_size({"width": width, "height": 900})
    for scheme in ("light", "dark"):
        browser_page.emulate_media(color_scheme=scheme)
        for path in (
            "/",
            "/2026/02/01/earthquake-0/",
            "/2026/02/01/urdu/",
            "/places/quetta/",
            "/places/pakistan/?list=filed",
            "/places/?view=map",
            "/places/?order=most",
            "/people/somebody/",
            "/organisations/something/",
            "/search/?q=shock",
            "/2026/02/",
            "/archive/",
        ):
            browser_page.goto(path)
            found = violations(browser_page)
            assert [(path, scheme, each["id"]) for each in found] == []


def test_no_page_is_wider_than_a_small_phone(browser_page, archive):
    browser_page.set_viewport_size({"width": 320, "height": 700})
    for path in (
        "/",
        "/2026/02/01/earthquake-0/",
        "/places/quetta/",
        "/search/?q=shock",
        "/2026/",
        "/places/",
        "/places/?view=map",
        "/people/somebody/",
        "/organisations/something/",
    ):
        browser_page.goto(path)
        assert browser_page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_the_menu_opens_without_a_script_on_a_phone(browser_page, archive):
    browser_page.set_viewport_size({"width": 390, "height": 844})
    browser_page.goto("/")

    browser_page.get_by_text("Menu", exact=True).click()
    browser_page.get_by_role("navigation", name="Menu").get_by_role("link", name="Places").click()

    assert browser_page.url.endswith("/places/")


def test_a_reader_walks_from_an_article_to_its_place_and_back(browser_page, archive):
    browser_page.goto("/2026/02/01/earthquake-0/")

    browser_page.locator("a.mention", has_text="Quetta").click()
    browser_page.get_by_role("link", name="Earthquake report number 1").first.click()

    assert browser_page.get_by_role("heading", level=1).inner_text() == "Earthquake report number 1"
