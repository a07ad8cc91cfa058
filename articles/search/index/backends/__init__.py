"""Picks the index that the database in use can hold."""

from collections.abc import Callable

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.search.index.backend import Backend
from articles.search.index.backends.patience import Patience
from articles.search.index.backends.postgres import PostgresBackend
from articles.search.index.backends.sqlite import SQLiteBackend

_BACKENDS: dict[str, Callable[[Patience | None], Backend]] = {
    "sqlite": SQLiteBackend,
    "postgresql": PostgresBackend,
}


def backend_of(connection: BaseDatabaseWrapper) -> Backend:
    """The index on ``connection``; raises ``KeyError`` for any database but those two."""
    return _BACKENDS[connection.vendor](None)


def for_readers(connection: BaseDatabaseWrapper, patience: Patience) -> Backend:
    """The same for whoever searches: it looks no longer than there is ``patience``."""
    return _BACKENDS[connection.vendor](patience)
