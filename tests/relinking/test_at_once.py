"""Several workers at once, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection

from articles.editing import stale
from articles.models import LinkingRun, StaleArticle
from articles.relinking import runs
from tests.factories import make_place
from tests.relinking.world import make_balochistan, write_about
from tests.search.archive import publish

pytestmark = pytest.mark.django_db(transaction=True)

WORKERS = 3


def together(work: Callable[[], None]) -> list[Exception]:
    """Let as many workers do it at the same moment; what went wrong."""
    faults: list[Exception] = []
    ready = Barrier(WORKERS)

    def one() -> None:
        try:
            ready.wait()
            work()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test tells
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=one) for _ in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share the tests' database")
def test_a_run_is_gone_through_once(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("articles.relinking.candidates.BATCH", 2)
    articles = write_about("Nushki", 12)
    run = runs.begin(make_place("Nushki", make_balochistan()), ["Nushki"], by=None)

    def go_on() -> None:
        runs.proceed(run)

    assert together(go_on) == []
    run = LinkingRun.objects.get()
    assert (run.seen, run.changed, run.total) == (12, 12, 12)
    assert all(article.mentions.count() == 1 for article in articles)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="threads share the tests' database")
def test_sweeps_share_the_work():
    stale.mark([publish().pk for _ in range(12)])
    swept: list[int] = []

    def sweep() -> None:
        while number := stale.sweep(2):
            swept.append(number)

    assert together(sweep) == []
    assert sum(swept) == 12
    assert not StaleArticle.objects.exists()
