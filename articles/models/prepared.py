"""Queries whose SQL is written once, for the busiest page.

Django takes several times as long to write the SQL of a query as a database takes to answer it,
and the article's page asks the same questions for every reader.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

from articles.models.article import Article

# A value that stands for the parameter while the SQL is written, and for nothing else.
_MARK_NUMBER = 7_046_029_254_386_353_131
_MARK_TEXT = "\ufdd0 parameter \ufdd1"


class _Statement(NamedTuple):
    sql: str
    parameters: tuple[Any, ...]
    converters: list[tuple[int, list[Callable[..., Any]], Any]]


class PreparedRows:
    """The rows of a ``values_list`` queryset that is asked for again and again.

    ``build`` makes the queryset for one parameter, of type ``kind``. It is called once for each
    database, so it may depend on nothing else that changes, such as the clock.
    """

    def __init__(
        self, kind: type[int] | type[str], build: Callable[[Any], QuerySet[Any, Any]]
    ) -> None:
        self._mark = _MARK_NUMBER if kind is int else _MARK_TEXT
        self._build = build
        self._statements: dict[str, _Statement] = {}

    def __call__(self, parameter: int | str) -> list[tuple[Any, ...]]:
        """The rows for ``parameter``."""
        using = router.db_for_read(Article)
        connection = connections[using]
        statement = self._statements.get(using) or self._prepare(using)
        with connection.cursor() as cursor:
            cursor.execute(
                statement.sql,
                [parameter if one == self._mark else one for one in statement.parameters],
            )
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        if not statement.converters:
            return rows
        return [_converted(row, statement, connection) for row in rows]

    def _prepare(self, using: str) -> _Statement:
        compiler = self._build(self._mark).query.get_compiler(using)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        statement = _Statement(
            sql,
            tuple(parameters),
            [(place, functions, column) for place, (functions, column) in converters.items()],
        )
        self._statements[using] = statement
        return statement


def _converted(
    row: tuple[Any, ...], statement: _Statement, connection: BaseDatabaseWrapper
) -> tuple[Any, ...]:
    values = list(row)
    for place, functions, column in statement.converters:
        for function in functions:
            values[place] = function(values[place], column, connection)
    return tuple(values)
