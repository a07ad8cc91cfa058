"""Times as readers see them, with the machine's form beside.

In the site's zone and language, which nobody changes for a request. What was written is kept in
memory, for a page has dozens of times and Django's formats are slow.
"""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince

register = template.Library()


@register.filter
def day(moment: datetime | None) -> SafeString:
    """``<time>`` with the day, written out: 1 February 2026; nothing for None."""
    return _time(moment, "j F Y")


@register.filter
def short_day(moment: datetime | None) -> SafeString:
    """``<time>`` with the day, in short: 1 Feb 2026; nothing for None."""
    return _time(moment, "j M Y")


@register.filter
def minute(moment: datetime | None) -> SafeString:
    """``<time>`` with day, hour and minute: 1 February 2026, 14:05; nothing for None."""
    return _time(moment, "j F Y", with_hour=True)


@register.filter
def ago(moment: datetime | None) -> SafeString:
    """``<time>`` with how long it is past, roughly: 3 days ago; nothing for None."""
    if moment is None:
        return mark_safe("")
    is_just_past = timezone.now() - moment < timedelta(minutes=1)
    said = "just now" if is_just_past else f"{timesince(moment, depth=1)} ago"
    return mark_safe(f"{_stamped(moment, timezone.get_default_timezone())}{escape(said)}</time>")


@register.filter
def imprecise(value: date | None, precision: str) -> str:
    """A date only as exactly as it is known: 2016, August 2016 or 24 August 2016."""
    if value is None:
        return ""
    return written(value, {"year": "Y", "month": "F Y"}.get(precision, "j F Y"))


def written(value: date, pattern: str) -> str:
    """``date_format`` in the site's language, and what it wrote kept in memory."""
    return _written(value, pattern, settings.LANGUAGE_CODE)


def _time(moment: datetime | None, pattern: str, *, with_hour: bool = False) -> SafeString:
    if moment is None:
        return mark_safe("")
    zone = timezone.get_default_timezone()
    return _drawn(moment, pattern, with_hour, zone, settings.LANGUAGE_CODE)


@lru_cache(maxsize=20_000)
def _drawn(
    moment: datetime, pattern: str, with_hour: bool, zone: tzinfo, language: str
) -> SafeString:
    local = moment.astimezone(zone)
    hour = f", {local:%H:%M}" if with_hour else ""
    stamp = local.isoformat(timespec="minutes")
    day = escape(date_format(local, pattern))
    return mark_safe(f'<time datetime="{stamp}">{day}{hour}</time>')


@lru_cache(maxsize=20_000)
def _stamped(moment: datetime, zone: tzinfo) -> str:
    """The beginning of a ``<time>`` that says the minute to whoever points at it."""
    local = moment.astimezone(zone)
    stamp = local.isoformat(timespec="minutes")
    return f'<time datetime="{stamp}" title="{local:%Y-%m-%d %H:%M}">'


@lru_cache(maxsize=20_000)
def _written(value: date, pattern: str, language: str) -> str:
    return date_format(value, pattern)
