"""Which articles are about the same: they name what few others name, and are near in time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from math import log
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from articles.freshness import shows_each, shows_list
from articles.listings.weights import STEPS, magnitude
from articles.models import ListingEntry, ListingKind, ListingTotal, Subject
from articles.models.article_facets import list_number
from articles.models.prepared import PreparedRows, together

SHOWN = 4
"""How many articles before, and after, are told at most."""

_RAREST = 4  # of what an article names, so many lead to others
_NEAREST = 5  # articles before, and after, that share one of them are looked at
# Weights are natural logarithms: what one article in two names weighs 0.7, one in a hundred 4.6.
_LIGHTEST = 0.7
_ENOUGH = 1.6
_HALF_AS_NEAR = 200  # days
_A_STEP = log(2) / STEPS

Listed = tuple[int, int]
"""A list that an article stands in: its ``ListingKind`` and the id of what it is of."""

_NAMED = (
    ListingKind.PLACE_ITSELF,
    ListingKind.DATELINE_ITSELF,
    ListingKind.PERSON,
    ListingKind.ORGANISATION,
)


class RelatedArticle(NamedTuple):
    """``shared`` are the lists that it has in common with the one asked about, the rarest first."""

    article_id: int
    public_from: datetime
    headline: str
    path: str
    language: str
    shared: tuple[Listed, ...]


class Related(NamedTuple):
    """The articles before and after, the nearest in time first."""

    earlier: list[RelatedArticle]
    later: list[RelatedArticle]


_totals = PreparedRows(
    int,
    lambda article: (
        ListingEntry.objects.filter(article=article, kind__in=[ListingKind.ARCHIVE, *_NAMED])
        .annotate(
            total=Subquery(
                ListingTotal.objects.filter(kind=OuterRef("kind"), key=OuterRef("key")).values(
                    "count"
                )
            )
        )
        .order_by()
        .values_list("kind", "key", "total")
    ),
)
_COLUMNS = (
    "kind", "key", "article_id", "public_from",
    "article__headline", "article__path", "article__language",
)  # fmt: skip
_before = PreparedRows(
    (int, int, datetime),
    lambda kind, key, moment: (
        ListingEntry.objects.filter(kind=kind, key=key, public_from__lte=moment)
        .order_by("-public_from", "-article_id")
        .values_list(*_COLUMNS)
    ),
)
_after = PreparedRows(
    (int, int, datetime, datetime),
    lambda kind, key, moment, now: (
        ListingEntry.objects.filter(
            kind=kind, key=key, public_from__gt=moment, public_from__lte=now
        )
        .order_by("public_from", "article_id")
        .values_list(*_COLUMNS)
    ),
)


def related(article_id: int, moment: datetime) -> Related:
    """What was published before and after ``moment``, when the article was, about the same.

    Two queries, which read some dozens of entries of lists at most, however long these are.
    """
    weights = _weights(article_id)
    if not weights:
        return Related([], [])
    now = timezone.now()
    # One more before it, which is the article itself.
    rows: list[Any] = together(
        [
            *(_before.first(_NEAREST + 1, kind, key, moment) for kind, key in weights),
            *(_after.first(_NEAREST, kind, key, moment, now) for kind, key in weights),
        ]
    )
    _show(rows, list(weights), moment)
    found = [one for one in _gathered(rows, weights) if one.article_id != article_id]
    best = sorted(found, key=lambda one: -_relevance(one, moment, weights))
    earlier = [one for one in best if one.public_from <= moment][:SHOWN]
    later = [one for one in best if one.public_from > moment][:SHOWN]
    return Related(
        sorted(earlier, key=lambda one: (one.public_from, one.article_id), reverse=True),
        sorted(later, key=lambda one: (one.public_from, one.article_id)),
    )


def _weights(article_id: int) -> dict[Listed, float]:
    """How much each of the rarest things weighs that the article names, the heaviest first; what
    nobody else names is left out."""
    # By steps, as the weights go: one article more does not put two lists in another order.
    rows = sorted(_totals(article_id), key=lambda row: (magnitude(row[2] or 0), *row[:2]))
    shows_each(Subject.WEIGHT, [list_number(kind, key) for kind, key, _ in rows])
    everything = next((total for kind, _, total in rows if kind == ListingKind.ARCHIVE), 0)
    weights = {
        (kind, key): (magnitude(everything) - magnitude(total)) * _A_STEP
        for kind, key, total in rows
        if kind != ListingKind.ARCHIVE and total and 1 < total <= everything
    }
    heavy = ((listed, weight) for listed, weight in weights.items() if weight >= _LIGHTEST)
    return dict(list(heavy)[:_RAREST])


def _show(
    rows: Sequence[tuple[int, int, int, datetime, str, str, str]],
    lists: Iterable[Listed],
    moment: datetime,
) -> None:
    """Say that the page shows the lists from the first to the last entry looked at, beyond which
    nothing changes it; on a side where fewer were found than looked for, all that is there."""
    shows_each(Subject.ARTICLE, {row[2] for row in rows})
    before: dict[Listed, list[datetime]] = defaultdict(list)
    after: dict[Listed, list[datetime]] = defaultdict(list)
    for kind, key, _, at, *_ in rows:
        (before if at <= moment else after)[kind, key].append(at)
    for listing in lists:
        first = min(before[listing]) if len(before[listing]) > _NEAREST else None
        last = max(after[listing]) if len(after[listing]) >= _NEAREST else None
        shows_list(*listing, first, last)


def _gathered(
    rows: Iterable[tuple[int, int, int, datetime, str, str, str]], weights: dict[Listed, float]
) -> Iterator[RelatedArticle]:
    """Each article of the rows once, if what it shares weighs enough."""
    shared: dict[int, set[Listed]] = defaultdict(set)
    articles: dict[int, tuple[datetime, str, str, str]] = {}
    for kind, key, article, *columns in rows:
        shared[article].add((kind, key))
        articles[article] = tuple(columns)  # type: ignore[assignment]
    for article, (moment, headline, path, language) in articles.items():
        rarest_first = tuple(listed for listed in weights if listed in shared[article])
        if sum(weights[listed] for listed in rarest_first) >= _ENOUGH:
            yield RelatedArticle(article, moment, headline, path, language, rarest_first)


def _relevance(one: RelatedArticle, moment: datetime, weights: dict[Listed, float]) -> float:
    days = abs((one.public_from - moment).total_seconds()) / 86_400
    return sum(weights[listed] for listed in one.shared) / (1 + days / _HALF_AS_NEAR)
