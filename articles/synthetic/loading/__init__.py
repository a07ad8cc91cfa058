"""Writes very many rows into an empty archive, as quickly as its database takes them.

All of it is one transaction, in which what would be kept in order at every row is taken away and
made anew at the end: indexes, on PostgreSQL constraints too. Whoever is interrupted leaves nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.freshness import triggers
from articles.search.index.backend import TABLE as DOCUMENTS
from articles.synthetic.loading.loader import Loader, Packed
from articles.synthetic.loading.postgres import PostgresLoader
from articles.synthetic.loading.sqlite import SQLiteLoader
from articles.synthetic.rows import COUNTS, TABLES

__all__ = ["LOADERS", "Loader", "Packed", "loading"]

LOADERS: dict[str, type[Loader]] = {"sqlite": SQLiteLoader, "postgresql": PostgresLoader}
_FILLED = [DOCUMENTS, COUNTS.name, *(table.name for table in TABLES.values())]


@contextmanager
def loading(connection: BaseDatabaseWrapper) -> Iterator[Loader]:
    """What writes rows, in a transaction that ends with this context.

    Inside of somebody else's transaction it writes just so, and leaves settings and indexes alone.
    """
    loader = LOADERS[connection.vendor](connection)
    if connection.in_atomic_block:
        yield loader
        return
    loader.begin()
    try:
        with transaction.atomic(using=connection.alias):
            triggers.drop(connection)
            taken = loader.take_away(_FILLED)
            yield loader
            loader.put_back(taken)
            triggers.create(connection)
    finally:
        # The next one to open has the settings that all have.
        connection.close()
