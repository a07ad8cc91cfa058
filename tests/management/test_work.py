"""`manage.py work` does what goes on beside the pages, in a process of its own."""

import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from articles.mailing import Letter, post
from articles.management.chores import CHORES, Chore
from articles.management.commands import work
from articles.models import OutgoingMail
from tests.management.test_serve import answer_of, free_port

MANAGE = Path(__file__).resolve().parent.parent.parent / "manage.py"
SECONDS = 30


def write() -> OutgoingMail:
    post(Letter(to="reader@example.org", subject="Hello", text="Text", kind="reply"))
    return OutgoingMail.objects.latest("pk")


def until(is_so: Callable[[], object]) -> None:
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def environment_of_tests(data: Path) -> dict[str, str]:
    """For a process of its own on the database of the tests."""
    name = str(connection.settings_dict["NAME"])
    address = f"sqlite:///{name}"
    if connection.vendor != "sqlite":
        address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {"PATH": os.environ["PATH"], "NEWSROOM_DATA": str(data), "DATABASE_URL": address}


@pytest.mark.django_db
def test_once_does_everything_once_and_ends():
    row = write()

    call_command("work", "--once")

    row.refresh_from_db()
    assert row.sent_at is not None
    assert [sent.to for sent in mail.outbox] == [["reader@example.org"]]


@pytest.mark.django_db
def test_what_fails_is_logged_and_keeps_nothing_else_from_being_done(monkeypatch, caplog):
    def fail() -> bool:
        raise OSError("the disk is full")

    broken = Chore("tidy up", timedelta(seconds=1), fail)
    monkeypatch.setattr(work, "CHORES", (broken, *CHORES))
    write()

    with caplog.at_level(logging.ERROR):
        call_command("work", "--once")

    assert "Could not tidy up" in caplog.text
    assert "the disk is full" in caplog.text
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_what_has_more_to_do_is_done_until_nothing_is_left(monkeypatch):
    left = [3, 2, 1]
    monkeypatch.setattr(work, "CHORES", (Chore("x", timedelta(hours=1), lambda: left.pop() < 3),))

    call_command("work", "--once")

    assert left == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_goes_on_until_it_is_ended_and_says_nothing(tmp_path, number):
    with subprocess.Popen(
        [sys.executable, str(MANAGE), "work"],
        env=environment_of_tests(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as worker:
        try:
            row = write()
            until(lambda: OutgoingMail.objects.filter(pk=row.pk, sent_at__isnull=False))
            worker.send_signal(number)
            out, errors = worker.communicate(timeout=10)
        finally:
            worker.kill()

    assert (worker.returncode, out, errors) == (0, "", "")
    (file,) = (tmp_path / "mail").iterdir()
    assert "Subject: Hello" in file.read_text()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_started_beside_another_program_it_ends_with_that(tmp_path):
    """Even when that one could not say good-bye."""
    begin = (
        "import subprocess, sys; worker = subprocess.Popen(sys.argv[1:]);"
        "print(worker.pid, flush=True); worker.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", begin, sys.executable, str(MANAGE), "work", "--beside"],
        env=environment_of_tests(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
    ) as starter:
        assert starter.stdout is not None
        worker = int(starter.stdout.readline())
        row = write()
        until(lambda: OutgoingMail.objects.filter(pk=row.pk, sent_at__isnull=False))
        starter.kill()

    until(lambda: not _lives(worker))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_serve_does_it_too_and_ends_it_with_itself(tmp_path, number):
    (tmp_path / "static").mkdir()
    port = free_port()
    with subprocess.Popen(
        [sys.executable, str(MANAGE), "serve", "--port", str(port), "--workers", "1"],
        env=environment_of_tests(tmp_path),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as server:
        try:
            row = write()
            until(lambda: OutgoingMail.objects.filter(pk=row.pk, sent_at__isnull=False))
            answer_of(f"http://127.0.0.1:{port}/healthz")
            children = _children_of(server.pid)
            server.send_signal(number)
            _, errors = server.communicate(timeout=30)
        finally:
            server.kill()

    assert (server.returncode, errors) == (0, "")
    assert len(children) >= 2
    until(lambda: not any(_lives(child) for child in children))


def _children_of(process: int) -> list[int]:
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    )
    pairs = (map(int, line.split()) for line in listed.stdout.splitlines())
    return [child for child, parent in pairs if parent == process]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
