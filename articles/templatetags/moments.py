"""Times as readers see them, with the machine's form beside."""

from collections.abc import Mapping
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def day(moment: datetime | None) -> SafeString:
    """``<time>`` with the day, written out: 1 February 2026; nothing for None."""
    return _time(moment, MONTHS)


@register.filter
def short_day(moment: datetime | None) -> SafeString:
    """``<time>`` with the day, in short: 1 Feb 2026; nothing for None."""
    return _time(moment, MONTHS_3)


@register.filter
def minute(moment: datetime | None) -> SafeString:
    """``<time>`` with day, hour and minute: 1 February 2026, 14:05; nothing for None."""
    return _time(moment, MONTHS, with_hour=True)


@register.filter
def imprecise(value: date | None, precision: str) -> str:
    """A date only as exactly as it is known: 2016, August 2016 or 24 August 2016."""
    if value is None:
        return ""
    return date_format(value, {"year": "Y", "month": "F Y"}.get(precision, "j F Y"))


def _time(
    moment: datetime | None, months: Mapping[int, str], *, with_hour: bool = False
) -> SafeString:
    # By hand, since date_format takes ten times as long and a list has dozens of dates.
    if moment is None:
        return mark_safe("")
    local = timezone.localtime(moment)
    hour = f", {local:%H:%M}" if with_hour else ""
    text = f"{local.day} {escape(months[local.month].title())} {local.year}{hour}"
    stamp = local.isoformat(timespec="minutes")
    return mark_safe(f'<time datetime="{stamp}">{text}</time>')
