"""Loading into PostgreSQL."""

from collections.abc import Iterable, Sequence

from articles.synthetic.loading.loader import Loader
from articles.synthetic.rows import Row, Table

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
    """See ``Loader``. What is packed is text as COPY reads it."""

    @staticmethod
    def pack(table: Table, rows: Iterable[Row]) -> bytes:
        rest = "".join(f"\t{_text(value)}" for value in table.rest.values()) + "\n"
        return "".join(["\t".join([_text(value) for value in row]) + rest for row in rows]).encode()

    def write(self, table: Table, packed: bytes) -> None:
        names = ", ".join(f'"{name}"' for name in (*table.columns, *table.rest))
        with (
            self.connection.cursor() as cursor,
            cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy,
        ):
            copy.write(packed)

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


def _text(value: object) -> str:
    """``value`` in the text format of COPY."""
    if value is None:
        return r"\N"
    if isinstance(value, bytes):
        return rf"\\x{value.hex()}"
    if not isinstance(value, str):
        return str(value)
    escaped = value.replace("\\", r"\\").replace("\n", r"\n")
    return escaped.replace("\t", r"\t").replace("\r", r"\r")
