"""What somebody does within a time is counted once, over all processes."""

import subprocess
import sys
from pathlib import Path

import pytest
import time_machine

from newsroom import counters
from newsroom.counters.in_file import FileCounters
from newsroom.counters.in_valkey import ValkeyCounters

COUNT_IN_TURN = """
import sys
from newsroom.counters.{module} import {kind}
counters = {kind}(sys.argv[1])
print(sum(counters.take("reader", 1, 100, 600).taken for _ in range(80)))
"""


@pytest.fixture(params=["in a file", "in Valkey"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[type, str]:
    if request.param == "in a file":
        return FileCounters, str(tmp_path / "counters.sqlite3")
    address = request.getfixturevalue("valkey").replace("valkey:", "redis:")
    ValkeyCounters(address)._take.registered_client.flushall()
    return ValkeyCounters, address


def test_so_much_is_taken_and_no_more(place) -> None:
    kind, where = place
    some = kind(where)
    assert [some.take("a", 1, 3, 60)[:2] for _ in range(4)] == [
        (True, 1),
        (True, 2),
        (True, 3),
        (False, 3),
    ]
    assert some.take("b", 1, 3, 60).taken
    assert 59 < some.take("a", 1, 3, 60).seconds <= 60


def test_what_costs_more_than_is_left_takes_nothing(place) -> None:
    kind, where = place
    some = kind(where)
    some.take("a", 8, 10, 60)
    assert not some.take("a", 5, 10, 60).taken
    assert some.take("a", 2, 10, 60)[:2] == (True, 10)


def test_two_processes_share_one_count(place) -> None:
    kind, where = place
    code = COUNT_IN_TURN.format(module=kind.__module__.rpartition(".")[2], kind=kind.__name__)
    running = [
        subprocess.Popen([sys.executable, "-c", code, where], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert sum(int(process.communicate()[0]) for process in running) == 100


def test_a_window_begins_anew_when_it_is_over(tmp_path: Path) -> None:
    some = FileCounters(str(tmp_path / "counters.sqlite3"))
    with time_machine.travel(1_000_000, tick=False) as clock:
        assert some.take("a", 1, 1, 60).seconds == 60
        clock.shift(59)
        assert not some.take("a", 1, 1, 60).taken
        clock.shift(1)
        assert some.take("a", 1, 1, 60).taken


def test_what_is_over_is_swept(tmp_path: Path) -> None:
    some = FileCounters(str(tmp_path / "counters.sqlite3"))
    with time_machine.travel(1_000_000, tick=False) as clock:
        for number in range(10):
            some.take(str(number), 1, 1, 60)
        clock.shift(61)
        some.take("a", 1, 1, 60)
    names = some._connection().execute("SELECT name FROM counter").fetchall()
    assert names == [("a",)]


@pytest.mark.parametrize("cache", ["a file that cannot be", "valkey"])
def test_without_a_store_nothing_is_counted_and_it_is_logged(
    settings, tmp_path: Path, monkeypatch, caplog, cache: str
) -> None:
    monkeypatch.setattr(counters, "_failed_at", float("-inf"))
    if cache == "valkey":
        settings.CACHES = {
            "default": {
                "BACKEND": "django.core.cache.backends.redis.RedisCache",
                "LOCATION": "redis://127.0.0.1:1/0",
            }
        }
    else:
        settings.DATA_DIR = tmp_path / "none"
    assert counters.take("a", 1, most=1, seconds=60) is None
    assert counters.take("a", 1, most=1, seconds=60) is None
    assert [record.levelname for record in caplog.records] == ["WARNING"]
