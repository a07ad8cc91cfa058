"""The state of the database is another one whenever what it holds may be."""

import os
import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import RequestFactory
from django.utils import timezone

from articles.api import state
from articles.models import CommentRules
from tests.api.conftest import make_public


def write(path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("CREATE TABLE IF NOT EXISTS written (it)")
    database.execute("INSERT INTO written VALUES (1)")
    database.close()


def test_a_file_put_in_place_of_another_is_watched_like_that(tmp_path: Path) -> None:
    path, backup = tmp_path / "newsroom.sqlite3", tmp_path / "backup.sqlite3"
    write(path)
    write(backup)
    watcher = state._Watcher(str(path))
    states = [watcher.state()]
    backup.replace(path)
    states.append(watcher.state())
    assert watcher.state() == states[-1]
    write(path)
    states.append(watcher.state())
    assert None not in states
    assert len(set(states)) == 3


def test_where_there_is_no_file_nothing_is_told_or_made(tmp_path: Path) -> None:
    path = tmp_path / "newsroom.sqlite3"
    assert state._Watcher(str(path)).state() is None
    assert not path.exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server tells all processes the same")
@pytest.mark.django_db(transaction=True)
def test_a_forked_process_takes_no_state_over(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = state.of(RequestFactory().get("/"))
    monkeypatch.setattr(os, "getpid", lambda: 1)
    forked = state.of(RequestFactory().get("/"))
    assert seen is not None
    assert forked is not None
    assert forked.name != seen.name


@pytest.mark.django_db(transaction=True)
def test_the_clock_tells_the_next_article_that_is_due_and_then_the_one_after() -> None:
    now = timezone.now()
    first, second = (
        make_public(name, published_at=now + timedelta(minutes=minutes))
        for name, minutes in (("First", 1), ("Second", 2))
    )
    seen = state.of(RequestFactory().get("/"))
    assert seen is not None
    assert seen.clock(now) == (first.public_from, False)
    after = replace(seen, _clock=None).clock(now + timedelta(seconds=90))
    assert after == (second.public_from, False)


@pytest.mark.django_db(transaction=True)
def test_the_clock_knows_whether_comments_close_by_age() -> None:
    rules = CommentRules.objects.current()
    rules.close_after_days = 14
    rules.save()
    seen = state.of(RequestFactory().get("/"))
    assert seen is not None
    assert seen.clock(timezone.now()) == (None, True)
