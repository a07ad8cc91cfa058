"""Whether a place can be where it is said to be."""

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from django.db.models import Count, Max, Min

from articles.models import Place, PlaceKind
from articles.vocabulary.doubts.doubt import Doubt

_EARTH = 6371.0
# Kilometres from the middle of a place to what may still lie in it.
_REACH = {
    PlaceKind.CONTINENT: 8000,
    PlaceKind.REGION: 4000,
    PlaceKind.COUNTRY: 3500,
    PlaceKind.TERRITORY: 2000,
    PlaceKind.DIVISION: 1200,
    PlaceKind.DISTRICT: 250,
    PlaceKind.CITY: 80,
    PlaceKind.TOWN: 40,
    PlaceKind.FEATURE: 1500,
    PlaceKind.SITE: 20,
}
# A larger kind does not lie in a smaller one; a feature may lie in anything and hold anything.
_SIZE = {
    PlaceKind.CONTINENT: 7,
    PlaceKind.REGION: 6,
    PlaceKind.COUNTRY: 5,
    PlaceKind.TERRITORY: 5,
    PlaceKind.DIVISION: 4,
    PlaceKind.DISTRICT: 3,
    PlaceKind.CITY: 2,
    PlaceKind.TOWN: 2,
    PlaceKind.SITE: 1,
}
# Fewer places of a country do not tell where it ends.
_ENOUGH = 8
_MARGIN = 1.5


class _Bounds(NamedTuple):
    """Between which degrees the places of a country lie."""

    south: float
    north: float
    west: float
    east: float

    def has(self, latitude: float, longitude: float) -> bool:
        return (
            self.south - _MARGIN <= latitude <= self.north + _MARGIN
            and self.west - _MARGIN <= longitude <= self.east + _MARGIN
        )


def doubts_of_place(place: Place) -> Iterator[Doubt]:
    """What is doubtful about where ``place``, as it stands in memory, is said to be. Two queries
    at most."""
    parent = place.parent
    if parent and _SIZE.get(PlaceKind(parent.kind), 9) < _SIZE.get(PlaceKind(place.kind), 0):
        yield Doubt(
            "parent",
            f"size {place.kind} {parent.pk}",
            f"A {place.get_kind_display()} seldom lies in a {parent.get_kind_display()}, as"
            f" {parent} is. Is it the other way round?",
        )
    if place.latitude is None or place.longitude is None:
        return
    position = f"{place.latitude} {place.longitude}"
    if place.latitude == 0 and place.longitude == 0:
        yield Doubt(
            "latitude",
            "zero",
            "0, 0 is a point in the Gulf of Guinea, and often stands for “unknown”. Leave both"
            " empty if you do not know where it is.",
        )
    elif question := _outside(place):
        yield Doubt("latitude", f"outside {position}", question)


def _outside(place: Place) -> str:
    """What to ask when it lies outside what it is said to lie in; empty when it does not."""
    assert place.latitude is not None
    assert place.longitude is not None
    code = place.country_code or (place.parent.country_code if place.parent else "")
    bounds = _bounds(code, place) if code else None
    if bounds and not bounds.has(place.latitude, place.longitude):
        where = f"This point lies outside {_country(code)}, far from all its other places."
        return where + _swapped(bounds.has(place.longitude, place.latitude))
    parent = place.parent
    if parent and parent.latitude is not None and parent.longitude is not None:
        middle = parent.latitude, parent.longitude
        reach = _REACH[PlaceKind(parent.kind)]
        distance = _distance(place.latitude, place.longitude, *middle)
        if distance > reach:
            where = f"This point is {distance:,.0f} km from the middle of {parent}."
            return where + _swapped(_distance(place.longitude, place.latitude, *middle) <= reach)
    return ""


def _swapped(would_fit: bool) -> str:
    if would_fit:
        return " With latitude and longitude swapped it would lie inside: are they mixed up?"
    return " Is it right?"


def _bounds(code: str, but: Place) -> _Bounds | None:
    found = (
        Place.objects.current()
        .filter(country_code=code, latitude__isnull=False)
        .exclude(pk=but.pk)
        .order_by()
        .aggregate(
            Min("latitude"), Max("latitude"), Min("longitude"), Max("longitude"), number=Count("pk")
        )
    )
    if found.pop("number") < _ENOUGH:
        return None
    return _Bounds(*found.values())


def _country(code: str) -> str:
    names = Place.objects.filter(country_code=code, kind=PlaceKind.COUNTRY)
    return names.values_list("name", flat=True).first() or code


def _distance(latitude: float, longitude: float, other: float, along: float) -> float:
    """Kilometres between two points along the earth."""
    north, far = radians(other - latitude), radians(along - longitude)
    half = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(other)) * sin(far / 2) ** 2
    return 2 * _EARTH * asin(min(1.0, sqrt(half)))
