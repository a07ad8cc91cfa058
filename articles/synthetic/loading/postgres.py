"""Loading into PostgreSQL."""

from collections.abc import Iterable, Sequence

from articles.synthetic.loading.loader import Loader
from articles.synthetic.rows import Row

_SETTINGS = (
    "SET synchronous_commit = off",
    "SET maintenance_work_mem = '512MB'",
)
# Foreign keys before what they refer to.
_CONSTRAINTS = """
    SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
        format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
            pg_get_constraintdef(oid))
    FROM pg_constraint WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'u')
    ORDER BY contype, conname
"""
_INDEXES = """
    SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
    FROM pg_index WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary
    ORDER BY indexrelid
"""


class PostgresLoader(Loader):
    """See ``Loader``."""

    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        names = ", ".join(f'"{name}"' for name in columns)
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy,
        ):
            for row in rows:
                copy.write_row(row)

    def begin(self) -> None:
        self.run(_SETTINGS)

    def take_away(self, tables: Sequence[str]) -> list[str]:
        made: list[str] = []
        for query in (_CONSTRAINTS, _INDEXES):
            with self.connection.cursor() as cursor:
                cursor.execute(query, [list(tables)])
                found = cursor.fetchall()
            self.run(drop for drop, _ in found)
            made += [create for _, create in found]
        return made[::-1]

    def put_back(self, statements: Sequence[str]) -> None:
        self.run(statements)
