"""Fields of what is sent: text, keys of entries, dates known in part."""

from math import isfinite
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from articles.text.characters import printable
from articles.text.partial_dates import parse_partial

_LARGEST_ID = 2**63 - 1
_LONGEST_SLUG = 200


class TextField(serializers.CharField):
    """Text without the characters that no page or database takes."""

    def to_internal_value(self, data: Any) -> str:
        return super().to_internal_value(printable(data) if isinstance(data, str) else data)


def optional_text(longest: int | None = None, help_text: str = "") -> TextField:
    return TextField(
        max_length=longest, required=False, allow_blank=True, default="", help_text=help_text
    )


class NumberField(serializers.FloatField):
    """A number that is one."""

    def to_internal_value(self, data: Any) -> float:
        number = super().to_internal_value(data)
        if not isfinite(number):
            self.fail("invalid")
        return number


_KEY = {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "string"}, {"type": "object"}]}


@extend_schema_field({**_KEY, "description": "An id, a slug, or an object with either."})
class KeyField(serializers.Field[Any, Any, Any, Any]):
    """An entry by its id, its slug, or an object that has either, as answers have it."""

    default_error_messages = {
        "invalid": "Give an id, a slug, or an object with “id” or “slug”.",
    }

    def to_internal_value(self, data: Any) -> int | str:
        key = data.get("id", data.get("slug")) if isinstance(data, dict) else data
        if isinstance(key, str) and key.isascii() and key.isdecimal() and len(key) < 19:
            key = int(key)
        if isinstance(key, bool) or not isinstance(key, int | str) or key == "":
            self.fail("invalid")
        if isinstance(key, str) and len(key) > _LONGEST_SLUG:
            self.fail("invalid")
        if isinstance(key, int) and not 0 < key <= _LARGEST_ID:
            self.fail("invalid")
        return key

    def to_representation(self, value: Any) -> Any:
        return value


class PartialDateField(serializers.CharField):
    """``1998``, ``1998-03`` or ``1998-03-05``; read as the date and how much of it was said."""

    default_error_messages = {
        "date": "This is not a date. Write 1998, 1998-03 or 1998-03-05.",
    }

    def to_internal_value(self, data: Any) -> Any:
        try:
            return parse_partial(super().to_internal_value(data))
        except ValueError:
            self.fail("date")
