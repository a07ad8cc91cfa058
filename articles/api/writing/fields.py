"""Reads the fields that are sent, and refuses by name those that nobody reads."""

from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ValidationError


class StrictSerializer(serializers.Serializer[Any]):
    """A serializer that takes nothing but its fields."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict):
            writable = [name for name, field in self.fields.items() if not field.read_only]
            unknown = [name for name in data if name not in writable]
            if unknown:
                reason = f"No such field. There are: {', '.join(writable) or 'none'}."
                raise ValidationError({name: [reason] for name in unknown})
        return super().to_internal_value(data)
