"""Names are offered while somebody types, as readers and their assistive programs meet it."""

import pytest
from playwright.sync_api import Locator, Page, Request

from tests.browser import violations
from tests.factories import make_article, make_mention, make_person, make_place

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def archive(listed):
    quetta = make_place(
        "Quetta", make_place("Pakistan"), names=["کوئٹہ"], latitude=30.2, longitude=67
    )
    article = make_article("Earthquake", paragraphs=["The shock came in Quetta."])
    make_mention(article, quetta)
    make_mention(article, make_person("Quentin Naqvi"))
    listed(article)


@pytest.fixture
def asked(browser_page):
    """The names that the page has asked for, in order."""
    addresses: list[str] = []

    def note(request: Request) -> None:
        if "/search/names/" in request.url:
            addresses.append(request.url)

    browser_page.on("request", note)
    return addresses


def box(page: Page) -> Locator:
    return page.locator("#find-words")


def offer(page: Page, text: str) -> Locator:
    """Type ``text`` into the box of the search page and wait for what is offered."""
    box(page).press_sequentially(text)
    options = page.get_by_role("option")
    options.first.wait_for()
    return options


def test_names_are_offered_chosen_with_the_keyboard_and_become_a_filter(
    browser_page, archive, asked
):
    browser_page.goto("/search/?from=2020")
    options = offer(browser_page, "que")

    assert options.all_inner_texts() == ["Quentin Naqvi\nPerson, 1", "Quetta\nPlace, 1"]
    assert len(asked) == 1  # three letters without a pause between them
    assert box(browser_page).get_attribute("aria-expanded") == "true"
    assert [each["id"] for each in violations(browser_page)] == []

    box(browser_page).press("ArrowDown")
    box(browser_page).press("ArrowDown")
    active = box(browser_page).get_attribute("aria-activedescendant")
    assert browser_page.locator(f"#{active}").inner_text().startswith("Quetta")
    box(browser_page).press("Enter")

    browser_page.wait_for_url("**/search/?from=2020&place=quetta")
    assert browser_page.get_by_role("heading", level=1).inner_text() == (
        "Articles in Quetta, from 2020"
    )


def test_escape_closes_the_list_and_enter_then_searches_for_the_words(browser_page, archive):
    browser_page.goto("/search/")
    offer(browser_page, "que")

    box(browser_page).press("ArrowDown")
    box(browser_page).press("Escape")

    assert box(browser_page).get_attribute("aria-expanded") == "false"
    assert box(browser_page).input_value() == "que"
    assert browser_page.get_by_role("option").count() == 0
    box(browser_page).press("Enter")
    browser_page.wait_for_url("**/search/?q=que**")


def test_after_escape_nothing_is_announced_and_an_arrow_brings_the_names_back(
    browser_page, archive, asked
):
    browser_page.goto("/search/")
    offer(browser_page, "que")
    announced = browser_page.get_by_text("2 names. Choose with the arrow keys.")
    announced.wait_for(state="attached")

    box(browser_page).press("Escape")
    assert announced.count() == 0
    box(browser_page).press("ArrowDown")

    browser_page.get_by_role("option").first.wait_for()
    assert box(browser_page).get_attribute("aria-expanded") == "true"
    assert announced.count() == 1
    assert len(asked) == 1
    box(browser_page).press("ArrowDown")
    active = box(browser_page).get_attribute("aria-activedescendant")
    assert browser_page.locator(f"#{active}").inner_text().startswith("Quentin")


def test_names_are_offered_for_what_is_still_being_composed(browser_page, archive):
    browser_page.goto("/search/")
    box(browser_page).focus()
    keyboard = browser_page.context.new_cdp_session(browser_page)
    for text in ("q", "qu", "que"):
        keyboard.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )

    browser_page.get_by_role("option").first.wait_for()
    assert box(browser_page).input_value() == "que"


def test_what_could_not_be_answered_is_asked_again(browser_page, archive, asked):
    browser_page.goto("/search/")
    browser_page.route("**/search/names/**", lambda route: route.fulfill(status=503))
    with browser_page.expect_response("**/search/names/**"):
        box(browser_page).press_sequentially("que")
    browser_page.unroute("**/search/names/**")
    box(browser_page).fill("")

    offer(browser_page, "que")
    assert len(asked) == 2


def test_from_the_head_of_a_page_a_name_leads_to_its_page_also_in_another_script(
    browser_page, archive
):
    browser_page.set_viewport_size({"width": 1280, "height": 900})
    browser_page.goto("/archive/")
    browser_page.get_by_role("combobox", name="Search the archive").press_sequentially("کوئ")

    option = browser_page.get_by_role("option")
    option.wait_for()
    assert option.inner_text().split("\n") == ["Quetta", "کوئٹہ", "Place, 1"]
    assert browser_page.get_by_text("1 name. Choose with the arrow keys.").count() == 1
    option.click()

    browser_page.wait_for_url("**/places/quetta/")


def test_the_pages_of_a_search_shut_nobody_out_and_fit_a_phone(browser_page, archive):
    for scheme, width in (("light", 390), ("dark", 1280)):
        browser_page.set_viewport_size({"width": width, "height": 900})
        browser_page.emulate_media(color_scheme=scheme)
        for path in (
            "/search/",
            "/search/?q=quetta&from=2020&order=relevance",
            "/search/?q=quettta",
            "/search/?place=pakistan&person=quentin-naqvi",
            "/search/?place=nowhere",
        ):
            browser_page.goto(path)
            assert [(path, scheme, each["id"]) for each in violations(browser_page)] == []
            assert browser_page.evaluate("document.documentElement.scrollWidth") <= width, path
