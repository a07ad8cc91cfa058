"""Counts to narrow a search by, taken over the newest articles that match."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import nsmallest

from django.utils import timezone

from articles.models import Containment
from articles.models.article_facets import list_of, unpack
from articles.search.asking.criteria import Criteria, CriteriaError, listing_of
from articles.search.asking.periods import Period, read_period
from articles.search.asking.vocabulary import ENTITIES, Choice, choices
from articles.search.finding.matching import newest_matches
from articles.search.finding.results import READ
from articles.search.index import lists
from articles.search.index.backends.patience import Patience
from articles.search.index.positions import article_at, first_position, moment_at

SAMPLE = READ
VALUES = 10
PLACES = 16
"""Values of a place: a town is counted in all that it lies in."""

FACETS = ("place", "person", "organisation", "tag", "section", "author", "year")


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value with the number of articles it leaves, and the search narrowed by it."""

    choice: Choice
    count: int
    criteria: Criteria


@dataclass(frozen=True, slots=True)
class Branch:
    """A value, and those below it that lie in what it stands for."""

    value: FacetValue
    inside: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one parameter, the most frequent first, of equals what lies in none of the
    others; years the newest first.

    ``tree`` has the same values, each place below the smallest of the others that it lies in.
    """

    parameter: str
    values: tuple[FacetValue, ...]
    tree: tuple[Branch, ...] = ()


@dataclass(frozen=True, slots=True)
class Facets:
    """``sample`` is how many articles were counted; they are all when ``is_exact``. It is 0, and
    they are not, when there was no time to find any."""

    facets: tuple[Facet, ...]
    sample: int
    is_exact: bool


def facets(
    criteria: Criteria,
    parameters: Iterable[str] = FACETS,
    *,
    newest: Sequence[int] | None = None,
    sample: int = SAMPLE,
    patience: Patience | None = None,
) -> Facets:
    """What the newest ``sample`` articles that match are about, for each of ``parameters``.

    ``newest`` are the positions of those and of one more, if they are known: see ``Results``.
    Values that ``criteria`` ask for already are left out. As many queries whatever the number of
    articles: one for the articles, one or two for the lists that they stand in, and the names of
    those; none of them, if ``patience`` ends before the articles are found.
    """
    # Of what takes no more values none is offered.
    asked = [parameter for parameter in parameters if criteria.takes(parameter)]
    if newest is None:
        try:
            newest = newest_matches(criteria, sample + 1, patience)
        except CriteriaError:
            return Facets((), 0, is_exact=False)
    counted = newest[:sample]
    most = _most(criteria, [article_at(position) for position in counted], asked)
    named = choices({parameter: of_one.keys() for parameter, of_one in most.items()})
    outer = {"place": _containers(most.get("place", {}))}
    found = [
        _years(criteria, counted)
        if parameter == "year"
        else _facet(
            criteria, parameter, most[parameter], named[parameter], outer.get(parameter, {})
        )
        for parameter in asked
    ]
    return Facets(
        tuple(facet for facet in found if facet.values),
        len(counted),
        is_exact=len(newest) <= sample,
    )


def _most(
    criteria: Criteria, article_ids: Sequence[int], parameters: Sequence[str]
) -> dict[str, dict[int, int]]:
    """How many of the articles stand in the longest lists, by parameter and entity."""
    counts: dict[str, list[tuple[int, int]]] = {parameter: [] for parameter in parameters}
    of_kind = {
        listing_of(parameter).value: of_one
        for parameter, of_one in counts.items()
        if parameter in ENTITIES
    }
    if of_kind:
        for number, count in Counter(unpack(b"".join(lists.read_all(article_ids)))).items():
            kind, key = list_of(number)
            if kind in of_kind:
                of_kind[kind].append((-count, key))
    most = {}
    for parameter, of_one in counts.items():
        chosen = {int(choice.key) for choice in _chosen(criteria, parameter)}
        values = PLACES if parameter == "place" else VALUES
        frequent = nsmallest(values + len(chosen), of_one)
        left = [(key, -count) for count, key in frequent if key not in chosen]
        most[parameter] = dict(left[:values])
    return most


def _containers(places: Mapping[int, int]) -> dict[int, dict[int, int]]:
    """For each of these places those of the others that it lies in, with the levels between."""
    outer: dict[int, dict[int, int]] = {}
    if places:
        found = Containment.objects.filter(inner__in=places, outer__in=places)
        for inner, container, depth in found.values_list("inner", "outer", "depth"):
            outer.setdefault(inner, {})[container] = depth
    return outer


def _facet(
    criteria: Criteria,
    parameter: str,
    most: Mapping[int, int],
    named: Mapping[int, Choice],
    outer: Mapping[int, Mapping[int, int]],
) -> Facet:
    # What was merged is counted as what it was merged into.
    counts: Counter[Choice] = Counter()
    for key, choice in named.items():
        counts[choice] += most[key]
    for choice in _chosen(criteria, parameter):
        counts.pop(choice, None)

    def order(choice: Choice) -> tuple[int, int, str]:
        return -counts[choice], len(outer.get(int(choice.key), ())), choice.name

    values = {
        int(choice.key): FacetValue(choice, counts[choice], criteria.narrowed(parameter, choice))
        for choice in sorted(counts, key=order)
    }
    return Facet(parameter, tuple(values.values()), _tree(values, outer))


def _tree(
    values: Mapping[int, FacetValue], outer: Mapping[int, Mapping[int, int]]
) -> tuple[Branch, ...]:
    below: dict[int | None, list[int]] = {}
    for key in values:
        above = outer.get(key)
        nearest = min(above, key=above.__getitem__) if above else None
        below.setdefault(nearest, []).append(key)

    def branches(container: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(values[key], branches(key)) for key in below.get(container, ()))

    return branches(None)


def _chosen(criteria: Criteria, parameter: str) -> list[Choice]:
    return [
        choice
        for chosen in criteria.filters
        if chosen.parameter == parameter
        for choice in chosen.choices
    ]


def _years(criteria: Criteria, positions: Sequence[int]) -> Facet:
    """The years of ``positions``, which are in order, the newest first; without one that holds all
    the time asked for."""
    zone = timezone.get_current_timezone()
    remaining = positions[::-1]
    values = []
    while remaining:
        year = moment_at(remaining[-1]).astimezone(zone).year
        period = read_period(f"{year:04}")
        before = bisect_left(remaining, first_position(period.start))
        choice, count = Choice(year, period.text, period.text), len(remaining) - before
        narrowed = _within(criteria, period)
        if narrowed.bounds != criteria.bounds:
            values.append(FacetValue(choice, count, narrowed))
        remaining = remaining[:before]
    return Facet("year", tuple(values), tuple(map(Branch, values)))


def _within(criteria: Criteria, period: Period) -> Criteria:
    """``criteria`` for what of their time lies in ``period``."""
    since, until = criteria.since or period, criteria.until or period
    return replace(
        criteria,
        since=max(period, since, key=lambda one: one.start),
        until=min(period, until, key=lambda one: one.end),
    )
