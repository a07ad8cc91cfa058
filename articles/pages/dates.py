"""The archive by date: at a glance, by year, by month, by day."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe

from articles.listings import Listing, day_bounds, month_bounds, year_bounds
from articles.models import ListingKind
from articles.models.page_address import page_address
from articles.pages.listing_page import listing_page
from articles.templatetags.moments import written

SHADES = 5
"""How many shades a calendar tells counts apart by; 0 is none."""

_ARCHIVE = Listing(ListingKind.ARCHIVE)


@dataclass(frozen=True, slots=True)
class Cell:
    """A month of a calendar; without an address when nothing was published then."""

    when: date
    count: int
    shade: int
    address: str


class Neighbour(NamedTuple):
    """The nearest time before or after that has articles."""

    label: str
    address: str


def archive(request: HttpRequest) -> HttpResponse:
    """Every year and month with its number of articles."""
    months = _ARCHIVE.months()
    peak = max(months.values(), default=0)
    years: dict[int, list[Cell]] = {}
    for year in sorted({month // 100 for month in months}, reverse=True):
        years[year] = [
            _month_cell(year, month, months.get(year * 100 + month, 0), peak)
            for month in range(1, 13)
        ]
    context = {
        "years": [
            (year, page_address("year", year), sum(cell.count for cell in cells), cells)
            for year, cells in years.items()
        ],
        "total": sum(months.values()),
        "canonical": reverse("articles:archive"),
        "feed": reverse("articles:home-feed"),
    }
    return render(request, "articles/pages/archive.html", context)


def year(request: HttpRequest, year: int) -> HttpResponse:
    """A year's months with their numbers of articles."""
    since, until = year_bounds(year)
    months = Listing(ListingKind.ARCHIVE, since=since, until=until).months()
    of_year = {month % 100: count for month, count in months.items()}
    if not of_year:
        raise Http404("nothing was published in this year")
    peak = max(of_year.values())
    before, after = _around(since, until)
    address = page_address("year", year)
    context = {
        "year": year,
        "total": sum(of_year.values()),
        "cells": [_month_cell(year, month, of_year.get(month, 0), peak) for month in range(1, 13)],
        "before": _year_neighbour(before),
        "after": _year_neighbour(after),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/year.html", context)


def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """A month's calendar and its articles."""
    since, until = month_bounds(year * 100 + month)
    listing = Listing(ListingKind.ARCHIVE, since=since, until=until)
    months = listing.months()
    if not months:
        raise Http404("nothing was published in this month")
    page, links = listing_page(request, listing, months=months)
    days = listing.days(year, month)
    before, after = _around(since, until)
    address = page_address("month", year, month)
    first_weekday = int(get_format("FIRST_DAY_OF_WEEK"))
    weeks = calendar.Calendar((first_weekday - 1) % 7).monthdayscalendar(year, month)
    context = {
        "month": date(year, month, 1),
        "weekdays": [_weekday(first_weekday - 1 + place) for place in range(7)],
        "weeks": [_week(year, month, week, days) for week in weeks],
        "page": page,
        "links": links,
        "before": _month_neighbour(before),
        "after": _month_neighbour(after),
        "year_address": page_address("year", year),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/month.html", context)


def day(request: HttpRequest, year: int, month: int, day: int) -> HttpResponse:
    """A day's articles, and the nearest days before and after that have some."""
    since, until = day_bounds(existing_date(year, month, day))
    page, links = listing_page(
        request, Listing(ListingKind.ARCHIVE, since=since, until=until), size=40
    )
    if not page.articles:
        raise Http404("nothing was published on this day")
    before, after = _around(since, until)
    address = page_address("day", year, month, day)
    context = {
        "day": date(year, month, day),
        "page": page,
        "links": links,
        "before": _day_neighbour(before),
        "after": _day_neighbour(after),
        "year_address": page_address("year", year),
        "month_address": page_address("month", year, month),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/day.html", context)


def existing_date(year: int, month: int, day: int) -> date:
    """The date of these numbers. Raises Http404 for the 30th of February."""
    try:
        return date(year, month, day)
    except ValueError as error:
        raise Http404("there is no such day") from error


def _shade(count: int, peak: int) -> int:
    """From 0 for none to ``SHADES`` for as many as at the peak."""
    return -(-count * SHADES // peak) if count else 0


def _month_cell(year: int, month: int, count: int, peak: int) -> Cell:
    address = page_address("month", year, month) if count else ""
    return Cell(date(year, month, 1), count, _shade(count, peak), address)


def _week(year: int, month: int, days: list[int], counts: Mapping[int, int]) -> SafeString:
    """The cells of a calendar's week; a day of 0 is another month's. Not a template, which would
    take as long as the rest of the page."""
    peak = max(counts.values())
    cells = []
    for day in days:
        if count := counts.get(day, 0):
            address = page_address("day", year, month, day)
            cells.append(
                f'<td class="shade{_shade(count, peak)}"><a href="{address}" '
                f'title="{count} article{pluralize(count)}">{day}</a></td>'
            )
        else:
            cells.append(f"<td>{day or ''}</td>")
    return mark_safe("".join(cells))


def _weekday(number: int) -> tuple[str, str]:
    """The long and the short name of a weekday, 0 being Monday."""
    somewhen = date(2024, 1, 1 + number % 7)
    return written(somewhen, "l"), written(somewhen, "D")


def _around(since: datetime, until: datetime) -> tuple[date | None, date | None]:
    """The nearest days with articles before and after a span of time, in two queries."""
    before = _ARCHIVE.beyond((since, 0), 1)
    after = _ARCHIVE.beyond((until, 0), 1, newest_first=False)
    return (
        timezone.localdate(before[0][0]) if before else None,
        timezone.localdate(after[0][0]) if after else None,
    )


def _year_neighbour(day: date | None) -> Neighbour | None:
    return Neighbour(str(day.year), page_address("year", day.year)) if day else None


def _month_neighbour(day: date | None) -> Neighbour | None:
    if day is None:
        return None
    address = page_address("month", day.year, day.month)
    return Neighbour(written(day, "F Y"), address)


def _day_neighbour(day: date | None) -> Neighbour | None:
    if day is None:
        return None
    address = page_address("day", day.year, day.month, day.day)
    return Neighbour(written(day, "j F Y"), address)
