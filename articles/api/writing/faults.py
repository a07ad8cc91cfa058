"""Names a field inside others by the way that leads there: ``names.0.name``."""

from collections.abc import Iterator, Mapping
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.serializers import BaseSerializer
from rest_framework.settings import api_settings


def checked(serializer: BaseSerializer[Any]) -> Any:
    """What ``serializer`` has read. Raises ``ValidationError`` with the path of each field at
    fault."""
    if not serializer.is_valid():
        raise ValidationError(dict(_flat(serializer.errors)))
    return serializer.validated_data


def _flat(errors: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    if isinstance(errors, Mapping):
        for name, inner in errors.items():
            is_of_all = name == api_settings.NON_FIELD_ERRORS_KEY and path
            yield from _flat(inner, path if is_of_all else f"{path}.{name}".lstrip("."))
    elif errors and all(isinstance(inner, str) for inner in errors):
        yield path, list(errors)
    else:
        for number, inner in enumerate(errors):
            yield from _flat(inner, f"{path}.{number}")
