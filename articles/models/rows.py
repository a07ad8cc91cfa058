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

# Rows in one statement to a server: far from the 65,535 parameters that one can have.
_AT_ONCE = 500


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
        insert_values(connection, f"{quote(model._meta.db_table)} ({names})", f"({places})", values)
    return len(values)


def insert_values(
    connection: BaseDatabaseWrapper,
    into: str,
    row: str,
    values: Sequence[Sequence[Any]],
    otherwise: str = "",
) -> None:
    """Insert rows of values as the database takes them: ``into`` a table with its columns,
    ``row`` as it stands after VALUES, such as ``(%s, now())``, and ``otherwise`` what is done
    about conflicts.

    SQLite runs one prepared statement for each row, a server is asked once for many of them.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            sql = f"INSERT INTO {into} VALUES {row} {otherwise}"  # noqa: S608
            cursor.executemany(sql, values)
            return
        for start in range(0, len(values), _AT_ONCE):
            batch = values[start : start + _AT_ONCE]
            rows = ", ".join([row] * len(batch))
            sql = f"INSERT INTO {into} VALUES {rows} {otherwise}"  # noqa: S608
            cursor.execute(sql, [value for one in batch for value in one])


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
