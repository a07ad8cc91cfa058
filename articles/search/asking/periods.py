"""Dates as a reader gives them: a year, a month or a day of the site's time zone."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from articles.listings import day_bounds, month_bounds, year_bounds

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
# No newspaper is older, and the calendar of Python ends with the year 9999.
_YEARS = range(1000, 9999)


@dataclass(frozen=True, slots=True)
class Period:
    """The year, month or day that ``text`` names: its first moment and the first after it."""

    text: str
    start: datetime
    end: datetime


def read_period(text: str) -> Period:
    """``text`` is YYYY, YYYY-MM or YYYY-MM-DD; anything else raises ``ValueError``."""
    match = _DATE.fullmatch(text)
    if not match or int(match[1]) not in _YEARS:
        raise ValueError(text)
    year, month, day = match.groups()
    if day:
        bounds = day_bounds(date(int(year), int(month), int(day)))
    elif month:
        date(int(year), int(month), 1)
        bounds = month_bounds(int(year) * 100 + int(month))
    else:
        bounds = year_bounds(int(year))
    return Period(text, *bounds)


def beside(period: Period, step: int) -> Period:
    """The year, month or day just before ``period``, or with 1 for ``step`` instead of -1 just
    after it. Raises ``ValueError`` at either end of the calendar."""
    year, *rest = map(int, period.text.split("-"))
    if not rest:
        return read_period(f"{year + step:04}")
    if len(rest) == 1:
        months = year * 12 + rest[0] - 1 + step
        return read_period(f"{months // 12:04}-{months % 12 + 1:02}")
    return read_period((date(year, *rest) + timedelta(days=step)).isoformat())
