"""Days, months and years of the site's time zone as half-open spans of time.

A month is written as the number YYYYMM: 202602 is February 2026.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

Bounds = tuple[datetime, datetime]


def month_of(moment: datetime) -> int:
    """The month that ``moment`` falls in, as YYYYMM."""
    local = timezone.localtime(moment)
    return local.year * 100 + local.month


def day_bounds(day: date) -> Bounds:
    """The first moment of ``day`` and the first after it."""
    return _midnight(day), _midnight(day + timedelta(days=1))


def month_bounds(month: int) -> Bounds:
    """The first moment of the month YYYYMM and the first after it."""
    first = date(month // 100, month % 100, 1)
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return _midnight(first), _midnight(following)


def year_bounds(year: int) -> Bounds:
    """The first moment of ``year`` and the first after it."""
    return _midnight(date(year, 1, 1)), _midnight(date(year + 1, 1, 1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, timezone.get_default_timezone())
