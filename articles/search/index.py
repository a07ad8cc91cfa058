"""Writes the index."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from articles.models import Article
from articles.search import lexicon, lists, name_index
from articles.search.backend import Document
from articles.search.backends import backend_of
from articles.search.documents import documents, findable

BATCH = 500


def refresh(article_ids: Iterable[int]) -> None:
    """Bring the documents of these articles up to date, in the caller's transaction.

    Drafts and what is withdrawn, deleted or taken out of search lose theirs. Call
    ``listings.refresh`` before: the lists an article stands in are part of its document. Costs a
    constant number of queries for each 500 articles.
    """
    connection = connections[router.db_for_write(Article)]
    ids = sorted(set(article_ids))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic(using=connection.alias, savepoint=False):
            made = _write(connection, ids[start : start + BATCH])
            name_index.refresh(one for document in made for one in lists.lists_of(document))


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Make the index anew from the articles, oldest first, and return how many it holds.

    Memory does not grow with the archive. Each batch is a transaction of its own, so the site
    stays in service meanwhile; a search finds only what is done already. ``progress`` is called
    with the number of articles done after each batch.
    """
    connection = connections[router.db_for_write(Article)]
    backend = backend_of(connection)
    with transaction.atomic(using=connection.alias):
        backend.drop(connection)
        backend.create(connection)
        lexicon.forget()
    known: lexicon.Known = {}
    done = 0
    last: tuple[datetime, int] | None = None
    while batch := _next_batch(last):
        with transaction.atomic(using=connection.alias):
            _write(connection, [pk for _, pk in batch], known)
        last = batch[-1]
        done += len(batch)
        if progress:
            progress(done)
    backend.settle(connection)
    name_index.rebuild()
    return done


def _write(
    connection: BaseDatabaseWrapper,
    article_ids: Sequence[int],
    known: lexicon.Known | None = None,
) -> list[Document]:
    """Write the documents of these articles, with their lists and words, in place of those there
    are; returns them."""
    made = documents(article_ids)
    backend = backend_of(connection)
    backend.remove(connection, article_ids)
    backend.write(connection, made)
    lists.remove(article_ids)
    lists.write(made)
    lexicon.learn(made, known)
    return made


def _next_batch(last: tuple[datetime, int] | None) -> list[tuple[datetime, int]]:
    """The articles to be indexed that follow ``last`` in the order of publication."""
    articles = findable().order_by("public_from", "pk")
    if last:
        moment, pk = last
        articles = articles.filter(public_from__gte=moment).filter(
            Q(public_from__gt=moment) | Q(pk__gt=pk)
        )
    return list(articles.values_list("public_from", "pk")[:BATCH])
