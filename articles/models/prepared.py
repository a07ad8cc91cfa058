"""Queries whose SQL is written once, for the busiest pages.

Django takes several times as long to write the SQL of a query as a database takes to answer it,
and a page asks the same questions for every reader.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from articles.models.article import Article
from articles.models.loaded import loaded

Parameter = int | str | datetime
Row = TypeVar("Row", bound=Model)

# Values that stand for the parameters while the SQL is written, and for nothing else. The numbers
# fit every kind of column.
_MARKS: dict[type[Parameter], Callable[[int], Parameter]] = {
    int: lambda place: 32_767 - place,
    str: lambda place: f"\ufdd0 parameter {place} \ufdd1",
    datetime: lambda place: datetime(1, 2, 3, 4, 5, 6, tzinfo=UTC) + timedelta(place),
}


class _Part(NamedTuple):
    """The columns of a row that make an instance, and the first one's field that it goes into."""

    model: type[Model]
    field: Any
    names: list[str]
    columns: slice
    key: int


class _Statement(NamedTuple):
    using: str
    sql: str
    values: tuple[Any, ...]
    """What the SQL takes, and in place of a parameter its mark."""
    places: tuple[tuple[int, int], ...]
    """Where among ``values`` a parameter goes, and which."""
    converters: list[tuple[int, Callable[..., Any], Any]]
    parts: list["_Part"]


class _Prepared:
    """A queryset that is asked again and again, for other parameters each time.

    ``build`` makes it for its parameters; ``kinds`` are their types, the last one that of all
    further ones, however many. It is called once for each database and number of parameters, so it
    may depend on nothing else that changes, such as the clock.
    """

    def __init__(
        self,
        kinds: type[Parameter] | tuple[type[Parameter], ...],
        build: Callable[..., QuerySet[Any, Any]],
    ) -> None:
        self._kinds = kinds if isinstance(kinds, tuple) else (kinds,)
        self._build = build
        self._statements: dict[tuple[str, int], _Statement] = {}

    def _statement(self, count: int) -> _Statement:
        using = router.db_for_read(Article)
        statement = self._statements.get((using, count))
        if statement is None:
            statement = self._statements[using, count] = self._prepare(connections[using], count)
        return statement

    def _prepare(self, connection: BaseDatabaseWrapper, count: int) -> _Statement:
        kinds = [*self._kinds, *self._kinds[-1:] * count][:count]
        marks = [_MARKS[kind](place) for place, kind in enumerate(kinds)]
        compiler = self._build(*marks).query.get_compiler(connection.alias)
        sql, values = compiler.as_sql()
        adapted = _adapted(marks, connection)
        converters = compiler.get_converters([column for column, _, _ in compiler.select])
        return _Statement(
            connection.alias,
            sql,
            tuple(values),
            tuple(
                (place, adapted.index(value))
                for place, value in enumerate(values)
                if value in adapted
            ),
            [
                (place, function, column)
                for place, (functions, column) in converters.items()
                for function in functions
            ],
            self._parts(compiler),
        )

    def _parts(self, compiler: SQLCompiler) -> list[_Part]:
        """What a row is made into; nothing, when rows are wanted."""
        return []


class PreparedRows(_Prepared):
    """The rows of a ``values_list`` queryset; see ``_Prepared``."""

    def __call__(
        self, *parameters: Parameter, limit: int | None = None, offset: int = 0
    ) -> list[tuple[Any, ...]]:
        """The rows for these parameters, or ``limit`` of them from ``offset`` on."""
        return _rows(self._statement(len(parameters)), parameters, limit, offset)

    def first(self, limit: int, *parameters: Parameter) -> "First":
        """The first rows for these parameters, to be asked for ``together`` with others."""
        return First(self._statement(len(parameters)), parameters, limit)


class First(NamedTuple):
    """The first rows, ``limit`` at most, of a prepared query for some parameters."""

    statement: _Statement
    parameters: tuple[Parameter, ...]
    limit: int


def together(asked: Sequence[First]) -> list[tuple[Any, ...]]:
    """The rows of all that are asked for, which have the same columns, one after the other; one
    query that reads no more than those."""
    if not asked:
        return []
    # SQLite takes no LIMIT inside a UNION, but in a query inside it.
    parts = [
        f"SELECT * FROM ({one.statement.sql} LIMIT {one.limit:d}) AS part{number}"  # noqa: S608
        for number, one in enumerate(asked)
    ]
    first = asked[0].statement
    connection = connections[first.using]
    values = [
        value for one in asked for value in _values(one.statement, one.parameters, connection)
    ]
    return _fetched(first, connection, " UNION ALL ".join(parts), values)


class PreparedInstances(_Prepared, Generic[Row]):
    """The instances of a queryset with those it selects along, one step far; see ``_Prepared``."""

    def __call__(self, *parameters: Parameter) -> list[Row]:
        """The instances for these parameters."""
        statement = self._statement(len(parameters))
        own, *related = statement.parts
        using = statement.using
        instances: list[Any] = []
        for row in _rows(statement, parameters):
            instance = loaded(own.model, own.names, row[own.columns], using)
            for model, field, names, columns, key in related:
                other = None
                if row[key] is not None:
                    other = loaded(model, names, row[columns], using)
                field.set_cached_value(instance, other)
            instances.append(instance)
        return instances

    def _parts(self, compiler: SQLCompiler) -> list[_Part]:
        """First the model's own part, then what it selects along."""
        own = compiler.klass_info
        assert own is not None
        parts = []
        for info in (own, *own.get("related_klass_infos", ())):
            first, *_, last = info["select_fields"]
            targets = [column.target for column, _, _ in compiler.select[first : last + 1]]
            key = next(place for place, field in enumerate(targets, first) if field.primary_key)
            names = [field.attname for field in targets]
            parts.append(
                _Part(info["model"], info.get("field"), names, slice(first, last + 1), key)
            )
        return parts


def _rows(
    statement: _Statement,
    parameters: Sequence[Parameter],
    limit: int | None = None,
    offset: int = 0,
) -> list[tuple[Any, ...]]:
    connection = connections[statement.using]
    sql, values = statement.sql, _values(statement, parameters, connection)
    if limit is not None:
        sql, values = f"{sql} LIMIT %s OFFSET %s", [*values, limit, offset]
    return _fetched(statement, connection, sql, values)


def _values(
    statement: _Statement, parameters: Sequence[Parameter], connection: BaseDatabaseWrapper
) -> list[Any]:
    """What the SQL takes for these parameters."""
    adapted = _adapted(parameters, connection)
    values = [*statement.values]
    for place, parameter in statement.places:
        values[place] = adapted[parameter]
    return values


def _fetched(
    statement: _Statement, connection: BaseDatabaseWrapper, sql: str, values: Sequence[Any]
) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    if not statement.converters:
        return rows
    return [_converted(row, statement, connection) for row in rows]


def _adapted(parameters: Sequence[Parameter], connection: BaseDatabaseWrapper) -> list[Any]:
    """The parameters as the database's driver takes them."""
    return [
        connection.ops.adapt_datetimefield_value(one) if isinstance(one, datetime) else one
        for one in parameters
    ]


def _converted(
    row: tuple[Any, ...], statement: _Statement, connection: BaseDatabaseWrapper
) -> tuple[Any, ...]:
    values = list(row)
    for place, function, column in statement.converters:
        values[place] = function(values[place], column, connection)
    return tuple(values)
