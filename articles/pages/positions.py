"""Positions over time: how they are drawn, and which of them somebody held on a day.

A date of which only the year is known may be any day of it. A day is surely covered when it lies
between the latest day that the position may have begun and the earliest that it may have ended.
"""

from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.freshness import holds_until, shows_each
from articles.listings import day_bounds
from articles.models import DatePrecision, Position, Subject

_WIDTH = 1_000
_HEIGHT = 12
_NARROWEST = 4  # so that a few days in a century are still seen
_FEWEST_YEARS = 2


class Days(NamedTuple):
    """The first and the last day that a date may be."""

    first: date
    last: date


class Term(NamedTuple):
    """When a position began and ended; ``began`` is None where nobody knows, and ``ended`` ends
    on ``date.max`` where it goes on or its end is not known."""

    position: Position
    began: Days | None
    ended: Days

    def surely_covers(self, day: date) -> bool:
        return self.began is not None and self.began.last <= day <= self.ended.first

    def perhaps_covers(self, day: date) -> bool:
        return self.began is not None and self.began.first <= day <= self.ended.last


def terms(positions: Iterable[Position]) -> list[Term]:
    """These positions with their days, in the same order.

    One without an end is held still, unless its holder has begun another since, or somebody else
    one of the same title: then nobody knows how long it was held beyond that.
    """
    rows = list(positions)
    return [Term(row, _began(row), _ended(row, rows)) for row in rows]


def hold_today(held: Iterable[Term]) -> None:
    """Say that the page being rendered shows these as they are today."""
    rows = [term.position for term in held]
    shows_each(Subject.PERSON, [row.person_id for row in rows])
    shows_each(Subject.PLACE, [row.place_id for row in rows if row.place_id])
    shows_each(Subject.ORGANISATION, [row.organisation_id for row in rows if row.organisation_id])
    if rows:
        _, tomorrow = day_bounds(timezone.localdate())
        holds_until(tomorrow)


class Office(NamedTuple):
    """What somebody was when an article appeared, and how that is known."""

    title: str
    certainty: str


def office_on(day: date, held: Sequence[Term], given: str = "") -> Office | None:
    """The title of somebody with these terms on ``day``; ``given`` is the one in the copy.

    What surely covers the day comes first, then the copy's own word, then what may cover it.
    """
    if surely := [term.position.title for term in held if term.surely_covers(day)]:
        return Office(_listed(surely), "that day")
    if given:
        return Office(given, "in the article")
    if perhaps := [term.position.title for term in held if term.perhaps_covers(day)]:
        return Office(_listed(perhaps), "about then")
    return None


class Bar(NamedTuple):
    """A position and its stretch of time, drawn; empty where its beginning is not known."""

    position: Position
    svg: SafeString | str


class Chart(NamedTuple):
    """Bars on one axis, from the ``first`` to the ``last`` year; those are None, and the bars not
    drawn, where there is too little to draw."""

    bars: list[Bar]
    first: int | None
    last: int | None


def chart(held: Sequence[Term], today: date) -> Chart:
    """The terms, each as a bar: solid where it surely was held, faint where it may have been."""
    ends = [day for term in held if term.began for day in (term.began.first, _shown(term, today))]
    if not ends or max(ends).year - min(ends).year < _FEWEST_YEARS:
        return Chart([Bar(term.position, "") for term in held], None, None)
    first, last = min(ends).year, max(ends).year
    start = date(first, 1, 1)
    scale = _WIDTH / (date(last, 12, 31) - start).days
    return Chart(
        [Bar(term.position, _svg(term, start, scale, today)) for term in held], first, last
    )


def iso(day: date | None, precision: str) -> str:
    """As ISO 8601 writes a date of which no more is known: 1947, 1947-08 or 1947-08-15."""
    if day is None:
        return ""
    known = {DatePrecision.YEAR.value: 4, DatePrecision.MONTH.value: 7}
    return day.isoformat()[: known.get(precision, 10)]


def _began(position: Position) -> Days | None:
    return _days(position.started_on, position.start_precision)


def _ended(position: Position, among: Sequence[Position]) -> Days:
    if ended := _days(position.ended_on, position.end_precision):
        return ended
    began = _began(position)
    since = [
        day.first
        for other in among
        if other.person_id == position.person_id or other.title == position.title
        if began and (day := _began(other)) and day.first > began.last
    ]
    return Days(min(since, default=date.max), date.max)


def _days(day: date | None, precision: str) -> Days | None:
    if day is None:
        return None
    if precision == DatePrecision.YEAR:
        return Days(date(day.year, 1, 1), date(day.year, 12, 31))
    if precision == DatePrecision.MONTH:
        last = monthrange(day.year, day.month)[1]
        return Days(day.replace(day=1), day.replace(day=last))
    return Days(day, day)


def _listed(titles: Sequence[str]) -> str:
    *most, last = dict.fromkeys(reversed(titles))
    return f"{', '.join(most)} and {last}" if most else last


def _shown(term: Term, today: date) -> date:
    """The day up to which a term is drawn."""
    began = term.began.last if term.began else today
    return max(began, min(term.ended.last, today))


def _svg(term: Term, start: date, scale: float, today: date) -> SafeString | str:
    if term.began is None:
        return ""
    whole = _rect("perhaps", term.began.first, _shown(term, today), start, scale)
    ends = min(term.ended.first, today)
    surely = _rect("surely", term.began.last, ends, start, scale) if ends >= term.began.last else ""
    return format_html(
        '<svg viewBox="0 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}{}</svg>',
        _WIDTH, _HEIGHT, whole, surely,
    )  # fmt: skip


def _rect(name: str, first: date, last: date, start: date, scale: float) -> SafeString:
    x = round((first - start).days * scale)
    width = max(_NARROWEST, round((last - first).days * scale))
    return mark_safe(
        f'<rect class="{name}" x="{min(x, _WIDTH - width)}" y="0" width="{width}" '
        f'height="{_HEIGHT}"/>'
    )
