"""Inserts and updates many rows of plain values, at a fraction of what as many instances cost.

For derived tables and bulk loads only: nothing is validated, no default is filled in, and the
database's own constraints are all that stands between a mistake and the table.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

Convert = Callable[[Any], Any]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert ``rows``, values in the order of ``columns``, and return how many there were.

    ``columns`` are names of fields; a foreign key's takes ids.
    """
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    values = _converted(fields, rows, connection)
    if values:
        names = ", ".join(quote(field.column) for field in fields)
        places = ", ".join(["%s"] * len(fields))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({places})",  # noqa: S608
                values,
            )
    return len(values)


def update(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Give stored rows new values, and return how many there were.

    ``rows`` are values in the order of ``columns`` and, last, the primary key.
    """
    connection = connections[router.db_for_write(model)]
    quote = connection.ops.quote_name
    key: Any = model._meta.pk
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    values = _converted([*fields, key], rows, connection)
    if values:
        places = ", ".join(f"{quote(field.column)} = %s" for field in fields)
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {quote(model._meta.db_table)} SET {places} "  # noqa: S608
                f"WHERE {quote(key.column)} = %s",
                values,
            )
    return len(values)


def _converted(
    fields: Sequence[Any], rows: Iterable[Sequence[Any]], connection: BaseDatabaseWrapper
) -> list[tuple[Any, ...]]:
    converts = [_convert(field, connection) for field in fields]
    by_column = [
        column if convert is None else map(convert, column)
        for convert, column in zip(converts, zip(*rows, strict=True), strict=False)
    ]
    return list(zip(*by_column, strict=True))


def _convert(field: Any, connection: BaseDatabaseWrapper) -> Convert | None:
    """What turns a value of this field into the database's; None where they are the same."""
    if isinstance(field, models.JSONField):
        return lambda value: field.get_db_prep_save(value, connection)
    if isinstance(field, models.DateField):  # moments too; one batch repeats few of them
        return cache(lambda value: field.get_db_prep_save(value, connection))
    return None
