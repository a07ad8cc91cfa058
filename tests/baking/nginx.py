"""A real nginx, set up from the very files of ``deploy/nginx``."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.parts import missing

DEPLOY = Path(__file__).resolve().parent.parent.parent / "deploy" / "nginx"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
SECONDS_TO_START = 20

_MAIN = """
{modules}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log notice;
events {{ worker_connections 256; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/newsroom.conf;
}}
"""


def executable() -> str:
    """The path of nginx, which Debian keeps where not every shell looks."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if found is None:
        missing("nginx", "apt-get install nginx-light")
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


@contextmanager
def serving(folder: Path, home: Path, application: int) -> Iterator[str]:
    """The address of an nginx that serves what is baked below ``home``, and passes the rest on to
    the port ``application``; what it writes goes to ``folder``."""
    program = executable()
    port = free_port()
    _write(folder, home, application, port)
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            _wait(server, port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.communicate(timeout=20)


def _write(folder: Path, home: Path, application: int, port: int) -> None:
    """What an administrator changes in the files of ``deploy``, and nothing else."""
    for name in ("newsroom.conf", "newsroom-maps.conf", "newsroom-locations.conf"):
        text = (DEPLOY / name).read_text()
        changes = {
            "/etc/nginx/newsroom/": f"{folder}/",
            "/var/lib/newsroom/baked/": f"{home}/",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{application};",
            "    listen 80;\n    listen [::]:80;\n    server_name archive.example.org;\n\n": (
                f"    listen 127.0.0.1:{port};\n    server_name _;\n\n"
            ),
        }
        if BROTLI.exists():
            changes["# brotli_static on;"] = "brotli_static on;"
        for before, after in changes.items():
            text = text.replace(before, after)
        (folder / name).write_text(text)
    modules = f"load_module {BROTLI};" if BROTLI.exists() else ""
    # As root, nginx would work as somebody who sees nothing of a test's folder.
    user = "user root;\n" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(_MAIN.format(folder=folder, modules=user + modules))


def _wait(server: "subprocess.Popen[str]", port: int) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                server.terminate()
                raise RuntimeError(server.communicate()[1]) from None
            time.sleep(0.02)
        else:
            return
