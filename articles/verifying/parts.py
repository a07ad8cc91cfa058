"""The parts of an archive that are checked, in the order in which they are."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.db.models import Model

from articles.models import Article, Image, SearchName
from articles.search.index.inspection import indexed
from articles.verifying import (
    addresses,
    changes,
    discussions,
    index,
    links,
    lists,
    media,
    revisions,
)
from articles.verifying.faults import Fault

Keys = Callable[[int, int], list[int]]
Check = Callable[[Sequence[int]], Iterable[Fault]]


class Part(NamedTuple):
    """Something to check: ``keys(after, limit)`` gives the ids to check, a batch at a time, and
    ``check`` what is wrong with them. ``whole`` checks what does not go by ids."""

    name: str
    about: str
    keys: Keys
    check: Check
    whole: Callable[[], Iterable[Fault]] | None = None


def _ids_of(model: type[Model]) -> Keys:
    def keys(after: int, limit: int) -> list[int]:
        rows = model._default_manager.filter(pk__gt=after).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:limit])

    return keys


_ARTICLES = _ids_of(Article)

PARTS = (
    Part("revisions", "the chain of versions", _ARTICLES, revisions.check),
    Part("addresses", "addresses", _ARTICLES, addresses.check),
    Part("lists", "lists and their counts", _ARTICLES, lists.check, lists.check_counts),
    Part("changes", "what copies are told", _ARTICLES, changes.check),
    Part("discussions", "comments and their counts", _ARTICLES, discussions.check),
    Part("index", "the search index", _ARTICLES, index.check),
    Part("documents", "documents of the search index", indexed, index.check_documents),
    Part("names", "names that search knows", _ids_of(SearchName), index.check_names),
    Part("media", "files of pictures", _ids_of(Image), media.check),
    Part("links", "links to our own pages", _ARTICLES, links.check),
)
