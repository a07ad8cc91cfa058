"""Dates of which only the year, or the year and month, is known.

Written as in ISO 8601: ``1947``, ``1947-08``, ``1947-08-15``. Kept as a date with its precision,
the unknown parts being 1, so that nobody prints a first of January that nobody stated.
"""

import re
from datetime import date

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def parse_partial(words: str) -> tuple[date | None, str]:
    """The date and its precision (``year``, ``month`` or ``day``); no date for an empty string.

    Raises ValueError for anything else that is not such a date.
    """
    if not words.strip():
        return None, "day"
    match = _PARTIAL.fullmatch(words.strip())
    if match is None:
        raise ValueError(f"“{words}” is not a date such as 1947, 1947-08 or 1947-08-15")
    year, month, day = match.groups()
    precision = "day" if day else "month" if month else "year"
    return date(int(year), int(month or 1), int(day or 1)), precision


def format_partial(day: date, precision: str) -> str:
    """The date in words, as precise as it is known: ``15 August 1947``, ``August 1947``."""
    if precision == "year":
        return f"{day.year}"
    if precision == "month":
        return f"{day:%B} {day.year}"
    return f"{day.day} {day:%B} {day.year}"


def rounded_down(day: date | None, precision: str) -> date | None:
    """The date with 1 for what ``precision`` leaves unknown."""
    if day is None or precision == "day":
        return day
    return day.replace(day=1) if precision == "month" else day.replace(month=1, day=1)
