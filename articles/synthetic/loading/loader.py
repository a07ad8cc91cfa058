"""What each of the two databases does in its own way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.synthetic.rows import Row, Table

Packed = Any
"""Rows in the form in which a database takes them most quickly; can be passed between processes."""


class Loader(ABC):
    """Writes rows on ``connection``."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    @staticmethod
    @abstractmethod
    def pack(table: Table, rows: Iterable[Row]) -> Packed:
        """Rows of ``table`` as ``write`` takes them; needs no connection."""

    @abstractmethod
    def write(self, table: Table, packed: Packed) -> None:
        """Write rows that were packed for ``table``."""

    def write_rows(self, table: Table, rows: Iterable[Row]) -> None:
        """Write rows that nobody has packed."""
        self.write(table, self.pack(table, rows))

    @abstractmethod
    def begin(self) -> None:
        """Set the connection up, before the transaction."""

    @abstractmethod
    def take_away(self, tables: Sequence[str]) -> list[str]:
        """Drop what is kept in order at every row; returns the statements that make it anew."""

    def put_back(self, statements: Sequence[str]) -> None:
        """Make it anew."""
        self.run(statements)

    def run(self, statements: Iterable[str]) -> None:
        """Execute these statements."""
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
