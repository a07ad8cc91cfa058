"""What is the article in the text of a page, and what is the page around it."""

from hypothesis import given
from hypothesis import strategies as st

from articles.importing.page_text import take_apart

FIRST = "Heavy rain flooded the lower town on Monday, and several hundred people left their homes."
SECOND = "The river is expected to fall by Thursday, the meteorological office said in a statement."


def page(*lines: str) -> str:
    return "\n".join(lines)


def test_what_follows_the_article_on_its_page_is_dropped() -> None:
    for debris in ("Comments:", "Leave a Reply", "Related Posts", "3 Comments", "Read more:"):
        found = take_apart(page(FIRST, "", SECOND, "", debris, "A reader writes at some length."))
        assert found.paragraphs == (FIRST, SECOND), debris


def test_furniture_between_paragraphs_is_dropped() -> None:
    found = take_apart(page(FIRST, "ADVERTISEMENT", "Share on Facebook", SECOND, "© 2026 A Paper"))

    assert found.paragraphs == (FIRST, SECOND)


def test_headline_byline_and_date_stand_above_the_text() -> None:
    found = take_apart(
        page(
            "Rain floods lower town",
            "By Ann Reed and Omar Khan",
            "March 3, 2024",
            "",
            FIRST,
            SECOND,
        )
    )

    assert found.headline == "Rain floods lower town"
    assert found.authors == ("Ann Reed", "Omar Khan")
    assert found.date_words == "March 3, 2024"
    assert found.paragraphs == (FIRST, SECOND)


def test_copy_without_a_headline_has_none() -> None:
    assert take_apart(page(FIRST, SECOND)).headline == ""


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "Heavy rain flooded the lower town on Monday, and\nseveral hundred people left their homes."
    )

    assert take_apart(f"{wrapped}\n\n{SECOND}\n\n{SECOND}").paragraphs[0] == FIRST


def test_a_subheading_that_speaks_of_comments_does_not_end_a_short_start() -> None:
    assert take_apart(page("Comments", FIRST)).paragraphs == (FIRST,)


def test_a_header_says_what_the_copy_cannot() -> None:
    found = take_apart(
        page("Headline: Rain", "Authors: Ann Reed", "Correction: one", "Correction: two", "", FIRST)
    )

    assert found.headline == "Rain"
    assert found.headers["authors"] == "Ann Reed"
    assert found.headers["correction"] == "one\ntwo"
    assert found.paragraphs == (FIRST,)


@given(st.text(max_size=500))
def test_no_text_breaks_it(text: str) -> None:
    take_apart(text)
