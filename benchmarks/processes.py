"""Runs the program's commands and its server as processes of their own, on data of their own."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
_MANAGE = [sys.executable, str(ROOT / "manage.py")]
_OWN_MEMORY = re.compile(r"^RssAnon:\s+(\d+) kB$", re.MULTILINE)
_SECONDS_TO_START = 30
_SECONDS_TO_STOP = 15


def environment(data: Path, **settings: str) -> dict[str, str]:
    """The variables under which the program works on ``data``, whatever this shell is set up for.

    ``DATABASE_URL`` is passed on only when it is among ``settings``.
    """
    kept = {
        name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ
    }
    return kept | {"NEWSROOM_DATA": str(data), "PYTHONPATH": str(ROOT)} | settings


def manage(env: Mapping[str, str], *arguments: str) -> None:
    """Run a management command and show what it prints. Raises CalledProcessError when it fails."""
    subprocess.run([*_MANAGE, *arguments], env=env, cwd=ROOT, check=True)


def module(env: Mapping[str, str], name: str, *arguments: str) -> str:
    """Run a module of ours that sets Django up, and return what it prints. Raises
    CalledProcessError when it fails."""
    return subprocess.run(
        [sys.executable, "-m", name, *arguments],
        env={**env, "DJANGO_SETTINGS_MODULE": "newsroom.settings"},
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout


def peak_memory(env: Mapping[str, str], *arguments: str, folder: Path) -> int:
    """Run a management command in ``folder``; the most memory that it had of its own, in bytes.

    Pages of the database's file that the system shows to the process are not its own. Linux only.
    """
    peak = 0
    with subprocess.Popen(
        [*_MANAGE, *arguments], env=env, cwd=folder, stdout=subprocess.DEVNULL
    ) as process:
        status = Path("/proc", str(process.pid), "status")
        while process.poll() is None:
            if own := _OWN_MEMORY.search(status.read_text()):
                peak = max(peak, int(own[1]) * 1024)
            sleep(0.1)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, arguments[0])
    return peak


@contextmanager
def served(env: Mapping[str, str]) -> Iterator[str]:
    """The program's own server, ``manage.py serve``, for as long as the context lasts.

    Yields the address of the site. Raises TimeoutError when it does not answer.
    """
    port = _free_port()
    site = f"http://127.0.0.1:{port}"
    process = subprocess.Popen(
        [*_MANAGE, "serve", "--port", str(port), "--workers", str(WORKERS)],
        env=env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait_for(f"{site}/healthz", process)
        yield site
    finally:
        process.terminate()
        try:
            process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = monotonic() + _SECONDS_TO_START
    while True:
        try:
            with urlopen(address, timeout=5):  # noqa: S310 (an address of our own)
                return
        except (URLError, ConnectionError):
            if process.poll() is not None or monotonic() > deadline:
                raise TimeoutError(f"{address} does not answer") from None
            sleep(0.1)
