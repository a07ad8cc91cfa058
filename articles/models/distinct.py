"""The different values of an indexed column, by jumping from each to the next, so that a column
of a million rows and ten values costs ten looks into its index."""

from collections.abc import Mapping

from django.db import connections, models, router

_JUMPING = """
    WITH RECURSIVE jump (value) AS (
        SELECT min({column}) FROM {table} WHERE {within} {column} >= %s AND {column} > ''
        UNION ALL
        SELECT (SELECT min({column}) FROM {table} WHERE {within} {column} > jump.value)
        FROM jump WHERE jump.value IS NOT NULL
    )
    SELECT value FROM jump WHERE value IS NOT NULL LIMIT %s
"""


def distinct(
    model: type[models.Model],
    name: str,
    limit: int = 200,
    *,
    within: Mapping[str, str] | None = None,
    since: str = "",
) -> list[str]:
    """The first ``limit`` values from ``since`` on, in the database's order, of a text field; what
    is empty is left out. One query.

    An index begins with the field, or with the text fields of ``within``, whose values are the
    only ones looked at.
    """
    connection = connections[router.db_for_read(model)]
    quote = connection.ops.quote_name
    given = within or {}
    # The column of such a field has its name.
    statement = _JUMPING.format(
        column=quote(name),
        table=quote(model._meta.db_table),
        within="".join(f"{quote(column)} = %s AND " for column in given),
    )
    values = [*given.values()]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, since, *values, limit])
        return [value for (value,) in cursor.fetchall()]
