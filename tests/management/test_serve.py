"""`manage.py serve` serves until it is interrupted, and says plainly when it cannot."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"
SECONDS_TO_START = 20


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def answer_of(address: str) -> bytes:
    """What the site at ``address`` answers once it is up."""
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            with urlopen(address) as answer:
                return bytes(answer.read())
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def interrupted(server: "subprocess.Popen[str]") -> tuple[str, str]:
    """What a server says that is interrupted; again when it does not mind, for the one inside it
    forgets what comes in the moment in which it begins to wait."""
    for _ in range(3):
        server.send_signal(signal.SIGINT)
        try:
            return server.communicate(timeout=15)
        except subprocess.TimeoutExpired:
            continue
    server.kill()
    return server.communicate()


@pytest.mark.slow
def test_the_site_is_served_until_it_is_interrupted(tmp_path):
    (tmp_path / "static").mkdir()
    port = free_port()
    command = [sys.executable, str(MANAGE), "serve", "--port", str(port), "--workers", "1"]
    command += ["--no-worker"]
    environment = {"NEWSROOM_DATA": str(tmp_path), "PATH": os.environ["PATH"]}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            assert answer_of(f"http://127.0.0.1:{port}/healthz") == b'{"status": "ok"}'
        finally:
            out, errors = interrupted(server)

    assert server.returncode == 0
    assert out == f"The Archive is at http://127.0.0.1:{port}/ (Ctrl-C stops it)\n"
    assert errors == ""


def test_a_port_in_use_is_told_in_one_line():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CommandError) as refusal:
            call_command("serve", port=port)

    assert str(refusal.value) == (
        f"Cannot listen on 127.0.0.1, port {port}: Address already in use. "
        "Choose another, as in: make run PORT=8001"
    )


@pytest.mark.parametrize("port", ["0", "65536", "http"])
def test_a_port_is_a_number(port):
    with pytest.raises(CommandError, match="from 1 to 65535"):
        call_command("serve", f"--port={port}")
