"""The page of a place: where it is, what is about it, what was filed from it, what lies in it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.freshness import shows
from articles.listings import Listing, prepared_most, totals
from articles.models import EntityKind, ListingKind, Place, Subject
from articles.models.prepared import PreparedInstances
from articles.pages.appearances import company
from articles.pages.at_slug import at_slug
from articles.pages.entity_data import place_data
from articles.pages.identity import identity
from articles.pages.index import Line, lines_of
from articles.pages.listing_page import article_list
from articles.pages.paging import varied
from articles.pages.place_map import INSIDE, LARGE, dots, locator
from articles.vocabulary.outside_ids import outside_ids

CHILDREN = 24
"""How many of the places right below a place its page names, the most written about first."""


_place = at_slug(Place.objects.current())
_chain: PreparedInstances[Place] = PreparedInstances(
    int, lambda key: Place.objects.chain(key).only("name", "slug", "kind")
)
_most_below = prepared_most(
    ListingKind.PLACE, lambda parent: Place.objects.filter(parent=parent).order_by().values("pk")
)


class PlaceList(NamedTuple):
    """A list of a place: the value of ``?list=``, its title, and a word for the count of it.

    ``itself`` tells that articles of the places inside are not in it.
    """

    name: str
    kind: ListingKind
    title: str
    words: str
    itself: bool

    @property
    def query(self) -> str:
        """What follows the place's address."""
        return f"?list={self.name}" if self is not _LISTS[0] else ""


_LISTS = (
    PlaceList("about", ListingKind.PLACE, "{}", "about it", itself=False),
    PlaceList(
        "itself", ListingKind.PLACE_ITSELF, "{} itself", "about the place itself", itself=True
    ),
    PlaceList("filed", ListingKind.DATELINE, "Filed from {}", "filed from it", itself=False),
    PlaceList(
        "filed-itself",
        ListingKind.DATELINE_ITSELF,
        "Filed from {} itself",
        "filed from the place itself",
        itself=True,
    ),
)


class Part(NamedTuple):
    """One of the lists of a place: its address, what it is in a few words, and how long it is."""

    address: str
    words: str
    number: int
    is_chosen: bool


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A place; ``?list=`` chooses among what is about it and what was filed from it, with the
    places inside it or without them."""
    found = _place(slug)
    counts = totals([one.kind for one in _LISTS], [found.pk])
    numbers = {one: counts.get((one.kind, found.pk), 0) for one in _LISTS}
    chosen = chosen_list(request) if "list" in request.GET else _first_with_articles(numbers)
    chain = _chain(found.pk)
    shows(Subject.PLACE, found.pk, *(outer.pk for outer in chain))
    articles = article_list(request, Listing(chosen.kind, found.pk))
    called = identity(found)
    inside = dots(INSIDE, found)
    around = [(EntityKind.PLACE, outer.pk) for outer in (found, *chain)]
    address = found.get_absolute_url()
    context = {
        "place": found,
        "identity": called,
        "chain": chain,
        "map": locator(found, inside),
        "inside": inside,
        "is_large": found.kind in LARGE,
        "where": _where(found, chain),
        "coordinates": _coordinates(found),
        "outside": outside_ids(found),
        "parts": _parts(request, numbers, chosen),
        "list": articles,
        "company": company(articles.listing, articles.page.count, around),
        "children": _children(found),
        "most_children": CHILDREN,
        "data": place_data(found, called, chain),
        "title": chosen.title.format(called.title.text),
        "canonical": f"{address}{chosen.query if 'list' in request.GET else ''}",
        "feed": f"{address}feed/{chosen.query}",
    }
    return render(request, "articles/pages/place.html", context)


def chosen_list(request: HttpRequest) -> PlaceList:
    """The list of a place that ``?list=`` names. Raises Http404 when there is no such list."""
    name = request.GET.get("list", _LISTS[0].name)
    for one in _LISTS:
        if one.name == name:
            return one
    raise Http404(f"list is one of {', '.join(one.name for one in _LISTS)}")


def _first_with_articles(numbers: Mapping[PlaceList, int]) -> PlaceList:
    """What the place's own address shows: what is about it, or where there is none what was filed
    from it."""
    return next((one for one, number in numbers.items() if number), _LISTS[0])


def _parts(request: HttpRequest, numbers: Mapping[PlaceList, int], chosen: PlaceList) -> list[Part]:
    """The lists of a place; those of the place itself only where they tell something else."""
    parts: list[Part] = []
    first = _first_with_articles(numbers)
    for one, count in numbers.items():
        words = one.words
        if one.itself:
            *_, whole = parts
            if count < whole.number:
                parts[-1] = whole._replace(words=f"{whole.words} or places in it")
            if count in {0, whole.number} and one is not chosen:
                continue
        value = "" if one is first else one.name
        address = varied(request, list=value, year="", order="")
        parts.append(Part(address, words, count, one is chosen))
    return parts


def _children(place: Place) -> list[Line]:
    """The places right below, the most written about first; one more than the page shows."""
    found = _most_below(place.pk, CHILDREN + 1)
    shows(Subject.PLACE, place.pk, *(key for key, _ in found))
    return lines_of(ListingKind.PLACE, found)


def _where(place: Place, chain: Sequence[Place]) -> str:
    """What and where it is, from the nearest on: City in Balochistan, Pakistan."""
    kind = place.get_kind_display().capitalize()
    outer = ", ".join(one.name for one in reversed(chain))
    return f"{kind} in {outer}" if outer else kind


def _coordinates(place: Place) -> str:
    """As maps write them: 30.18° N, 67.00° E; empty when they are not known."""
    if place.latitude is None or place.longitude is None:
        return ""
    north = "N" if place.latitude >= 0 else "S"
    east = "E" if place.longitude >= 0 else "W"
    return f"{abs(place.latitude):.2f}° {north}, {abs(place.longitude):.2f}° {east}"
