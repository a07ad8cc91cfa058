"""Links a batch of stored articles again, and records what follows for those that changed."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db import transaction

from articles.editing import record
from articles.linking import About, link
from articles.models import Article, Mention, MentionRole

ACTOR = "linking"
"""Who did it, as the history of an article says."""

_Standing = dict[int, set[tuple[int | None, int | None, int | None, bool]]]


@transaction.atomic
def link_again(article_ids: Sequence[int], reason: str, about: About | None = None) -> set[int]:
    """Link these articles as the vocabulary now stands, or only what concerns ``about``, and
    return the ids of those of which anything changed.

    Lists and search follow where readers see other names than before. A dateline that gets its
    place is a revision, a minor one with ``reason``: no reader is told that the article changed.
    What an editor decided stays. A constant number of queries.
    """
    locked = Article.objects.select_for_update().filter(pk__in=article_ids).order_by("pk")
    articles = list(locked)
    places = {article.pk: article.dateline_place_id for article in articles}
    before = _standing(places)
    changed = link(articles, about)
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


def _standing(article_ids: Collection[int]) -> _Standing:
    """What each article stands under by what it names: as lists and search count it."""
    found: _Standing = defaultdict(set)
    rows = Mention.objects.shown().filter(article__in=article_ids).order_by()
    for article, place, person, organisation, role in rows.values_list(
        "article", "place", "person", "organisation", "role"
    ):
        found[article].add((place, person, organisation, role == MentionRole.FILED_FROM))
    return found
