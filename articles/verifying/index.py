"""The search index: a document for each article that can be found, and none besides."""

from collections.abc import Iterator, Sequence

from articles.models import ListingKind
from articles.search.index.documents import findable
from articles.search.index.inspection import inspect, surplus_names
from articles.verifying.faults import Fault, article
from articles.verifying.waiting import settled

_REBUILD = "Run rebuild_search"


def check(article_ids: Sequence[int]) -> Iterator[Fault]:
    """The articles among these that are not in the index as they should be."""
    for pk, flaw in sorted(inspect(settled(article_ids)).items()):
        yield Fault(article(pk), flaw.value, _REBUILD)


def check_documents(article_ids: Sequence[int]) -> Iterator[Fault]:
    """The documents, by their articles, that belong to none that can be found."""
    found = set(findable().filter(pk__in=article_ids).values_list("pk", flat=True))
    for pk in settled(article_ids):
        if pk not in found:
            yield Fault(article(pk), "is in the search index, where it should not be", _REBUILD)


def check_names(name_ids: Sequence[int]) -> Iterator[Fault]:
    """What is looked up by these names though no article is about it."""
    for kind, key in surplus_names(name_ids):
        where = f"the list of {ListingKind(kind).label} {key}"
        yield Fault(where, "has names in search, and no articles", _REBUILD)
