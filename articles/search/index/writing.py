"""Writes the index."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import partial

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Exists, OuterRef, Q

from articles.models import Article, ArticleFacets
from articles.search.index import lexicon, lists, name_index
from articles.search.index.backend import Document
from articles.search.index.backends import backend_of
from articles.search.index.documents import documents, findable

BATCH = 500


def refresh(article_ids: Iterable[int]) -> None:
    """Bring the documents of these articles up to date, in the caller's transaction.

    Drafts and what is withdrawn, deleted or taken out of search lose theirs. Call
    ``listings.refresh`` before: the lists an article stands in are part of its document. Words and
    names follow when that transaction is committed. Costs a constant number of queries for each
    500 articles.
    """
    connection = connections[router.db_for_write(Article)]
    ids = sorted(set(article_ids))
    for start in range(0, len(ids), BATCH):
        with transaction.atomic(using=connection.alias, savepoint=False):
            made, touched = _write(connection, ids[start : start + BATCH])
            words = lexicon.unknown(made)
        after_commit(partial(lexicon.keep_all, words))
        refresh_names(touched)


def refresh_names(of: Iterable[name_index.List]) -> None:
    """Bring the names by which these lists are looked up, given by kind and key, up to date when
    the caller's transaction is committed."""
    after_commit(partial(name_index.refresh, set(of)))


def after_commit(act: Callable[[], None]) -> None:
    """Do what articles have in common with others once the caller's transaction is committed, or
    now where there is none.

    Two that wrote words or names within transactions of several batches would wait for each other
    in turn, and everybody who saves for the longest. What fails then is logged: the articles are
    saved, and ``verify_archive`` names what they lack.
    """
    transaction.on_commit(act, using=router.db_for_write(Article), robust=True)


def tidy() -> bool:
    """Keep the index quick after many small changes; returns whether there is more to do, of which
    there is none."""
    connection = connections[router.db_for_write(Article)]
    backend_of(connection).tidy(connection)
    return False


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Make the index anew from the articles, oldest first, and return how many were written.

    The site stays in service meanwhile; a search finds only what is done already. ``progress`` is
    called with the number of articles done after each batch.
    """
    connection = connections[router.db_for_write(Article)]
    backend = backend_of(connection)
    with transaction.atomic(using=connection.alias):
        backend.drop(connection)
        backend.create(connection)
        lexicon.forget()
        lists.forget()
    return fill(progress)


def fill(progress: Callable[[int], None] | None = None) -> int:
    """Write the articles that have no row of lists beside the index, oldest first, in place of what
    the index has of them, and put right all names; returns how many articles those were.

    Memory does not grow with the archive. Each batch is a transaction of its own: who was stopped
    goes on where that was.
    """
    connection = connections[router.db_for_write(Article)]
    known: lexicon.Known = {}
    done = 0
    last: tuple[datetime, int] | None = None
    while batch := _next_batch(last):
        with transaction.atomic(using=connection.alias):
            ids = [pk for _, pk in batch]
            # Whoever withdraws one meanwhile waits, and then takes out what is written here.
            locked = Article.objects.select_for_update(of=("self",)).filter(pk__in=ids)
            list(locked.order_by("pk").values_list("pk"))
            made, _ = _write(connection, ids)
            lexicon.keep_all(lexicon.unknown(made, known))
        last = batch[-1]
        done += len(batch)
        if progress:
            progress(done)
    backend_of(connection).settle(connection)
    name_index.rebuild()
    return done


def _write(
    connection: BaseDatabaseWrapper, article_ids: Sequence[int]
) -> tuple[list[Document], set[name_index.List]]:
    """Write the documents and lists of these articles in place of those there are. Returns the
    documents, and the lists that the articles stand in now or stood in before."""
    made = documents(article_ids)
    backend = backend_of(connection)
    backend.remove(connection, article_ids)
    backend.write(connection, made)
    return made, lists.refresh(article_ids, made)


def _next_batch(last: tuple[datetime, int] | None) -> list[tuple[datetime, int]]:
    """The articles still to be written that follow ``last`` in the order of publication."""
    written = Exists(ArticleFacets.objects.filter(article=OuterRef("pk")))
    articles = findable().exclude(written).order_by("public_from", "pk")
    if last:
        moment, pk = last
        articles = articles.filter(public_from__gte=moment).filter(
            Q(public_from__gt=moment) | Q(pk__gt=pk)
        )
    return list(articles.values_list("public_from", "pk")[:BATCH])
