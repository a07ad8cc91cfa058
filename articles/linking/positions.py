"""Who held which title on a day, as far as the dates of positions say.

A date that is known by its year alone is read as any day of that year: it neither proves that
somebody held a title on a day of it, nor that he did not.
"""

from calendar import monthrange
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from articles.models import DatePrecision


class Then(IntEnum):
    """How a position stands to a day; the greater, the more it speaks for its holder."""

    NOT_YET = 0
    OVER = 1
    PERHAPS = 2
    HELD = 3


class Held(NamedTuple):
    """A position: its title, the first and the last day on which it may have begun and ended, and
    the organisation and the place that it belongs to, by id."""

    title: str
    begins: tuple[date, date] | None = None
    ends: tuple[date, date] | None = None
    organisation_id: int | None = None
    place_id: int | None = None

    def on(self, day: date | None) -> Then:
        """Whether it was held on ``day``; a position without an end goes on."""
        if day is None:
            return Then.PERHAPS
        if self.begins and day < self.begins[0]:
            return Then.NOT_YET
        if self.ends and day > self.ends[1]:
            return Then.OVER
        has_begun = self.begins is not None and day >= self.begins[1]
        goes_on = self.ends is None or day <= self.ends[0]
        return Then.HELD if has_begun and goes_on else Then.PERHAPS


def days_of(known: date | None, precision: str) -> tuple[date, date] | None:
    """The first and the last day that a date may mean that is known to a year, month or day."""
    if known is None:
        return None
    if precision == DatePrecision.YEAR:
        return date(known.year, 1, 1), date(known.year, 12, 31)
    if precision == DatePrecision.MONTH:
        last = monthrange(known.year, known.month)[1]
        return known.replace(day=1), known.replace(day=last)
    return known, known
