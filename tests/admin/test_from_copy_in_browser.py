"""New from copy in a browser: paste or drop, look at what was found, decide, and it is public."""

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from articles.gazetteer.load import load
from articles.models import Article, MentionState, PlaceKind, SourceDocument, Status
from tests.admin.test_desk_in_browser import found_by_axe
from tests.factories import make_organisation, make_person, make_place, make_staff, make_tag

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = "/admin/articles/article/from-copy/"
STORY = Path(__file__).parent.parent / "files" / "islamabad-feb-1.txt"
PASSWORD = "a quiet newsroom"
COPY = """Rivers rise in Sindh as rain goes on

HYDERABAD, Feb 3 (APP): Heavy rain flooded Hyderabad on Monday, and Chief Minister Murad Ali Shah
said that 12 people had died, as trains to Karachi stood still.

Workers of the Edhi Foundation reached Badin by boat. Floods are common there.

Water was two metres deep in places, said Imran Malik, who keeps a shop in Latifabad.
"""


class Hands:
    """An editor's hands at the keyboard and the mouse: whatever they do is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def open(self, address: str) -> None:
        self.actions += 1
        self.page.goto(address)

    def paste(self, words: str, field: Locator) -> None:
        """What was copied elsewhere, by the keys that people press."""
        self.page.evaluate(
            """(words) => document.addEventListener("copy", (event) => {
              event.clipboardData.setData("text/plain", words);
              event.preventDefault();
            }, { once: true })""",
            words,
        )
        field.press("Control+c")
        self.actions += 1
        field.press("Control+v")

    def fill(self, field: Locator, words: str) -> None:
        self.actions += 1
        field.fill(words)
        field.press("Tab")

    def click(self, target: Locator) -> None:
        self.actions += 1
        target.click()


def sign_in(page: Page, role: str = "Editor") -> None:
    make_staff(role, "asma", password=PASSWORD)
    page.goto("/admin/login/")
    page.get_by_label("Username").fill("asma")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")


def paste_copy(page: Page, words: str = COPY) -> None:
    page.goto(PAGE)
    Hands(page).paste(words, page.locator("#id_copy"))
    expect(page.locator("#copy-status")).to_contain_text("Read:")


def drop(page: Page, name: str, content: bytes) -> None:
    """A file dropped on the page."""
    carried = page.evaluate_handle(
        """([name, bytes]) => {
          const carried = new DataTransfer();
          carried.items.add(new File([new Uint8Array(bytes)], name));
          return carried;
        }""",
        [name, list(content)],
    )
    page.dispatch_event("#from-copy", "drop", {"dataTransfer": carried})


def entry(page: Page, name: str) -> Locator:
    return page.locator(".entry", has=page.get_by_text(name, exact=True))


def choose(page: Page, field: Locator, words: str, choice: str) -> None:
    """Type into an autocomplete, and take what it offers."""
    field.click()
    page.locator(".select2-search__field").last.fill(words)
    page.get_by_role("option", name=choice).click()


@pytest.fixture
def sindh() -> dict[str, Any]:
    pakistan = make_place("Pakistan", kind=PlaceKind.COUNTRY, population=230_000_000)
    india = make_place("India", kind=PlaceKind.COUNTRY, population=1_400_000_000)
    province = make_place("Sindh", pakistan, PlaceKind.DIVISION, population=48_000_000)
    return {
        "Hyderabad": make_place("Hyderabad", province, population=1_700_000),
        "Hyderabad in India": make_place("Hyderabad", india, population=6_800_000),
        "Karachi": make_place("Karachi", province, population=14_900_000),
        "Badin": make_place("Badin", province, PlaceKind.TOWN, population=117_000),
    }


def test_from_pasted_copy_to_the_published_page_in_ten_actions(browser_page: Page) -> None:
    load(["PK"])
    sign_in(browser_page)
    hands = Hands(browser_page)

    hands.open(PAGE)
    hands.paste(STORY.read_text(encoding="utf-8"), browser_page.locator("#id_copy"))
    expect(browser_page.locator("#copy-status")).to_have_text(
        "Read: 11 places, 2 people, 3 organisations."
    )
    hands.fill(browser_page.get_by_label("Year, if not in it"), "2026")
    expect(browser_page.get_by_text("year guessed")).to_have_count(0)
    hands.fill(browser_page.get_by_label("Headline"), "129 dead as gunmen attack in Balochistan")
    hands.click(browser_page.get_by_role("button", name="Publish"))
    hands.click(browser_page.get_by_role("link", name="129 dead as gunmen attack").first)

    expect(browser_page.get_by_role("heading", level=1)).to_have_text(
        "129 dead as gunmen attack in Balochistan"
    )
    assert "/2026/02/01/129-dead-as-gunmen-attack-in-balochistan/" in browser_page.url
    assert hands.actions <= 10
    assert linked(browser_page, "places") == {
        "balochistan", "dalbandin", "gwadar", "harnai", "islamabad", "mastung", "nushki",
        "pakistan", "panjgur", "pasni", "quetta",
    }  # fmt: skip
    assert linked(browser_page, "people") == {"mohsin-naqvi", "sarfraz-bugti"}
    assert linked(browser_page, "organisations") == {
        "balochistan-liberation-army", "pakistan-television", "tehrik-e-taliban-pakistan",
    }  # fmt: skip
    assert set(Article.objects.get().mentions.values_list("state", flat=True)) == {
        MentionState.CONFIRMED
    }


def linked(page: Page, kind: str) -> set[str]:
    """The entities that the article's page leads to, by their slugs."""
    addresses = page.locator(f"article.story a[href^='/{kind}/']").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return {address.split("/")[2] for address in addresses}


def test_a_reporter_drops_a_file_and_keeps_a_draft(browser_page: Page) -> None:
    sign_in(browser_page, "Reporter")
    browser_page.goto(PAGE)
    content = "Café floods\n\nHeavy rain flooded the café on Monday, and many left.".encode(
        "cp1252"
    )
    drop(browser_page, "rain.txt", content)

    expect(browser_page.get_by_label("Headline")).to_have_value("Café floods")
    expect(browser_page.locator("#id_copy")).to_have_value(content.decode("cp1252"))
    assert browser_page.get_by_role("button", name="Publish").count() == 0
    browser_page.get_by_label("Headline").fill("A café under water")
    browser_page.get_by_role("button", name="Save as draft").click()

    expect(browser_page.get_by_text("Saved as a draft.")).to_be_visible()
    article = Article.objects.get()
    assert article.created_by is not None
    assert (article.headline, article.status, article.created_by.username) == (
        "A café under water",
        Status.DRAFT,
        "asma",
    )
    assert bytes(SourceDocument.objects.get().content) == content


def test_names_are_corrected_added_taken_and_left(
    browser_page: Page, sindh: dict[str, Any]
) -> None:
    latifabad = make_place("Latifabad", sindh["Hyderabad"], PlaceKind.DISTRICT)
    make_tag("floods")
    make_person("Imran Malik of Latifabad")
    make_organisation("Edhi Trust")
    sign_in(browser_page)
    paste_copy(browser_page)

    entry(browser_page, "Karachi (city, Sindh)").get_by_role("checkbox").uncheck()
    browser_page.mouse.move(0, 0)
    entry(browser_page, "Murad Ali Shah").get_by_role("checkbox").focus()
    expect(browser_page.locator("mark.lit")).to_have_text(["Murad Ali Shah"])
    malik = entry(browser_page, "Imran Malik")
    malik.get_by_text("Another person").click()
    choose(browser_page, malik.get_by_role("combobox").last, "Imran", "Imran Malik of Latifabad")
    expect(malik.get_by_role("radio", name="Yes")).to_be_checked()
    entry(browser_page, "floods").get_by_role("radio", name="Yes").check()
    places = browser_page.locator("section", has=browser_page.locator("#group-place"))
    choose(browser_page, places.locator(".add .select2-selection"), "Latif", "Latifabad (")
    browser_page.get_by_role("button", name="Save as draft").click()
    expect(browser_page.get_by_text("Saved as a draft.")).to_be_visible()

    article = Article.objects.get()
    states = {str(each.entity): each.state for each in article.mentions.all()}
    assert states["Karachi"] == MentionState.REJECTED
    assert states["Imran Malik of Latifabad"] == MentionState.CONFIRMED
    assert states["Latifabad"] == MentionState.CONFIRMED
    assert article.mentions.filter(place=latifabad).exists()
    assert [str(tag) for tag in article.tags.all()] == ["floods"]


def test_copy_that_is_typed_is_read_again_and_keeps_what_the_editor_did(
    browser_page: Page, sindh: dict[str, Any]
) -> None:
    sign_in(browser_page)
    paste_copy(browser_page)
    browser_page.get_by_label("Headline").fill("Rain in Sindh")
    entry(browser_page, "Karachi (city, Sindh)").get_by_role("checkbox").uncheck()

    copy = browser_page.locator("#id_copy")
    copy.press("Control+End")
    copy.press_sequentially("Interior Minister Mohsin Naqvi came to Badin.")

    expect(entry(browser_page, "Mohsin Naqvi")).to_be_visible()
    expect(browser_page.get_by_label("Headline")).to_have_value("Rain in Sindh")
    expect(entry(browser_page, "Karachi (city, Sindh)").get_by_role("checkbox")).not_to_be_checked()
    expect(copy).to_be_focused()


def test_what_is_written_while_the_copy_is_read_stays(
    browser_page: Page, sindh: dict[str, Any]
) -> None:
    sign_in(browser_page)
    paste_copy(browser_page)
    held: list[Route] = []
    browser_page.route(f"**{PAGE}", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks it
    place = browser_page.locator("#dateline .select2-selection")
    with browser_page.expect_request(f"**{PAGE}"):
        choose(browser_page, place, "Hyder", "(city, India)")
    browser_page.get_by_label("By:").fill("Ann Reed")
    entry(browser_page, "Karachi (city, Sindh)").get_by_role("checkbox").uncheck()
    entry(browser_page, "Imran Malik").get_by_role("radio", name="No").check()
    held[0].continue_()

    dateline = browser_page.locator(".entry[data-entry=dateline]")
    expect(dateline).to_contain_text("Hyderabad (city, India)")
    expect(browser_page.get_by_label("By:")).to_have_value("Ann Reed")
    expect(entry(browser_page, "Karachi (city, Sindh)").get_by_role("checkbox")).not_to_be_checked()
    expect(entry(browser_page, "Imran Malik").get_by_role("radio", name="No")).to_be_checked()


def test_what_cannot_be_read_says_so_beside_it_and_loses_nothing(
    browser_page: Page, sindh: dict[str, Any]
) -> None:
    sign_in(browser_page)
    paste_copy(browser_page)
    browser_page.get_by_label("Headline").fill("Rain in Sindh")

    drop(browser_page, "picture.txt", b"\x00\x01\x02\x03" * 20)
    expect(browser_page.get_by_text("picture.txt is not text.")).to_be_visible()
    browser_page.get_by_label("Year, if not in it").fill("98")
    browser_page.get_by_label("Year, if not in it").press("Tab")
    expect(browser_page.get_by_text("greater than or equal to 1600")).to_be_visible()
    browser_page.get_by_label("Year, if not in it").fill("1998")
    browser_page.get_by_label("Year, if not in it").press("Tab")

    expect(browser_page.get_by_label("Headline")).to_have_value("Rain in Sindh")
    expect(browser_page.get_by_label("On:", exact=True)).to_have_value("1998-02-03")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_everybody_can_use_it_on_a_desk_and_on_a_phone(
    browser: Browser,
    live_server: LiveServer,
    sindh: dict[str, Any],
    scheme: Literal["light", "dark"],
    width: int,
) -> None:
    make_tag("floods")
    # The checker puts styles of its own into the page, which the security policy refuses.
    context = browser.new_context(
        base_url=live_server.url,
        color_scheme=scheme,
        viewport={"width": width, "height": 844},
        bypass_csp=True,
    )
    page = context.new_page()
    sign_in(page)
    page.goto(PAGE)
    violations = found_by_axe(page)
    paste_copy(page)
    entry(page, "Imran Malik").get_by_text("Another person").click()
    violations += found_by_axe(page)
    content_width = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert violations == []
    assert content_width == width
