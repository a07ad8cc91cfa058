"""Brings the lists and search entries of articles after a change of the vocabulary: the newest at
once, while an editor waits, the rest by the worker."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.db.models import Model, QuerySet

from articles import changes, listings, search
from articles.editing import stale
from articles.models import ListingEntry, Mention, MentionRole, Place
from articles.vocabulary.kinds import LISTS, kind_of

AT_ONCE = 2_000
"""Articles that follow while somebody waits: a few seconds."""

_BATCH = 500


def catch_up(article_ids: Iterable[int]) -> bool:
    """Let the lists and the search have these articles as they are now: the first ``AT_ONCE`` in
    this transaction, the rest soon. Returns whether that was all of them."""
    ids = iter(dict.fromkeys(article_ids))
    now = list(islice(ids, AT_ONCE))
    for start in range(0, len(now), _BATCH):
        batch = now[start : start + _BATCH]
        listings.refresh(batch)
        search.refresh(batch)
        changes.note(batch)
    later = list(ids)
    stale.mark(later)
    return not later


def articles_of(entry: Model) -> Iterator[int]:
    """The ids of the articles in the lists of an entry, each once, newest first within a list, and
    of those that say only in their dateline that they come from a place."""
    seen: set[int] = set()
    for articles in (*_in_lists(entry), _filed_from(entry)):
        for pk in articles.iterator(chunk_size=_BATCH):
            if pk not in seen:
                seen.add(pk)
                yield pk


def _in_lists(entry: Model) -> Iterator[QuerySet[ListingEntry, int]]:
    for kind in LISTS[kind_of(entry)]:
        entries = ListingEntry.objects.filter(kind=kind, key=entry.pk).order_by("-public_from")
        yield entries.values_list("article", flat=True)


def _filed_from(entry: Model) -> QuerySet[Mention, int]:
    mentions = Mention.objects.filter(role=MentionRole.FILED_FROM).order_by("-article")
    here = mentions.filter(place=entry) if isinstance(entry, Place) else mentions.none()
    return here.values_list("article", flat=True)
