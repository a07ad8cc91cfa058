"""A program beside another runs as long as that one does, and is started again when it dies."""

import os
import signal
import sys
import textwrap
import time
from pathlib import Path

import pytest

from articles.management import companion as module
from articles.management.companion import companion

SECONDS = 10


def program(folder: Path, after: str) -> list[str]:
    """A command that leaves its process id as a file's name, then does what comes after."""
    script = (
        f"import os, pathlib, sys, time\npathlib.Path({str(folder)!r}, str(os.getpid())).touch()"
    )
    return [sys.executable, "-c", f"{script}\n{textwrap.dedent(after)}"]


def until_there_are(number: int, folder: Path) -> list[int]:
    deadline = time.monotonic() + SECONDS
    while len(list(folder.iterdir())) < number:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return [int(path.name) for path in folder.iterdir()]


def lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_runs_until_the_block_ends(tmp_path):
    with companion(program(tmp_path, "time.sleep(60)")):
        [process] = until_there_are(1, tmp_path)
        assert lives(process)

    assert not lives(process)


def test_it_is_started_again_when_it_dies(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_TO_RESTART", 0.01)

    with companion(program(tmp_path, "time.sleep(60)")):
        [first] = until_there_are(1, tmp_path)
        os.kill(first, signal.SIGKILL)
        second = (set(until_there_are(2, tmp_path)) - {first}).pop()

    assert not lives(second)


def test_it_is_ended_even_when_it_does_not_want_to(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "SECONDS_TO_FINISH", 0.1)
    stubborn = """
        import signal
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        pathlib.Path(sys.argv[1], "0").touch()
        time.sleep(60)
    """

    with companion([*program(tmp_path, stubborn), str(tmp_path)]):
        process = max(until_there_are(2, tmp_path))

    assert not lives(process)


def test_it_is_ended_when_the_block_fails(tmp_path):
    def interrupted() -> None:
        with companion(program(tmp_path, "time.sleep(60)")):
            until_there_are(1, tmp_path)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    [process] = until_there_are(1, tmp_path)
    assert not lives(process)
