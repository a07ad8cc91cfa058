"""The examples in docs/search.md do what they say."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http import QueryDict

from articles.search import parse
from tests.factories import (
    make_author,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)
from tests.search.archive import criteria, headlines, publish

pytestmark = pytest.mark.django_db

MANUAL = Path(__file__).parents[2] / "docs" / "search.md"


def rows(heading: str) -> Iterator[list[str]]:
    """The cells of the table under ``heading``, without its head."""
    section = MANUAL.read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| `")]
    for line in lines:
        cells = line.replace(r"\|", "\0").strip("| ").split(" | ")
        # Without the marks of code and of emphasis.
        yield [cell[1:-1].replace("\0", "|") if cell[0] in "`*" else cell for cell in cells]


@pytest.mark.parametrize(
    ("typed", "found", "not_found"), [(r[0], r[2], r[3]) for r in rows("Words")]
)
def test_words_find_what_the_manual_says(typed, found, not_found):
    for text in (found, not_found):
        headline, _, paragraph = text.partition(" — ")
        publish(headline, paragraphs=[paragraph] if paragraph else [])
    assert headlines(q=typed) == [found.partition(" — ")[0]]


@pytest.mark.parametrize(("typed", "address"), [(r[0], r[1]) for r in rows("Fields")])
def test_fields_are_the_parameters_that_the_manual_says(typed, address):
    quetta = make_place("Quetta", names=["کوئٹہ"])
    publish(
        about=[
            quetta,
            make_place("Sui"),
            make_person("Mohsin Naqvi"),
            make_organisation("PMD"),
        ],
        tags=[make_tag("natural gas"), make_tag("sport")],
        section=make_section("National"),
        authors=[make_author("Amina Baloch")],
    )
    asked = criteria(q=typed)
    assert asked.notes == ()
    assert asked.query_string == address
    assert asked == parse(QueryDict(address))
    assert criteria(q="place:کوئٹہ") == criteria(place="quetta")
