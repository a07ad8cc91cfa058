"""Text pasted from other programs, as each puts it on the clipboard: no debris gets in, and
nothing that an article is made of gets lost. The window fails a test on any refusal by the security
policy, which styles in pasted text would bring."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from articles.text.body import clean
from tests.admin.writing import expect_written, open_editor, paste, written

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILES = Path(__file__).parent.parent / "files" / "pasted"

EXPECTED = {
    "word": (
        "<h2>Floods in Tank</h2>"
        "<p><strong>ISLAMABAD</strong>, Feb 1 — The Quetta road&nbsp;was cut again. It "
        "<em>will</em> open.</p>"
        "<ul><li>Roads<ul><li>The N-50</li></ul></li><li>Bridges</li></ul>"
        "<ol><li>First</li><li>Second</li></ol>"
        '<p>See the file, <a href="https://example.org/a?id=7">the report</a>[1].</p>'
        '<table><tbody><tr><td><strong>Place</strong></td><td colspan="2">Rain</td></tr></tbody>'
        "</table>"
    ),
    "google-docs": (
        "<h2>Floods</h2><h3>In Tank</h3>"
        "<p>The road was <strong><em>cut</em></strong><sup>2</sup><s> again</s> "
        '<a href="https://example.org/a?id=3">the report</a>.</p>'
        "<ul><li>Roads<ul><li>The N-50</li></ul></li><li>Bridges</li></ul>"
        "<table><tbody><tr><td>Place</td><td>Rain</td></tr></tbody></table>"
    ),
    "libreoffice": (
        "<h2>Floods</h2>"
        "<p>The road <strong>was</strong> cut.<sup>1</sup></p>"
        "<ol><li>One</li><li>Two<ul><li>Two a</li></ul></li></ol>"
        "<p>لاہور میں بارش</p>"
        "<table><thead><tr><th>Place</th><th>Rain</th></tr></thead>"
        "<tbody><tr><td>Tank</td><td>12</td></tr></tbody></table>"
        "<p>1A note</p>"
    ),
    "web-page": (
        "<h2>Floods</h2><p>First line of a paragraph.</p>"
        "<p>Second paragraph<br>with a break.</p><p>Third.</p>"
        '<h3>Sub</h3><p>Text with <a href="https://example.org/a?id=2#x">a link</a>, bad, red</p>'
        "<blockquote>Quoted</blockquote>"
        '<h3>Related</h3><ul><li><a href="https://example.org/b">B</a></li></ul>'
        "<p>softhyphen zerowidth a&nbsp;b c</p>"
    ),
    "mail": (
        "<p>One line.</p><p>Two <strong>bold</strong> lines.</p>"
        "<blockquote><p>Quoted</p><p>again</p></blockquote>"
    ),
    "word-online": "<p>Text</p><ul><li>A</li><li>B</li></ul>",
    "newsletter": "<p>Dear reader</p><p>Hello</p><p>World</p>",
}


@pytest.mark.parametrize("source", EXPECTED)
def test_text_from_another_program_is_what_an_article_is_made_of(
    desk_page: Page, source: str
) -> None:
    text = open_editor(desk_page)

    paste(desk_page, text, (FILES / f"{source}.html").read_text(encoding="utf-8"))

    body = clean(written(desk_page)).replace(' rel="noopener"', "")
    assert body == EXPECTED[source]


@pytest.mark.parametrize(("source", "pictures"), [("word", 1), ("libreoffice", 1), ("web-page", 1)])
def test_pictures_are_left_out_and_it_is_said(desk_page: Page, source: str, pictures: int) -> None:
    text = open_editor(desk_page)

    paste(desk_page, text, (FILES / f"{source}.html").read_text(encoding="utf-8"))

    expect(desk_page.get_by_text("A picture was left out.")).to_be_visible()
    assert "<img" not in written(desk_page)


def test_words_of_another_text_join_the_sentence_they_are_pasted_into(desk_page: Page) -> None:
    text = open_editor(desk_page)
    text.press_sequentially("It rained in .")
    text.press("ArrowLeft")

    paste(desk_page, text, '<span style="color: red; font-weight: 700">Tank</span>')

    expect_written(desk_page, "<p>It rained in <strong>Tank</strong>.</p>")


def test_what_is_moved_within_the_text_stays_as_it_is(desk_page: Page) -> None:
    text = open_editor(desk_page)
    text.press_sequentially("- one")
    text.press("Control+a")
    text.press("Control+c")
    text.press("End")
    text.press("Enter")
    text.press("Enter")
    text.press("Control+v")

    expect_written(desk_page, "<ul><li>one</li></ul><ul><li>one</li></ul>")


def test_plain_text_keeps_its_paragraphs_and_loses_the_ends_of_its_lines(desk_page: Page) -> None:
    text = open_editor(desk_page)
    wrapped = (
        "It rained for a whole day in the valley, and then\nfor another.\n\n\nThen it stopped.\n"
    )

    paste(desk_page, text, "", wrapped)

    expect_written(
        desk_page,
        "<p>It rained for a whole day in the valley, and then for another.</p>"
        "<p>Then it stopped.</p>",
    )


def test_short_lines_of_plain_text_stay_lines(desk_page: Page) -> None:
    text = open_editor(desk_page)

    paste(desk_page, text, "", "Tank 12 mm\nQuetta 3 mm\n\nMore to come.")

    expect_written(desk_page, "<p>Tank 12 mm<br>Quetta 3 mm</p><p>More to come.</p>")


def test_an_address_pasted_over_words_becomes_their_link(desk_page: Page) -> None:
    text = open_editor(desk_page)
    text.press_sequentially("The report")
    for _ in range(6):
        text.press("Shift+ArrowLeft")

    paste(desk_page, text, "", "https://example.org/report")

    expect_written(desk_page, '<p>The <a href="https://example.org/report">report</a></p>')
