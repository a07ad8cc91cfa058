"""Writing in the body editor as people do: what is saved is semantic, and readers see it."""

from pathlib import Path

import pytest
from PIL import Image as Picture
from playwright.sync_api import Page, expect

from articles.models import Article
from tests.admin.writing import drop, expect_within, expect_written, open_editor, tool, written
from tests.factories import make_image, make_place, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_text_with_headings_lists_quotations_and_a_table_is_written_and_read(
    desk_page: Page,
) -> None:
    make_section("Weather")
    text = open_editor(desk_page)
    desk_page.get_by_label("Headline:").fill("Rain at last")
    keys = desk_page.keyboard
    text.click()
    keys.type("It rained ")
    keys.press("Control+i")
    keys.type("for days")
    keys.press("Control+i")
    keys.type(".")
    keys.press("Enter")
    tool(desk_page, "Heading").click()
    keys.type("In Tank")
    keys.press("Enter")
    tool(desk_page, "List").click()
    keys.type("Roads")
    keys.press("Enter")
    keys.press("Tab")
    keys.type("the N-50")
    for _ in range(3):
        keys.press("Enter")
    tool(desk_page, "Quotation").click()
    keys.type("We saw the river rise.")
    keys.press("Enter")
    keys.press("Enter")
    tool(desk_page, "Table").click()
    for cell in ("Place", "Rain", "Snow", "Tank", "12 mm"):
        keys.type(cell)
        keys.press("Tab")
    tool(desk_page, "Delete column").click()
    tool(desk_page, "Caption of the table").click()
    keys.type("Rain in a day")

    desk_page.get_by_role("button", name="Publish").click()
    desk_page.get_by_role("link", name="readers see it").click()

    assert Article.objects.get().body == (
        '<p id="p1">It rained <em>for days</em>.</p><h2 id="p2">In Tank</h2>'
        '<ul><li id="p3">Roads<ul><li id="p4">the N-50</li></ul></li></ul>'
        '<blockquote id="p5">We saw the river rise.</blockquote>'
        '<table><caption id="p6">Rain in a day</caption>'
        '<thead><tr><th id="p7">Place</th><th id="p8">Rain</th></tr></thead>'
        '<tbody><tr><td id="p9">Tank</td><td id="p10">12 mm</td></tr>'
        '<tr><td id="p11"></td><td id="p12"></td></tr></tbody></table>'
    )
    expect(desk_page.get_by_role("table", name="Rain in a day")).to_be_visible()
    expect(desk_page.get_by_role("columnheader", name="Rain", exact=True)).to_be_visible()


def test_selected_words_are_set_apart_as_a_pull_quote_with_who_said_them(desk_page: Page) -> None:
    text = open_editor(desk_page)
    desk_page.get_by_label("Headline:").fill("Rain at last")
    text.press_sequentially("She said the river would rise")
    for _ in "river would rise":
        text.press("Shift+ArrowLeft")
    tool(desk_page, "Pull quote").click()
    desk_page.keyboard.type("Amna Bibi, farmer")

    desk_page.get_by_role("button", name="Publish").click()
    desk_page.get_by_role("link", name="readers see it").click()

    assert Article.objects.get().body == (
        '<p id="p1">She said the river would rise</p>'
        '<aside><blockquote id="p2">river would rise</blockquote>'
        '<p id="p3">Amna Bibi, farmer</p></aside>'
    )
    expect(desk_page.get_by_role("complementary").get_by_text("Amna Bibi")).to_be_visible()


def test_a_shortcut_acts_on_what_was_selected_however_soon_it_follows(desk_page: Page) -> None:
    text = open_editor(desk_page)
    text.press_sequentially("The road to Quetta")
    expect_written(desk_page, "<p>The road to Quetta</p>")

    # One task: the browser cannot tell of the selection before the shortcut.
    text.evaluate(
        """(text) => {
          for (const _ of "Quetta") getSelection().modify("extend", "backward", "character");
          const shortcut = { key: "b", code: "KeyB", keyCode: 66, ctrlKey: true, bubbles: true };
          text.dispatchEvent(new KeyboardEvent("keydown", { ...shortcut, cancelable: true }));
        }"""
    )

    expect_written(desk_page, "<p>The road to <strong>Quetta</strong></p>")


def test_a_name_that_is_typed_finds_what_to_link_to_and_enter_takes_it(desk_page: Page) -> None:
    make_place("Quetta", make_place("Balochistan", kind="division"))
    text = open_editor(desk_page)
    text.press_sequentially("The road to Quetta")
    for _ in "Quetta":
        text.press("Shift+ArrowLeft")

    text.press("Control+k")
    box = desk_page.get_by_role("combobox", name="Link to")
    box.press_sequentially("quet")
    expect(desk_page.get_by_role("dialog").get_by_role("option")).to_have_text(
        "placeQuettacity, Balochistan"
    )
    box.press("ArrowDown")
    expect(desk_page.get_by_role("option", name="Quetta")).to_have_attribute(
        "aria-selected", "true"
    )
    box.press("Enter")
    expect(desk_page.get_by_role("link", name="Open in a new tab")).to_have_attribute(
        "href", "/places/quetta/"
    )
    desk_page.get_by_role("button", name="Set link").click()

    expect_written(desk_page, '<p>The road to <a href="/places/quetta/">Quetta</a></p>')
    text.press("ArrowLeft")
    text.press("Control+k")
    desk_page.get_by_role("button", name="Remove link").click()
    expect_written(desk_page, "<p>The road to Quetta</p>")


@pytest.mark.parametrize(
    ("typed", "href"),
    [
        ("desk@example.org", "mailto:desk@example.org"),
        ("example.org/report", "https://example.org/report"),
        ("https://example.org/?a=1", "https://example.org/?a=1"),
        ("/corrections/", "/corrections/"),
    ],
)
def test_an_address_is_taken_as_it_is_meant(desk_page: Page, typed: str, href: str) -> None:
    text = open_editor(desk_page)
    text.press_sequentially("See ")

    tool(desk_page, "Link").click()
    desk_page.get_by_role("combobox", name="Link to").fill(typed)
    desk_page.get_by_label("Words to show").fill("this page")
    desk_page.get_by_role("button", name="Set link").click()

    expect_written(desk_page, f'<p>See <a href="{href}">this page</a></p>')


@pytest.mark.parametrize("typed", ["", "nobody of that name", "javascript:alert(1)"])
def test_a_link_to_nowhere_is_refused_in_words(desk_page: Page, typed: str) -> None:
    text = open_editor(desk_page)
    text.press_sequentially("See ")

    tool(desk_page, "Link").click()
    desk_page.get_by_role("combobox", name="Link to").fill(typed)
    desk_page.get_by_role("button", name="Set link").click()

    expect(desk_page.get_by_role("alert")).to_have_text(
        "Choose one of those found, or type a whole address."
    )
    desk_page.get_by_role("button", name="Cancel").click()
    assert "<a" not in written(desk_page)


def test_a_picture_of_the_archive_is_found_described_and_put_in_with_its_caption(
    desk_page: Page,
) -> None:
    image = make_image(caption="The river at Tank", credit="R. Khan", alt_text="")
    text = open_editor(desk_page)
    text.press_sequentially("It rained.")
    text.press("Enter")

    tool(desk_page, "Picture").click()
    box = desk_page.get_by_role("combobox", name="Find a picture")
    box.press_sequentially("river")
    desk_page.get_by_role("option", name="The river at Tank").click()
    desk_page.get_by_role("button", name="Insert").click()
    expect(desk_page.get_by_role("alert")).to_contain_text("Say what the picture shows")
    desk_page.get_by_role("textbox", name="Alternative text").fill("A brown river between willows.")
    desk_page.get_by_role("button", name="Insert").click()

    figure = text.locator("figure")
    expect(figure).to_contain_text("The river at Tank R. Khan")
    expect_within(desk_page, f'src="{image.file.url}"')
    expect_within(desk_page, 'alt="A brown river between willows."')
    expect_within(desk_page, "<figcaption>The river at Tank <small>R. Khan</small></figcaption>")

    figure.get_by_role("button", name="Alternative text").click()
    desk_page.get_by_label("Decorative").check()
    desk_page.get_by_role("button", name="Set").click()
    expect_within(desk_page, 'alt=""')


def test_a_file_dropped_into_the_text_is_uploaded_and_wants_a_description(
    desk_page: Page, tmp_path: Path
) -> None:
    Picture.new("RGB", (640, 400), "#365").save(tmp_path / "river.png")
    text = open_editor(desk_page)
    text.press_sequentially("It rained.")

    drop(desk_page, text, (tmp_path / "river.png").read_bytes(), "river.png")

    picture = text.get_by_role("button", name="Alternative text: missing")
    expect(picture).to_be_visible()
    expect_within(desk_page, '<figure><img src="/media/')
    assert "alt=" not in written(desk_page)
    picture.click()
    desk_page.get_by_role("textbox", name="Alternative text").fill("A river.")
    desk_page.get_by_role("button", name="Set").click()
    expect_within(desk_page, 'alt="A river."')


def test_a_file_that_is_no_picture_is_refused_in_words_and_the_text_stays(desk_page: Page) -> None:
    text = open_editor(desk_page)
    text.press_sequentially("It rained.")

    drop(desk_page, text, b"<svg onload=alert(1)>", "river.png")

    expect(desk_page.get_by_text("“river.png” was not uploaded.")).to_be_visible()
    expect_written(desk_page, "<p>It rained.</p>")


def test_a_file_of_another_kind_is_refused_instead_of_being_opened(desk_page: Page) -> None:
    text = open_editor(desk_page)
    text.press_sequentially("It rained.")

    drop(desk_page, text, b"%PDF-1.7", "report.pdf", "application/pdf")

    expect(desk_page.get_by_text("“report.pdf” is no picture")).to_be_visible()
    expect_written(desk_page, "<p>It rained.</p>")


def test_urdu_reads_from_its_own_side_in_the_editor_and_before_readers(desk_page: Page) -> None:
    text = open_editor(desk_page)
    desk_page.get_by_label("Headline:").fill("Rain at last")
    text.press_sequentially("It rained.")
    text.press("Enter")
    text.press_sequentially("ٹانک میں بارش")
    reads = (
        "element => [getComputedStyle(element).unicodeBidi, getComputedStyle(element).direction]"
    )
    assert text.locator("p").nth(1).evaluate(reads) == ["plaintext", "ltr"]

    tool(desk_page, "Language of the paragraph").click()
    desk_page.get_by_label("Language", exact=True).fill("ur")
    desk_page.get_by_label("Language", exact=True).press("Tab")
    expect(desk_page.get_by_label("Reads")).to_have_value("rtl")
    desk_page.get_by_role("button", name="Set").click()
    expect(text.locator("p").nth(1)).to_have_css("direction", "rtl")
    desk_page.get_by_role("button", name="Publish").click()
    desk_page.get_by_role("link", name="readers see it").click()

    assert Article.objects.get().body == (
        '<p id="p1">It rained.</p><p lang="ur" dir="rtl" id="p2">ٹانک میں بارش</p>'
    )
    assert desk_page.locator("#p2").evaluate(reads)[1] == "rtl"


def test_words_are_counted_as_the_archive_counts_them(desk_page: Page) -> None:
    text = open_editor(desk_page)

    text.press_sequentially("State-run media said 1,200 left. بارش ہوئی")

    expect(desk_page.get_by_text("8 words · 1 min to read, at 220 words a minute")).to_be_visible()
    desk_page.get_by_label("Headline:").fill("Rain")
    desk_page.get_by_role("button", name="Save draft").click()
    desk_page.get_by_text("Saved; it is draft.").wait_for()
    assert Article.objects.get().word_count == 8


def test_everything_is_done_by_the_keyboard_alone(desk_page: Page) -> None:
    text = open_editor(desk_page)
    keys = desk_page.keyboard
    text.focus()
    keys.type("Rain")
    keys.press("Alt+F10")
    expect(tool(desk_page, "Heading")).to_be_focused()
    keys.press("ArrowRight")
    keys.press("Enter")
    expect_written(desk_page, "<h3>Rain</h3>")
    expect(tool(desk_page, "Subheading")).to_have_attribute("aria-pressed", "true")

    keys.press("Alt+F10")
    keys.press("End")
    keys.press("ArrowLeft")
    expect(tool(desk_page, "HTML")).to_be_focused()
    keys.press("Escape")
    expect(text).to_be_focused()
    keys.press("Control+/")
    keys_dialog = desk_page.get_by_role("dialog", name="Keyboard")
    expect(keys_dialog.get_by_role("row", name="Alt+Shift+Q Pull quote")).to_be_visible()
    keys.press("Escape")
    expect(keys_dialog).to_have_count(0)
    expect(text).to_be_focused()


def test_the_body_can_be_edited_as_html_and_what_has_no_place_in_it_goes(desk_page: Page) -> None:
    text = open_editor(desk_page)

    tool(desk_page, "HTML").click()
    desk_page.get_by_label("HTML of the text").fill(
        '<h1>Rain</h1><p onclick="alert(1)">It <abbr title="very">v.</abbr> rained.</p>'
        "<script>alert(1)</script>"
    )
    desk_page.get_by_role("button", name="Set").click()

    expect_written(desk_page, '<h2>Rain</h2><p>It <abbr title="very">v.</abbr> rained.</p>')
    text.press("Control+z")
    expect_written(desk_page, "")
