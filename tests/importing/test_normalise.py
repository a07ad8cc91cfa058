"""From a text to the article that it holds, without any database."""

from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import fill

import pytest

from articles.importing.normalise import normalise
from articles.importing.records import ArticleRecord, ImportFault, Options, RawItem
from articles.text.body import blocks

FILE = Path(__file__).parent.parent / "files" / "islamabad-feb-1.txt"
STORY = FILE.read_text(encoding="utf-8").strip()
WITHOUT_DATELINE = STORY.removeprefix("Islamabad, Feb 1: ")
LEAD = WITHOUT_DATELINE.partition("\n")[0]
TODAY = date(2026, 11, 22)


def read(text: str, year: int | None = None) -> ArticleRecord:
    item = RawItem(where="copy.txt", format="text", content=text.encode(), text=text)
    return normalise(item, Options(year=year), lambda name: name.title() == "Islamabad", TODAY)


def texts(record: ArticleRecord) -> list[str]:
    return [block.text for block in blocks(record.body)]


@pytest.mark.parametrize(
    "copy",
    [
        STORY.replace("\n", "\r\n"),
        STORY.replace("\n", "  \n\n\n"),
        f"\ufeff{STORY}",
        STORY.replace("Islamabad, Feb 1", "Islamabad,\u00a0Feb\u00a01"),
        f"Violence erupts in Balochistan\n\n{STORY}",
        f"ISLAMABAD, Feb 1\n\n{WITHOUT_DATELINE}",
        f"Violence erupts in Balochistan\nISLAMABAD, Feb 1 (APP)\n{WITHOUT_DATELINE}",
        f"Home » Pakistan\nViolence erupts\nNews Desk\nFebruary 1, 2026\nShare\n{STORY}",
        "\n".join(fill(line, 76) for line in STORY.split("\n")),
        "\n\n".join(fill(line, 76) for line in STORY.split("\n")),
    ],
)
def test_however_it_was_saved_it_is_the_same_story(copy: str) -> None:
    record = read(copy, year=2026)

    assert record.dateline_places[0].title() == "Islamabad"
    assert record.dateline_date == date(2026, 2, 1)
    assert (len(texts(record)), texts(record)[0]) == (12, LEAD)


def test_a_dateline_without_a_day_must_name_a_known_place() -> None:
    assert read(f"ISLAMABAD: {LEAD}").dateline_text == "ISLAMABAD"
    assert read(f"Clashes\nBy Ann Reed\nISLAMABAD\n{LEAD}").dateline_text == "ISLAMABAD"
    assert read(f"By Ann Reed\nISLAMABAD\n\n{LEAD}").headline_is_drawn
    assert read(f"ATLANTIS: {LEAD}").dateline_text == ""


def test_the_year_that_the_copy_gives_needs_no_other() -> None:
    record = read(f"Violence erupts\nDecember 31, 1947\n\n{STORY}", year=2026)

    assert record.dateline_date == date(1948, 2, 1)
    assert record.published_at is not None
    assert record.published_at.date() == date(1947, 12, 31)


def test_a_line_between_headline_and_text_stays_in_the_body() -> None:
    record = read(f"Violence erupts\nOfficials say 129 are dead\n{STORY}")

    assert record.headline == "Violence erupts"
    assert texts(record)[:2] == ["Officials say 129 are dead", LEAD]


@pytest.mark.parametrize(("words", "kept"), [("ur", "ur"), ("en-GB", "en-GB"), ("English", "en")])
def test_a_language_is_a_tag_or_found_out(words: str, kept: str) -> None:
    assert read(f"Headline: Rain\nLanguage: {words}\n\n{LEAD}").language == kept


@pytest.mark.parametrize("day", ["1599-12-31", "2028-01-01"])
def test_a_date_that_no_newspaper_bears_is_refused(day: str) -> None:
    with pytest.raises(ImportFault, match="the archive takes what is of 1600 to 2027"):
        read(f"Headline: Rain\nDate: {day}\n\n{LEAD}")


def test_an_embargo_is_kept_and_does_not_stand_in_the_text() -> None:
    record = read(f"EMBARGOED until 1 March 2026, 10:00\nViolence erupts\n{STORY}")

    assert record.embargo_until == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert record.headline == "Violence erupts"
    assert texts(record)[0] == LEAD


def test_an_embargo_that_cannot_be_read_is_told() -> None:
    record = read(f"EMBARGOED UNTIL MONDAY\nViolence erupts\n{STORY}")

    assert record.embargo_until is None
    assert record.unread_embargo == "MONDAY"
    assert any("embargo" in remark for remark in record.remarks)


@pytest.mark.parametrize(
    ("start", "dateline", "source"),
    [
        ("ISLAMABAD, Feb 1 (Agency) — ", "ISLAMABAD, Feb 1 (Agency)", "Agency"),
        ("Islamabad, 1 February (dpa) - ", "Islamabad, 1 February (dpa)", "dpa"),
        ("ISLAMABAD: ", "ISLAMABAD", "text file"),
        ("ISLAMABAD (Web Desk): ", "ISLAMABAD (Web Desk)", "text file"),
        ("Result: ", "", "text file"),
        ("Note: ", "", "text file"),
        ("Analysis | ", "", "text file"),
        ("", "", "text file"),
    ],
)
def test_the_agency_of_a_dateline_is_the_source(start: str, dateline: str, source: str) -> None:
    record = read(f"{start}{LEAD}\n\nPolice said so on Sunday.")

    assert (record.dateline_text, record.source) == (dateline, source)
    assert texts(record)[0] == (LEAD if dateline else f"{start}{LEAD}")
