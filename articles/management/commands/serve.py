"""Serves the site with the application server."""

import os
import socket
import sys
from argparse import ArgumentParser, ArgumentTypeError
from contextlib import nullcontext

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from articles.management.companion import companion

# Each thread keeps a database connection; more of them than this wait for Python, not for rows.
THREADS_PER_WORKER = 4
SECONDS_TO_FINISH = 10


class Command(BaseCommand):
    help = (
        "Serves the site until it is interrupted (Ctrl-C or SIGTERM), and does beside it what the "
        "command work does."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", default=8000, type=port_number)
        parser.add_argument(
            "--workers", default=min(os.cpu_count() or 1, 8), type=int, help="processes"
        )
        parser.add_argument(
            "--no-worker",
            action="store_true",
            help="serve only; manage.py work runs somewhere else, or no mail is sent",
        )

    def handle(
        self, *, host: str, port: int, workers: int, no_worker: bool, **options: object
    ) -> None:
        address = free_address(host, port)
        shown = f"[{host}]" if ":" in host else host
        self.stdout.write(f"{settings.SITE_NAME} is at http://{shown}:{port}/ (Ctrl-C stops it)")
        # The workers are forks of this process and must not share its connections.
        connections.close_all()
        server = Server(
            "newsroom.wsgi:application",
            address=address,
            port=port,
            interface=Interfaces.WSGI,
            workers=workers,
            blocking_threads=THREADS_PER_WORKER,
            blocking_threads_idle_timeout=600,
            websockets=False,
            respawn_failed_workers=True,
            workers_kill_timeout=SECONDS_TO_FINISH,
            log_level=LogLevels.warning,
        )
        work = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work", "--beside"]
        with nullcontext() if no_worker else companion(work):
            server.serve()


def port_number(text: str) -> int:
    """A TCP port from 1 to 65535, for argparse."""
    if not text.isdecimal() or not 1 <= int(text) <= 65_535:
        raise ArgumentTypeError("a port is a number from 1 to 65535")
    return int(text)


def free_address(host: str, port: int) -> str:
    """The numeric address of ``host``, where ``port`` is free.

    Granian shares its port between workers, so a second server would start beside a running one
    and take half of its requests; hence the look beforehand. Raises CommandError.
    """
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise CommandError(
            f"Cannot listen on {host}, port {port}: {error.strerror}. "
            "Choose another, as in: make run PORT=8001"
        ) from None
    return str(address[0])
