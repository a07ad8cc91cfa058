"""The gazetteer, and the page of a place."""

from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from articles.listings import Listing, listed
from articles.models import ListingKind, Place, PlaceKind, PlaceName
from articles.models.prepared import PreparedInstances
from articles.pages.index import index, lately, paged
from articles.pages.listing_page import article_list
from articles.pages.maps.drawing import Spot, draw
from articles.pages.maps.svg import svg

FILED = 5
"""How many of the articles filed from a place its page shows."""

INSIDE = 60
"""How many places inside a place its page shows."""

# Degrees of latitude that a locator map covers, by what the place is.
_SPANS = {
    PlaceKind.CONTINENT: 70.0,
    PlaceKind.REGION: 50.0,
    PlaceKind.COUNTRY: 26.0,
    PlaceKind.TERRITORY: 16.0,
    PlaceKind.DIVISION: 14.0,
}
_TOWN_SPAN = 9.0


def places(request: HttpRequest) -> HttpResponse:
    """The gazetteer: by country, by letter, or what lies in one place."""
    if "in" in request.GET:
        return _inside(request)
    named = Place.objects.select_related("parent").only("name", "slug", "kind", "parent__name")
    context = {
        "index": index(request, named, ListingKind.PLACE),
        "countries": list(
            listed(
                Place.objects.filter(kind__in=[PlaceKind.COUNTRY, PlaceKind.TERRITORY]),
                ListingKind.PLACE,
            ).only("name", "slug")
        ),
        "lately": [] if "letter" in request.GET else lately().places,
        "canonical": reverse("articles:places"),
    }
    return render(request, "articles/pages/places.html", context)


def _inside(request: HttpRequest) -> HttpResponse:
    # No slug has a NUL, and PostgreSQL refuses to look for one.
    outer = get_object_or_404(Place, slug=request.GET["in"].replace("\0", ""))
    rows, links = paged(request, _children(outer.pk, timezone.now()))
    context = {
        "outer": outer,
        "rows": rows,
        "links": links,
        "canonical": f"{reverse('articles:places')}?in={outer.slug}",
    }
    return render(request, "articles/pages/places_inside.html", context)


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """A place: where it is, what lies in it, what is about it and what was filed from it."""
    found = get_object_or_404(
        Place.objects.prefetch_related(
            Prefetch("names", PlaceName.objects.exclude(language="").order_by("language", "name"))
        ),
        slug=slug,
    )
    inside = _first_children(found.pk, timezone.now())
    address = found.get_absolute_url()
    context = {
        "place": found,
        "chain": list(Place.objects.chain(found).only("name", "slug")),
        "map": _map(found),
        "coordinates": _coordinates(found),
        "list": article_list(request, Listing(ListingKind.PLACE, found.pk)),
        "filed": Listing(ListingKind.DATELINE, found.pk).page(size=FILED),
        "inside": inside[:INSIDE],
        "has_more_inside": len(inside) > INSIDE,
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/place.html", context)


def _children(place: int, now: datetime) -> QuerySet[Place]:
    """The places right below ``place`` that have articles, by name."""
    children = Place.objects.filter(parent=place).only("name", "slug", "kind", "parent")
    return listed(children, ListingKind.PLACE, now).order_by("name", "pk")


# One more than the page shows, to know whether there are more.
_first_children: PreparedInstances[Place] = PreparedInstances(
    (int, datetime), lambda place, now: _children(place, now)[: INSIDE + 1]
)


def _map(place: Place) -> SafeString | str:
    if place.latitude is None or place.longitude is None:
        return ""
    spot = Spot(place.name, place.get_absolute_url(), place.latitude, place.longitude)
    span = _SPANS.get(PlaceKind(place.kind), _TOWN_SPAN)
    return svg(draw([spot], span), f"Where {place.name} is")


def _coordinates(place: Place) -> str:
    """As maps write them: 30.18° N, 67.00° E; empty when they are not known."""
    if place.latitude is None or place.longitude is None:
        return ""
    north = "N" if place.latitude >= 0 else "S"
    east = "E" if place.longitude >= 0 else "W"
    return f"{abs(place.latitude):.2f}° {north}, {abs(place.longitude):.2f}° {east}"
