"""Copy that must be held back: until when, and what happens when nobody can tell."""

from datetime import UTC, datetime

import pytest

from articles.importing.embargo_lines import moment, read_embargo


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED until 1 March 2026, 10:00", (1, 10, 0)),
        ("EMBARGOED UNTIL 10:00 GMT ON 1 MARCH 2026", (1, 10, 0)),
        ("*** EMBARGO: 2026-03-01 10:00 ***", (1, 10, 0)),
        ("Embargo: 0001 GMT, 2 March 2026", (2, 0, 1)),
        ("Strictly embargoed until 00.01hrs on Tuesday 3 March 2026", (3, 0, 1)),
        ("EMBARGOED FOR RELEASE UNTIL 12 NOON EST, March 3, 2026", (3, 17, 0)),
        ("Not for publication before 1 March 2026", (1, 0, 0)),
        ("Sperrfrist: 03.03.2026, 19.00 Uhr", (3, 19, 0)),
        ("Embargoed until 2026-03-01T10:00+05:00", (1, 5, 0)),
        ("(Embargoed until 1 March 2026, 10:00 a.m. PKT)", (1, 5, 0)),
    ],
)
def test_the_moment_it_ends_is_read(line: str, until: tuple[int, int, int]) -> None:
    day, hour, minute = until

    assert moment(read_embargo(line) or "") == datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    [
        "EMBARGOED",
        "UNDER EMBARGO UNTIL Monday",
        "Embargoed until 1 March, 10:00",
        "Embargoed until 3/1/2026",
        "Embargoed until 1 March 2026, 10:00 PST",
    ],
)
def test_one_whose_end_is_in_doubt_is_an_embargo_all_the_same(line: str) -> None:
    words = read_embargo(line)

    assert words is not None
    assert moment(words) is None


@pytest.mark.parametrize(
    "line",
    [
        "Embargoed goods were seized at the port on Monday.",
        "Embargo for Iran was lifted.",
        "Embargo lifted, says minister",
        "The embargo until 1 March 2026 was agreed in Geneva.",
        "",
    ],
)
def test_news_of_an_embargo_is_none(line: str) -> None:
    assert read_embargo(line) is None
