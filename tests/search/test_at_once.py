"""Several who write the index at once, each on a connection of its own."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from articles import listings, search
from articles.models import Article, ArticleFacets, SearchName, SearchWord, Status
from articles.search.index import writing
from articles.search.index.documents import documents
from articles.search.index.inspection import inspect
from tests.factories import make_person
from tests.search.archive import headlines, publish

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="it has one writer at a time"),
]

PATIENCE = 20
"""Seconds after which what is waited for will not come."""


def together(*acts: Callable[[], None]) -> list[Exception]:
    """Let each be done on a connection of its own; what went wrong."""
    faults: list[Exception] = []

    def one(act: Callable[[], None]) -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute(f"SET lock_timeout = '{PATIENCE // 2}s'")
            act()
        except Exception as fault:  # noqa: BLE001 - whatever it is, the test tells
            faults.append(fault)
        finally:
            connection.close()

    threads = [Thread(target=one, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def test_two_that_bring_the_same_words_and_names_crosswise_do_not_wait_for_each_other():
    people = [make_person("Mohsin Naqvi"), make_person("Quratulain Shah")]
    articles = [publish(f"Report {number}", about=people) for number in range(4)]
    ids = [article.pk for article in articles]
    SearchName.objects.all().delete()
    both = Barrier(2)

    def save(first: int, second: int, *words: str) -> Callable[[], None]:
        def act() -> None:
            with transaction.atomic():
                for pk, word in zip((first, second), words, strict=True):
                    Article.objects.filter(pk=pk).update(headline=word)
                    search.refresh([pk])
                    both.wait(PATIENCE)

        return act

    one, other = save(ids[0], ids[1], "Alpha", "Omega"), save(ids[2], ids[3], "Omega", "Alpha")
    assert together(one, other) == []
    assert set(SearchWord.objects.filter(word__in=["alpha", "omega"]).values_list("word")) == {
        ("alpha",),
        ("omega",),
    }
    assert inspect(ids) == {}


def test_an_article_withdrawn_while_the_index_is_made_anew_stays_out(monkeypatch):
    article = publish("Floods")
    withdrawing: list[Thread] = []
    faults: list[Exception] = []

    def withdraw() -> None:
        with transaction.atomic():
            article.status = Status.WITHDRAWN
            article.save()
            listings.refresh([article.pk])
            search.refresh([article.pk])

    def read(article_ids):
        made = documents(article_ids)
        if not withdrawing:
            thread = Thread(target=lambda: faults.extend(together(withdraw)))
            withdrawing.append(thread)
            thread.start()
            # It gets to its end now if nothing holds it up, and else once this batch is written.
            thread.join(1)
        return made

    monkeypatch.setattr(writing, "documents", read)
    search.rebuild()
    withdrawing[0].join()
    assert faults == []
    assert headlines(q="floods") == []
    assert inspect([article.pk]) == {}
    assert not ArticleFacets.objects.exists()
