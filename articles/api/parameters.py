"""Reads the parameters in an address, and refuses by name what it does not understand."""

import re
from collections.abc import Collection
from datetime import UTC, date, datetime, time

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.exceptions import ValidationError

MOST_VALUES = 100

_DIGITS_OF_LARGEST_ID = 19


_BETWEEN_VALUES = ",| "
_TEXT = "q"  # no list: what stands between the values of one are words like others


def refuse_unreadable(
    params: QueryDict,
    allowed: Collection[str],
    *,
    repeatable: Collection[str] = (),
    may_be_empty: Collection[str] = (),
    typed: Collection[str] = (),
) -> None:
    """Raise for a parameter that is none of ``allowed``, is given twice, says nothing or holds a
    NUL: whoever is answered all the same would take it for read.

    ``repeatable`` are those of which all values are read, ``may_be_empty`` those that forms send,
    ``typed`` those of which a NUL is left out, as whatever else is no word.
    """
    errors: dict[str, list[str]] = {}
    for name, values in params.lists():
        if name not in allowed:
            names = ", ".join(sorted(allowed))
            there_are = f"There are: {names}." if names else "It takes no parameters."
            errors[name] = [f"No such parameter here. {there_are}"]
        elif name not in typed and any("\0" in value for value in values):
            errors[name] = ["A value cannot hold a NUL character."]
        elif len(values) > 1 and name not in repeatable:
            errors[name] = ["Given twice: give it once, or an answer would be to one of them only."]
        elif any(_says_nothing(name, value, name in may_be_empty) for value in values):
            errors[name] = ["It has no value: give one, or leave the parameter out."]
    if errors:
        raise ValidationError(errors)


def _says_nothing(name: str, value: str, may_be_empty: bool) -> bool:
    if not value.strip():
        return not may_be_empty
    return name != _TEXT and not value.strip(_BETWEEN_VALUES).strip()


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
