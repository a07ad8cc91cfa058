"""Reads the parameters in an address, and refuses by name what it does not understand."""

import re
from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.exceptions import ValidationError

MOST_VALUES = 100

_DIGITS_OF_LARGEST_ID = 19


def refuse_unknown(params: QueryDict, allowed: Iterable[str]) -> None:
    """Raise for a parameter that is none of ``allowed``, or holds a NUL."""
    names = sorted(allowed)
    errors: dict[str, list[str]] = {}
    for name, values in params.lists():
        if name not in names:
            errors[name] = [f"No such parameter here. There are: {', '.join(names) or 'none'}."]
        elif any("\0" in value for value in values):
            errors[name] = ["A value cannot hold a NUL character."]
    if errors:
        raise ValidationError(errors)


def whole_number(params: QueryDict, name: str, *, default: int, lowest: int, highest: int) -> int:
    """The number given as ``name``; raises when it is none, or out of its range."""
    text = params.get(name)
    if text is None:
        return default
    if re.fullmatch(r"[0-9]{1,9}", text) and lowest <= int(text) <= highest:
        return int(text)
    raise ValidationError({name: [f"“{text}” is not a whole number from {lowest} to {highest}."]})


def choices(params: QueryDict, name: str, allowed: Collection[str]) -> list[str]:
    """The values of a list such as ``include=body,comments``; raises on one not ``allowed``."""
    text = params.get(name)
    if text is None:
        return []
    values = [value.strip() for value in text.split(",")]
    for value in values:
        if value not in allowed:
            raise ValidationError({name: [f"“{value}” is none of: {', '.join(allowed)}."]})
    return values


def any_of(name: str, text: str) -> list[str]:
    """The values of a list such as ``slug=a|b``, of which any will do; raises on too many."""
    values = [value for part in text.split("|") if (value := part.strip())]
    if len(values) > MOST_VALUES:
        raise ValidationError({name: [f"Too many values: give at most {MOST_VALUES}."]})
    return values


def day(name: str, text: str) -> date:
    """The day that ``text`` states, as YYYY-MM-DD; raises for the parameter ``name``."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass  # no such day
    raise ValidationError({name: [f"“{text}” is no day such as 2026-02-01."]})


def moment(name: str, text: str) -> datetime:
    """The day or moment that ``text`` states in ISO 8601, in the site's time zone unless it says.

    Raises ``ValidationError`` for the parameter ``name``.
    """
    try:
        day = parse_date(text)
        found = datetime.combine(day, time()) if day else parse_datetime(text)
        if found is not None:
            aware = found if timezone.is_aware(found) else timezone.make_aware(found)
            return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        pass  # a date that does not exist, or one at the very edge of the calendar
    raise ValidationError(
        {name: [f"“{text}” is no time such as 2026-02-01 or 2026-02-01T15:30:00Z (a + is %2B)."]}
    )


def by_key(key: str) -> dict[str, int | str]:
    """The condition that ``key`` of an address or a parameter means: an id, else a slug."""
    is_id = key.isascii() and key.isdecimal() and len(key) < _DIGITS_OF_LARGEST_ID
    return {"pk": int(key)} if is_id else {"slug": key}
