"""What follows for articles when an entity they refer to is renamed or deleted."""

from collections.abc import Iterator
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model

from articles import search
from articles.editing.record import record
from articles.listings import Listing
from articles.models import (
    Article,
    Author,
    FormerSlug,
    Image,
    ListingCount,
    ListingEntry,
    ListingTotal,
    Place,
    Section,
)
from articles.pictures import forget
from articles.vocabulary.catching_up import articles_of, catch_up
from articles.vocabulary.kinds import LISTS, kind_of

_BATCH = 500


def follow_rename(entity: Model) -> bool:
    """Let its articles be found by the new names of a stored entity.

    Returns False when it has more than ``catching_up.AT_ONCE``: then the worker does the rest,
    which are found by the names they had until it has come to them.
    """
    return catch_up(articles_of(entity))


def follow_image(image: Image) -> bool:
    """Let whoever keeps a copy know of the articles that a changed picture stands above. Returns as
    ``follow_rename`` does."""
    return catch_up(image.articles.order_by("-pk").values_list("pk", flat=True).iterator())


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
    kinds = () if isinstance(entity, Image) else LISTS[kind_of(entity)]
    return max((Listing(kind, entity.pk).count() for kind in kinds), default=0)


@transaction.atomic
def delete_entity(entity: Model, *, by: User | None) -> None:
    """Delete an entity against which there are no ``obstacles``, and bring its articles' lists,
    search entries and revisions up to date; an image goes with its files, and what was merged into
    an entity with it."""
    if isinstance(entity, Image):
        transaction.on_commit(partial(forget, entity.sha256))
        entity.delete()
        return
    name, kind, key = str(entity), kind_of(entity), entity.pk
    articles = list(articles_of(entity))
    entity.delete()
    for batch in _batches(articles):
        record(batch, by=by, reason=f"“{name}” was deleted", minor=True)
    for table in (ListingEntry, ListingCount, ListingTotal):
        table._default_manager.filter(kind__in=LISTS[kind], key=key).delete()
    FormerSlug.objects.filter(kind=kind, key=key).delete()
    search.refresh_names((of_list, key) for of_list in LISTS[kind])


def _batches(article_ids: list[int]) -> Iterator[list[Article]]:
    for start in range(0, len(article_ids), _BATCH):
        yield list(Article.objects.filter(pk__in=article_ids[start : start + _BATCH]))
