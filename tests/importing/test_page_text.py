"""What is the article in the text of a page, and what is the page around it."""

from textwrap import fill

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.importing.page_text import take_apart
from tests.growth import no_faster_than_its_input

FIRST = "Heavy rain flooded the lower town on Monday, and several hundred people left their homes."
SECOND = "The river is expected to fall by Thursday, the meteorological office said in a statement."


def page(*lines: str) -> str:
    return "\n".join(lines)


def test_what_follows_the_article_on_its_page_is_dropped() -> None:
    for debris in (
        "Comments:",
        "Leave a Reply",
        "Related Posts",
        "3 Comments",
        "Read more:",
        "3 thoughts on “Rain floods lower town”",
        "One response to “Rain floods lower town”",
        "Like this:",
        "Tags",
        "Published in A Paper, March 4th, 2024",
    ):
        found = take_apart(page(FIRST, "", SECOND, "", debris, "A reader writes at some length."))
        assert found.paragraphs == (FIRST, SECOND), debris
        assert (found.ended_by, found.dropped) == (debris, 1)


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


@pytest.mark.parametrize(
    ("line", "authors", "date_words"),
    [
        ("By Our Correspondent", ("Our Correspondent",), ""),
        ("BY ANN REED AND OMAR KHAN", ("ANN REED", "OMAR KHAN"), ""),
        ("By M. Ilyas Khan, Ann de la Cruz", ("M. Ilyas Khan", "Ann de la Cruz"), ""),
        ("By Ann Reed | March 3, 2024", ("Ann Reed",), "March 3, 2024"),
        ("Ann Reed Published March 3, 2024 Updated 2 hours ago", ("Ann Reed",), "March 3, 2024"),
        ("Ann Reed | Published March 3, 2024 | Updated 08:12pm", ("Ann Reed",), "March 3, 2024"),
        ("Posted on 3 March 2024 by Ann Reed", ("Ann Reed",), "3 March 2024"),
        ("March 3, 2024 Ann Reed Weather 3 Comments", (), "March 3, 2024"),
        ("Last updated March 3, 2024 08:12 PKT", (), "March 3, 2024"),
    ],
)
def test_credits_are_read_as_papers_and_blogs_print_them(
    line: str, authors: tuple[str, ...], date_words: str
) -> None:
    found = take_apart(page("Rain floods lower town", line, "", FIRST, SECOND))

    assert (found.authors, found.date_words) == (authors, date_words)
    assert (found.headline, found.paragraphs) == ("Rain floods lower town", (FIRST, SECOND))


def test_a_name_by_itself_is_the_author_s_above_a_date() -> None:
    found = take_apart(page("Rain floods lower town", "Ann Reed", "March 3, 2024", FIRST, SECOND))

    assert found.authors == ("Ann Reed",)


def test_a_headline_that_begins_with_by_is_no_byline() -> None:
    found = take_apart(page("By the river, the houses stand empty", FIRST, SECOND))

    assert found.headline == "By the river, the houses stand empty"


def test_navigation_in_front_of_the_headline_is_dropped() -> None:
    found = take_apart(
        page(
            "Skip to content", "Menu", "News", "World", "Home / News / World",
            "Rain floods lower town", "5 min read", "Share", "", FIRST, SECOND,
        )
    )  # fmt: skip

    assert found.headline == "Rain floods lower town"
    assert (found.standfirst, found.paragraphs) == ((), (FIRST, SECOND))


def test_no_line_between_headline_and_text_is_lost() -> None:
    found = take_apart(
        page("An interview with the mayor", "Q: What went wrong?", "A: The river rose.", FIRST)
    )

    assert found.headline == "An interview with the mayor"
    assert found.standfirst == ("Q: What went wrong?",)
    assert found.paragraphs == ("A: The river rose.", FIRST)


def test_copy_without_a_headline_has_none() -> None:
    assert take_apart(page(FIRST, SECOND)).headline == ""


def test_wrapped_lines_are_one_paragraph() -> None:
    wrapped = (
        "Heavy rain flooded the lower town on Monday, and\nseveral hundred people left their homes."
    )

    assert take_apart(f"{wrapped}\n\n{SECOND}\n\n{SECOND}").paragraphs[0] == FIRST


@pytest.mark.parametrize("indent", ["", "    "])
def test_wrapped_paragraphs_need_no_empty_lines_between_them(indent: str) -> None:
    copy = "\n".join(fill(words, 72, initial_indent=indent) for words in (FIRST, SECOND, FIRST))

    assert take_apart(copy).paragraphs == (FIRST, SECOND, FIRST)


def test_lines_that_only_happen_to_be_of_one_length_stay_lines() -> None:
    long = f"{FIRST} {SECOND}"
    copy = page("Rain floods lower town and its bridge in the night", "By Ann Reed", long, long)

    assert take_apart(copy).headline == "Rain floods lower town and its bridge in the night"
    assert take_apart(page(FIRST, SECOND, FIRST)).paragraphs == (FIRST, SECOND, FIRST)


def test_what_cannot_be_seen_does_not_hide_the_first_word() -> None:
    assert take_apart(f"\u200b\ufeffQUETTA:\u200b {FIRST}\x1a\n").paragraphs == (
        f"QUETTA: {FIRST}",
    )


@pytest.mark.parametrize(
    "hostile", ["x\nComments\n", "Home / ", "by A, ", "Saleem | ", "aaaa bbbb cccc " * 4 + "\n"]
)
def test_hostile_copy_takes_time_that_grows_with_its_length_only(hostile: str) -> None:
    with no_faster_than_its_input():
        take_apart(hostile * (200_000 // len(hostile)) + "\nEnd.")


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
