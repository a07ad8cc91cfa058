"""What each of the two databases does in its own way."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.synthetic.rows import Row, Table


class Loader(ABC):
    """Writes rows on ``connection``."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def write_table(self, table: Table, rows: Iterable[Row]) -> None:
        """Write rows of one of our tables, and what they say nothing of."""
        self.write(table.name, table.columns, (row + table.rest for row in rows))

    @abstractmethod
    def write(self, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
        """Write rows, their values in the order of ``columns``."""

    @abstractmethod
    def begin(self) -> None:
        """Set the connection up, before the transaction."""

    @abstractmethod
    def take_away(self, tables: Sequence[str]) -> list[str]:
        """Drop what is kept in order at every row; returns the statements that make it anew."""

    @abstractmethod
    def put_back(self, statements: Sequence[str]) -> None:
        """Make it anew."""

    def run(self, statements: Iterable[str]) -> None:
        """Execute these statements."""
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
