"""Rows as values that can be kept as JSON, and made rows again."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import ForeignKey, Model
from django.db.models.functions import Coalesce

Values = dict[str, Any]


def values_of(row: Model) -> Values:
    """All columns of ``row``, its id included."""
    return {
        field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields
    }


def put_back(model: type[Model], kept: Iterable[Values]) -> list[Model]:
    """Store rows again as they were kept, and return those that could be: what they belong to may
    be gone, or something else stand in their place by now."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    rows = [
        model(**{name: fields[name].to_python(value) for name, value in row.items()})
        for row in kept
    ]
    for field in fields.values():
        if isinstance(field, ForeignKey):
            rows = _with_relation(rows, field)
    model._default_manager.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    there = model._default_manager.in_bulk([row.pk for row in rows])
    return list(there.values())


def _with_relation(rows: list[Model], field: "ForeignKey[Any, Any]") -> list[Model]:
    """Those of the rows to which what ``field`` points to is still there, or what it was merged
    into; where it may be empty, all of them."""
    keys = {getattr(row, field.attname) for row in rows} - {None}
    there = _standing(field.related_model, keys)
    for row in rows:
        setattr(row, field.attname, there.get(getattr(row, field.attname)))
    return rows if field.null else [row for row in rows if getattr(row, field.attname)]


def _standing(model: type[Model], keys: set[Any]) -> dict[Any, Any]:
    """What each of these ids leads to now, as far as it is there."""
    found = model._default_manager.filter(pk__in=keys)
    if any(field.name == "merged_into" for field in model._meta.concrete_fields):
        return dict(found.values_list("pk", Coalesce("merged_into", "pk")))
    return {pk: pk for pk in found.values_list("pk", flat=True)}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
