"""The different values of an indexed column, by jumping from each to the next, so that a column
of a million rows and ten values costs ten looks into its index."""

from django.db import connections, models, router

_JUMPING = """
    WITH RECURSIVE jump (value) AS (
        SELECT min({column}) FROM {table} WHERE {column} > ''
        UNION ALL
        SELECT (SELECT min({column}) FROM {table} WHERE {column} > jump.value)
        FROM jump WHERE jump.value IS NOT NULL
    )
    SELECT value FROM jump WHERE value IS NOT NULL LIMIT %s
"""


def distinct(model: type[models.Model], name: str, limit: int = 200) -> list[str]:
    """The first ``limit`` values, in the database's order, of a text field that an index begins
    with; what is empty is left out. One query."""
    connection = connections[router.db_for_read(model)]
    quote = connection.ops.quote_name
    # The column of such a field has its name.
    statement = _JUMPING.format(column=quote(name), table=quote(model._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(statement, [limit])
        return [value for (value,) in cursor.fetchall()]
