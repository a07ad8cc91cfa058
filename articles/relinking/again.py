"""Links a batch of stored articles again, and records what follows for those that changed."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import transaction

from articles.editing import record
from articles.linking import About, Findings, TableState, find, link, read_state
from articles.models import Article, Mention, MentionRole

ACTOR = "linking"
"""Who did it, as the history of an article says."""

_Standing = dict[int, set[tuple[int | None, int | None, int | None, bool]]]


class Batch(NamedTuple):
    """Articles as they were read, and what was found in them by the vocabulary of that moment."""

    articles: list[Article]
    found: dict[int, Findings]
    vocabulary: tuple[TableState, ...]


def read(article_ids: Sequence[int]) -> Batch:
    """Read these articles and find what they name: most of the work, and outside of any
    transaction, so that on SQLite nobody who saves something has to wait for it."""
    vocabulary = read_state()
    articles = list(Article.objects.filter(pk__in=article_ids).order_by("pk"))
    return Batch(articles, find(articles), vocabulary)


@transaction.atomic
def link_again(batch: Batch, reason: str, about: About | None = None) -> set[int]:
    """Write what was found in these articles, or only what concerns ``about``, and return the ids
    of those of which anything changed.

    Lists and search follow where readers see other names than before. A dateline that gets its
    place is a revision, a minor one with ``reason``: no reader is told that the article changed.
    What an editor decided stays. A constant number of queries.
    """
    articles, found, _ = _as_they_are(batch)
    places = {article.pk: article.dateline_place_id for article in articles}
    before = _standing(places)
    changed = link(articles, about, found)
    if not changed:
        return changed
    after = _standing(changed)
    seen = [
        article
        for article in articles
        if article.pk in changed
        and (
            before[article.pk] != after[article.pk]
            or places[article.pk] != article.dateline_place_id
        )
    ]
    record(seen, actor=ACTOR, reason=reason, minor=True)
    return changed


def _as_they_are(batch: Batch) -> Batch:
    """The batch without what was deleted since it was read, and with what was changed read anew:
    all of it when the vocabulary changed, for what it names may be merged into another or gone.
    Nobody changes any of the articles until the transaction ends."""
    ids = [article.pk for article in batch.articles]
    locked = Article.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    revisions = dict(locked.values_list("pk", "revision"))
    if read_state() != batch.vocabulary:
        return read(list(revisions))
    same = [one for one in batch.articles if revisions.get(one.pk) == one.revision]
    changed = read(list(revisions.keys() - {article.pk for article in same}))
    found = {article.pk: batch.found[article.pk] for article in same}
    return Batch([*same, *changed.articles], found | changed.found, batch.vocabulary)


def _standing(article_ids: Collection[int]) -> _Standing:
    """What each article stands under by what it names: as lists and search count it."""
    found: _Standing = defaultdict(set)
    rows = Mention.objects.shown().filter(article__in=article_ids).order_by()
    for article, place, person, organisation, role in rows.values_list(
        "article", "place", "person", "organisation", "role"
    ):
        found[article].add((place, person, organisation, role == MentionRole.FILED_FROM))
    return found
