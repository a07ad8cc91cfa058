"""Migrated databases, made once and copied by every run that finds the same migrations.

A migration draws the models anew at each of its steps, which takes as long as a few hundred tests.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".pytest_cache" / "migrated"
#: What the migrations consist of, and what they call.
SOURCES = (
    "articles/migrations",
    "articles/models",
    "articles/editing",
    "articles/freshness",
    "articles/search",
    "articles/text",
    "newsroom",
    "requirements",
    "tests/migrated.py",
)
#: So many are kept of a kind: those of this branch and of another.
KEPT_OF_A_KIND = 2


def copy(kind: str, make: Callable[[Path], None], target: Path) -> None:
    """Brings a database of ``kind`` to ``target``, the path of a file or a folder.

    ``make`` is called when there is none yet, with the path at which to leave it, at rest.
    """
    with _one_at_a_time():
        kept = KEPT / f"{kind}-{_digest()}"
        if not kept.exists():
            unfinished = Path(tempfile.mkdtemp(prefix="newsroom-")) / kind
            make(unfinished)
            _copy(unfinished, kept)
            shutil.rmtree(unfinished.parent)
            _forget_old(kind)
        os.utime(kept)
        _copy(kept, target)


def migrate(data: Path, database_url: str = "") -> None:
    """Brings the database at an address, or the SQLite file in the folder ``data``, up to date."""
    environment = os.environ | {"NEWSROOM_DATA": str(data), "DATABASE_URL": database_url}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    if not database_url:
        del environment["DATABASE_URL"]
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True)


def sqlite(target: Path) -> None:
    """Puts a migrated SQLite file at ``target``."""

    def make(path: Path) -> None:
        folder = path.parent / "data"
        folder.mkdir()
        migrate(folder)
        (folder / "newsroom.sqlite3").rename(path)

    copy("sqlite", make, target)


def _copy(source: Path, target: Path) -> None:
    # PostgreSQL's files belong to an account of their own when the tests run as root.
    subprocess.run(["cp", "-a", source, f"{target}.partly"], check=True)
    Path(f"{target}.partly").rename(target)


def _forget_old(kind: str) -> None:
    newest_first = sorted(KEPT.glob(f"{kind}-*"), key=lambda path: -path.stat().st_mtime)
    for path in newest_first[KEPT_OF_A_KIND:]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _digest() -> str:
    digest = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        files = sorted(path.rglob("*.*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file() and file.suffix in {".py", ".txt"}:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
