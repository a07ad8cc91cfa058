"""A span of days in words."""

import pytest

from articles.text.spans import span_in_words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "the same day"),
        (1, "the day after"),
        (-1, "the day before"),
        (2, "two days later"),
        (-13, "13 days earlier"),
        (-14, "two weeks earlier"),
        (21, "three weeks later"),
        (-60, "two months earlier"),
        (365, "twelve months later"),
        (-700, "23 months earlier"),
        (-730, "two years earlier"),
        (30_000, "82 years later"),
    ],
)
def test_it_is_said_in_the_unit_that_fits(days: int, words: str) -> None:
    assert span_in_words(days) == words
