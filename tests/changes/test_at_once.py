"""Several at once, each on a connection of its own, and nobody who reads on misses anything."""

import time
from collections.abc import Callable
from concurrent.futures import Future
from threading import Event, Thread

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from articles import changes, editing
from articles.models import Article, Change

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="it has one writer at a time"),
]

PATIENCE = 20
"""Seconds after which what is waited for will not come."""


class Elsewhere:
    """Does something on another connection in a transaction, which stays open until ``commit``."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act
        self._is_done = Event()
        self._may_commit = Event()
        self._outcome: Future[None] = Future()
        self._thread = Thread(target=self._run)
        self._thread.start()

    def wait_until_done(self) -> None:
        assert self._is_done.wait(PATIENCE)

    def commit(self) -> None:
        """Let the transaction end, once it is done, and raise what went wrong in it."""
        self._may_commit.set()
        self._thread.join()
        self._outcome.result()

    def _run(self) -> None:
        try:
            with transaction.atomic():
                self._act()
                self._is_done.set()
                assert self._may_commit.wait(PATIENCE)
            self._outcome.set_result(None)
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test tells
            self._outcome.set_exception(fault)
        finally:
            connection.close()


def drafts(number: int) -> list[Article]:
    articles = [Article(headline=f"Report {n}", body="<p>It rained.</p>") for n in range(number)]
    for article in articles:
        editing.save(article, by=None)
    return articles


def read_on(position: int) -> list[Change]:
    """What a reader gets who has read up to a position."""
    changes.settle()
    return changes.after(position, changes.last_position(), 100).changes


def wait_for_somebody_to_wait() -> None:
    """Until another connection waits for its turn to settle."""
    until = time.monotonic() + PATIENCE
    waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(waiting)
            if cursor.fetchone() == (1,):
                return
            time.sleep(0.01)
    pytest.fail("Nobody waits.")


def test_who_writes_first_and_is_done_last_is_not_missed() -> None:
    editor = User.objects.create_superuser("editor")
    first, second = drafts(2)
    for article in (first, second):
        editing.publish(article, by=editor)
        article.body = "<p>It rained a lot.</p>"
    read = read_on(0)[-1].position or 0
    slow = Elsewhere(lambda: editing.save(first, by=editor))
    slow.wait_until_done()
    editing.save(second, by=editor)
    (seen,) = read_on(read)
    assert seen.article_id == second.pk
    slow.commit()
    (late,) = read_on(seen.position or 0)
    assert late.article_id == first.pk
    assert late.pk < seen.pk  # it was written before what stands before it


def test_two_who_settle_at_once_give_no_position_twice() -> None:
    editor = User.objects.create_superuser("editor")
    articles = drafts(5)
    for article in articles:
        editing.publish(article, by=editor)
    first = Elsewhere(lambda: changes.settle(2))
    first.wait_until_done()
    second = Elsewhere(lambda: changes.settle(2))
    wait_for_somebody_to_wait()
    assert changes.last_position() == 0  # nobody reads what may yet be undone
    first.commit()
    second.commit()
    assert changes.last_position() == 4
    told = read_on(0)
    assert [change.position for change in told] == [1, 2, 3, 4, 5]
    assert [change.article_id for change in told] == [article.pk for article in articles]


def test_what_is_settled_and_undone_is_settled_by_the_next() -> None:
    editor = User.objects.create_superuser("editor")
    (article,) = drafts(1)
    editing.publish(article, by=editor)

    def settle_and_fail() -> None:
        assert changes.settle() == 1
        raise ConnectionError

    failing = Elsewhere(settle_and_fail)
    with pytest.raises(ConnectionError):
        failing.commit()
    (told,) = read_on(0)
    assert (told.position, told.article_id) == (1, article.pk)
