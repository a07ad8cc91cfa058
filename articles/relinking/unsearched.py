"""The articles that the search index knows nothing of: drafts, what is in review or withdrawn, and
what was taken out of search. What is in the bin stays there as it is."""

from collections.abc import Iterator

from django.db.models import Q

from articles.models import Article, ArticleQuerySet, Status
from articles.search.finding import in_words

_CHUNK = 200
# By the index of states, which knows nothing of ``public_from``.
_UNSEARCHED = Q(status__in=[Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN]) | Q(
    deindexed_at__isnull=False
)


def unsearched() -> ArticleQuerySet:
    return Article.objects.filter(_UNSEARCHED)


def with_phrases(wanted: in_words.Phrases, most: int) -> Iterator[int]:
    """The ids of those that have any of the phrases, the newest first, among the newest ``most``,
    which are read."""
    rows = (
        unsearched()
        .order_by("-pk")
        .values_list("pk", "headline", "dateline_text", "summary", "body")[:most]
    )
    for pk, *texts in rows.iterator(chunk_size=_CHUNK):
        if in_words.stand_in("\n".join(texts), wanted):
            yield pk
