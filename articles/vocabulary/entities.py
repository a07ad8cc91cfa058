"""What follows for articles when an entity they refer to is renamed or deleted."""

from collections.abc import Iterator
from functools import partial
from itertools import islice

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model

from articles import search
from articles.editing import stale
from articles.editing.record import record
from articles.listings import Listing
from articles.models import (
    Article,
    Author,
    Image,
    ListingCount,
    ListingEntry,
    ListingKind,
    ListingTotal,
    Organisation,
    Person,
    Place,
    Section,
    Tag,
)
from articles.pictures import forget

RENAMED_AT_ONCE = 2_000
"""Articles whose search entries follow a new name while its editor waits: a few seconds."""

_BATCH = 500

_LISTS: dict[type[Model], tuple[ListingKind, ...]] = {
    Section: (ListingKind.SECTION,),
    Author: (ListingKind.AUTHOR,),
    Tag: (ListingKind.TAG,),
    Place: (
        ListingKind.PLACE,
        ListingKind.DATELINE,
        ListingKind.PLACE_ITSELF,
        ListingKind.DATELINE_ITSELF,
    ),
    Person: (ListingKind.PERSON,),
    Organisation: (ListingKind.ORGANISATION,),
}


def follow_rename(entity: Model) -> bool:
    """Let its articles be found by the new name of a stored entity.

    Returns False when it has more than ``RENAMED_AT_ONCE``: then the worker does the rest, which
    are found by the name they had until it has come to them.
    """
    articles = _articles_of(entity)
    search.refresh(islice(articles, RENAMED_AT_ONCE))
    rest = list(articles)
    stale.mark(rest)
    return not rest


def obstacles(entity: Model) -> list[str]:
    """What stands against deleting ``entity``, a sentence each; empty when nothing does."""
    if isinstance(entity, Section) and entity.articles.exists():
        return ["Articles stand in it. Move them to another section first."]
    if isinstance(entity, Author) and entity.bylines.exists():
        return ["Articles bear this byline. Give them another first."]
    if isinstance(entity, Place) and entity.children.exists():
        return ["Places lie in it. Give them another parent first."]
    if isinstance(entity, Image):
        shown = (
            (entity.articles, "It is the lead image of articles. Give them another first."),
            (entity.illustrations, "Articles show it in their text. Take it out there first."),
        )
        return [reason for among, reason in shown if among.exists()]
    return []


def named_in(entity: Model) -> int:
    """How many public articles have ``entity`` on the longest of its lists."""
    kinds = _LISTS.get(type(entity), ())
    return max((Listing(kind, entity.pk).count() for kind in kinds), default=0)


@transaction.atomic
def delete_entity(entity: Model, *, by: User | None) -> None:
    """Delete an entity against which there are no ``obstacles``, and bring its articles' lists,
    search entries and revisions up to date; an image goes with its files."""
    name, lists, key = str(entity), _LISTS.get(type(entity), ()), entity.pk
    if isinstance(entity, Image):
        transaction.on_commit(partial(forget, entity.sha256))
    articles = list(_articles_of(entity))
    entity.delete()
    for start in range(0, len(articles), _BATCH):
        batch = list(Article.objects.filter(pk__in=articles[start : start + _BATCH]))
        record(batch, by=by, reason=f"“{name}” was deleted", minor=True)
    ListingEntry.objects.filter(kind__in=lists, key=key).delete()
    ListingCount.objects.filter(kind__in=lists, key=key).delete()
    ListingTotal.objects.filter(kind__in=lists, key=key).delete()


def _articles_of(entity: Model) -> Iterator[int]:
    """The ids of the articles in its lists, each once, newest first within a list."""
    seen: set[int] = set()
    for kind in _LISTS.get(type(entity), ()):
        entries = ListingEntry.objects.filter(kind=kind, key=entity.pk).order_by("-public_from")
        for pk in entries.values_list("article", flat=True).iterator(chunk_size=_BATCH):
            if pk not in seen:
                seen.add(pk)
                yield pk
