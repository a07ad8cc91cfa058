"""Reads the fields that are sent, and refuses by name those that nobody reads."""

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError

_TYPES: tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], type | tuple[type, ...], str], ...]
_TYPES = (
    (serializers.BooleanField, bool, "true or false"),
    (serializers.CharField, str, "a string"),
    (serializers.IntegerField, int, "a whole number"),
    (serializers.FloatField, (int, float), "a number"),
)


MOST_TOLD = 10
"""Of what is wrong in the same way, so many are named; a list of faults has an end."""


class ListField(serializers.ListField):
    """A list that is refused before any of it is read when it is longer than its ``max_length``."""

    def to_internal_value(self, data: Any) -> list[Any]:
        if isinstance(data, list) and self.max_length is not None and len(data) > self.max_length:
            raise ValidationError(self.error_messages["max_length"].format(**vars(self)))
        return super().to_internal_value(data)


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that takes nothing but its fields, and of JSON no type for another: the string
    “false” is not false."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            writable = [name for name, field in self.fields.items() if not field.read_only]
            refuse_unknown(data, writable)
            if not hasattr(data, "lists"):  # a form has nothing but strings
                self._refuse_other_types(data)
        return super().to_internal_value(data)

    def _refuse_other_types(self, data: dict[str, Any]) -> None:
        faults = {
            name: [f"This is not {wanted}."]
            for name, field in self.fields.items()
            if (value := data.get(name)) is not None
            for kind, types, wanted in _TYPES
            if isinstance(field, kind) and not _is_of(value, types)
        }
        if faults:
            raise ValidationError(faults)


def refuse_unknown(sent: Iterable[str], known: Collection[str]) -> None:
    """Raise for names of fields that are none of those ``known``."""
    unknown = islice((name for name in sent if name not in known), MOST_TOLD)
    reason = f"No such field. There are: {', '.join(known) or 'none'}."
    if faults := {name: [reason] for name in unknown}:
        raise ValidationError(faults)


def _is_of(value: object, types: type | tuple[type, ...]) -> bool:
    # In Python true is 1.
    return isinstance(value, types) and (types is bool or not isinstance(value, bool))
