"""Which stored articles to look at: those that may have a name, or the whole archive."""

import sys
from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from django.db.models import Q
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, LinkingRun, Status
from articles.relinking.unsearched import unsearched, with_phrases
from articles.search.finding import in_words

BATCH = 500

_READ = 200

After = Callable[[int], list[int]]
"""Given the id of an article, the next ``BATCH`` ids above it that are to be looked at."""


def newest(names: Sequence[str], most: int) -> list[int]:
    """The ids of at most so many articles that have any of ``names`` in their words, the newest
    first; then those among the newest drafts and others that no index has."""
    wanted = in_words.phrases(names)
    others = list(with_phrases(wanted, _READ))
    return [*in_words.articles_with(wanted, most - len(others)), *others]


def ahead(run: LinkingRun) -> After:
    """What ``run`` has to look at, in the order of ids. Of a run for an entry those that have its
    names are found once, by the index; those that are in no index are all among them, and are
    asked for a batch at a time."""
    if run.key is None:
        archive = whole(run.since)

        def next_of_archive(last: int) -> list[int]:
            return list(
                archive.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
            )

        return next_of_archive
    ids = sorted(in_words.articles_with(in_words.phrases(run.names), sys.maxsize))

    def next_with_names(last: int) -> list[int]:
        start = bisect_right(ids, last)
        others = unsearched().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
        return sorted({*ids[start : start + BATCH], *others[:BATCH]})[:BATCH]

    return next_with_names


def number_with(names: Sequence[str]) -> int:
    """How many articles may have any of ``names``: what a run for them looks at."""
    return in_words.count_with(in_words.phrases(names), sys.maxsize) + unsearched().count()


def whole(since: date | None = None) -> ArticleQuerySet:
    """The archive but for its bin; with ``since`` what was published on that day or later, and
    what is not published yet."""
    articles = Article.objects.exclude(status=Status.BIN)
    if since:
        midnight = timezone.make_aware(datetime.combine(since, time.min))
        articles = articles.filter(Q(published_at__gte=midnight) | Q(published_at__isnull=True))
    return articles
