"""The gazetteer: all places by letter, kind, country and number of articles, and on a map."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles.freshness import shows_each, shows_list
from articles.listings import most, totals
from articles.models import ListingKind, Place, PlaceKind, Subject
from articles.pages.countries import KINDS, chosen_country, countries
from articles.pages.index import entries, index, lately
from articles.pages.paging import Choice, choices, varied
from articles.pages.place_map import atlas, dots

ON_ATLAS = 300
"""How many places the large map shows, the most written about."""

ZOOMS = 40
"""How many places the large map leads on to."""

_KINDS = {kind.value: kind.label for kind in PlaceKind}


def places(request: HttpRequest) -> HttpResponse:
    """All places that have articles, narrowed to a kind, a country or those right inside one."""
    if choices(request, "view", {"": "Index", "map": "Map"})[-1].is_chosen:
        return _atlas(request)
    rows = entries(ListingKind.PLACE)
    outer = _place(request, "in")
    kind, country = request.GET.get("kind", ""), chosen_country(request)
    if outer:
        rows = rows.filter(parent=outer)
    if kind:
        if kind not in PlaceKind.values:
            raise Http404("there is no such kind of place")
        rows = rows.filter(kind=kind)
    if country:
        rows = rows.filter(country_code=country)
    is_narrowed = bool(outer or kind or country)
    found = index(request, rows, ListingKind.PLACE, place_note, is_narrowed=is_narrowed)
    is_first = not (is_narrowed or found.letter or found.is_ranked)
    of_archive = countries()
    counts = totals([ListingKind.PLACE], [row.pk for row in of_archive] if is_first else [])
    context = {
        "index": found,
        "views": _views(request, found.orders),
        "kind": kind,
        "kinds": PlaceKind.choices,
        "country": country,
        "countries": of_archive,
        "counts": {key: count for (_, key), count in counts.items()},
        "outer": outer,
        "is_narrowed": is_narrowed,
        "is_first": is_first,
        "lately": lately().places if is_first else [],
        "canonical": _canonical(request),
    }
    return render(request, "articles/pages/places.html", context)


def place_note(place: Place) -> str:
    """What tells a place from others of its name: where it lies, or what it is."""
    return place.parent.name if place.parent else _KINDS[place.kind]


def _atlas(request: HttpRequest) -> HttpResponse:
    """The map of all places, or of those inside one."""
    outer = _place(request, "in")
    shown = dots(ON_ATLAS, outer)
    chain = list(Place.objects.chain(outer).only("name", "slug")) if outer else []
    shows_each(Subject.PLACE, [place.pk for place in (outer, *chain) if place])
    context = {
        "outer": outer,
        "chain": chain,
        "map": atlas(shown, outer.country_code if outer else ""),
        "dots": shown,
        "zooms": _zooms(outer),
        "views": _views(request, []),
        "canonical": _canonical(request),
    }
    return render(request, "articles/pages/places_map.html", context)


def _zooms(outer: Place | None) -> list[Choice]:
    """The parts of what the map shows that have a map of their own, each with its address."""
    rows = Place.objects.only("name", "slug")
    parts = rows.filter(parent=outer) if outer else rows.filter(kind__in=KINDS)
    if outer:
        shows_list(ListingKind.PLACE, outer.pk)
    else:
        shows_each(Subject.LISTS, [ListingKind.PLACE])
    found = most(ListingKind.PLACE, ZOOMS, parts.order_by().values("pk"))
    slugs = rows.in_bulk([key for key, _ in found])
    shows_each(Subject.PLACE, slugs)
    inner = parts.filter(pk__in=slugs, children__isnull=False).distinct()
    return [
        Choice(place.name, f"?view=map&in={place.slug}", is_chosen=False)
        for place in sorted(inner, key=lambda place: place.name)
    ]


def _views(request: HttpRequest, orders: list[Choice]) -> list[Choice]:
    """The index in each of its ``orders``, and the map, for which there are none."""
    inside = f"&in={request.GET['in']}" if request.GET.get("in") else ""
    return [
        *(
            Choice(label, varied(request, view="", letter="", order=value), is_chosen)
            for value, label, is_chosen in (
                ("", "A to Z", bool(orders) and orders[0].is_chosen),
                ("most", "Most written about", bool(orders) and orders[-1].is_chosen),
            )
        ),
        Choice("Map", f"?view=map{inside}", not orders),
    ]


def _place(request: HttpRequest, parameter: str) -> Place | None:
    slug = request.GET.get(parameter)
    if not slug:
        return None
    # No slug has a NUL, and PostgreSQL refuses to look for one.
    return get_object_or_404(Place.objects.current(), slug=slug.replace("\0", ""))


def _canonical(request: HttpRequest) -> str:
    """The address without what a page of it adds."""
    kept = [(name, request.GET[name]) for name in ("view", "in") if request.GET.get(name)]
    query = urlencode(kept)
    return f"{reverse('articles:places')}?{query}" if query else reverse("articles:places")
