"""Counts to narrow a search by, taken over the newest articles that match."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone

from articles.models import ListingEntry, ListingKind
from articles.search.criteria import Criteria, listing_of
from articles.search.periods import read_period
from articles.search.positions import article_at, moment_at
from articles.search.results import newest_matches
from articles.search.vocabulary import ENTITIES, Choice, choices

SAMPLE = 1_000
VALUES = 10

FACETS = ("place", "person", "organisation", "tag", "section", "year")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with the number of articles it leaves, and the search narrowed by it."""

    choice: Choice
    count: int
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one parameter, the most frequent first; years the newest first."""

    parameter: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """``sample`` is how many articles were counted; they are all when ``is_exact``."""

    facets: tuple[Facet, ...]
    sample: int
    is_exact: bool


def facets(
    criteria: Criteria, parameters: Iterable[str] = FACETS, *, sample: int = SAMPLE
) -> Facets:
    """What the newest ``sample`` articles that match are about, for each of ``parameters``.

    Values that ``criteria`` ask for already are left out. Three queries, whatever the number of
    articles.
    """
    asked = list(parameters)
    positions = newest_matches(criteria, sample + 1)
    counted = positions[:sample]
    most = _most(criteria, [article_at(position) for position in counted], asked)
    named = choices({parameter: of_one.keys() for parameter, of_one in most.items()})
    found = [
        _years(criteria, counted)
        if parameter == "year"
        else _facet(criteria, parameter, most[parameter], named[parameter])
        for parameter in asked
    ]
    return Facets(
        tuple(facet for facet in found if facet.values),
        len(counted),
        is_exact=len(positions) <= sample,
    )


def _most(
    criteria: Criteria, article_ids: list[int], parameters: list[str]
) -> dict[str, dict[int, int]]:
    """How many of the articles stand in the longest lists, by parameter and entity."""
    parameter_of = {
        listing_of(parameter): parameter for parameter in parameters if parameter in ENTITIES
    }
    counts: dict[str, Counter[int]] = {parameter: Counter() for parameter in parameters}
    # Counted here: asked to group, SQLite would walk the index of all lists to be spared a sort.
    entries = ListingEntry.objects.filter(article__in=article_ids).order_by()
    for (kind, key), count in Counter(entries.values_list("kind", "key")).items():
        if parameter := parameter_of.get(ListingKind(kind)):
            counts[parameter][key] = count
    for parameter, of_one in counts.items():
        for choice in _chosen(criteria, parameter):
            of_one.pop(int(choice.key), None)
    return {parameter: dict(of_one.most_common(VALUES)) for parameter, of_one in counts.items()}


def _facet(criteria: Criteria, parameter: str, most: dict[int, int], named: list[Choice]) -> Facet:
    by_count = sorted(named, key=lambda choice: (-most[int(choice.key)], choice.name))
    return Facet(
        parameter,
        tuple(
            FacetValue(choice, most[int(choice.key)], criteria.narrowed(parameter, choice))
            for choice in by_count
        ),
    )


def _chosen(criteria: Criteria, parameter: str) -> list[Choice]:
    return [
        choice
        for chosen in criteria.filters
        if chosen.parameter == parameter
        for choice in chosen.choices
    ]


def _years(criteria: Criteria, positions: list[int]) -> Facet:
    zone = timezone.get_current_timezone()
    counts = Counter(moment_at(position).astimezone(zone).year for position in positions)
    values = []
    for year, count in sorted(counts.items(), reverse=True):
        period = read_period(f"{year:04}")
        values.append(
            FacetValue(
                Choice(year, period.text, period.text),
                count,
                replace(criteria, since=period, until=period),
            )
        )
    return Facet("year", tuple(values))
