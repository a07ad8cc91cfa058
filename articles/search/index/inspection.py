"""Holds the index against the articles, without changing it."""

from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import chain

from django.db import connections, router
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import Article, SearchName
from articles.search.index import lexicon, lists, name_index
from articles.search.index.backend import Backend
from articles.search.index.backends import backend_of
from articles.search.index.documents import EVERY_ARTICLE, documents
from articles.search.index.name_index import List


class Flaw(StrEnum):
    """What can be wrong with an article's document, in words that follow its name."""

    MISSING = "is not in the search index"
    STALE = "is in the search index as it no longer is"
    SURPLUS = "is in the search index, where it should not be"
    UNINDEXED = "has a document in the search index, which does not find it"
    UNKNOWN_WORDS = "has words that search knows no other forms of"
    MISCOUNTED = "is counted by search in lists where it is not, or not in those where it is"
    UNNAMED = "is about something that search does not find by its names"


def inspect(article_ids: Sequence[int]) -> dict[int, Flaw]:
    """What is wrong with the documents of these articles, by id; those that are right are left
    out. A constant number of queries."""
    connection, backend = _index()
    wanted = {document.article_id: document for document in documents(article_ids)}
    stored = {document.article_id: document for document in backend.read(connection, article_ids)}
    filters = backend.filters(connection, article_ids)
    flaws = dict.fromkeys(wanted.keys() - stored.keys(), Flaw.MISSING)
    flaws |= dict.fromkeys(stored.keys() - wanted.keys(), Flaw.SURPLUS)
    sound: dict[int, int] = {}  # articles by their positions
    for pk in wanted.keys() & stored.keys():
        is_same = replace(stored[pk], filters="") == replace(wanted[pk], filters="")
        if is_same and filters[pk] == set(wanted[pk].filters.split()):
            sound[stored[pk].position] = pk
        else:
            flaws[pk] = Flaw.STALE
    for position in backend.unindexed(connection, list(sound), EVERY_ARTICLE):
        flaws[sound[position]] = Flaw.UNINDEXED
    for pk in lexicon.lacking(wanted.values()):
        flaws.setdefault(pk, Flaw.UNKNOWN_WORDS)
    counted = lists.read(article_ids)
    for pk, document in wanted.items():
        if counted.pop(pk, b"") != lists.packed(document):
            flaws.setdefault(pk, Flaw.MISCOUNTED)
    flaws |= dict.fromkeys(counted.keys() - flaws.keys(), Flaw.SURPLUS)
    about = {pk: set(lists.lists_of(document)) for pk, document in wanted.items()}
    unnamed = name_index.wrong(chain.from_iterable(about.values()))
    for pk, of_article in about.items():
        if not unnamed.isdisjoint(of_article):
            flaws.setdefault(pk, Flaw.UNNAMED)
    return flaws


def surplus_names(name_ids: Sequence[int]) -> list[List]:
    """The lists, by kind and key, that these ``SearchName`` rows are of though no article stands in
    them. One query."""
    return list(name_index.surplus_lists(SearchName.objects.filter(pk__in=name_ids)))


def indexed(after: int, limit: int) -> list[int]:
    """The ids above ``after`` that the index has a document of, the lowest first."""
    connection, backend = _index()
    return backend.article_ids(connection, after, limit)


def _index() -> tuple[BaseDatabaseWrapper, Backend]:
    connection = connections[router.db_for_write(Article)]
    return connection, backend_of(connection)
