"""Maps of what was written about: each place a dot whose area tells in how many articles."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from django.utils.safestring import SafeString

from articles.freshness import shows_each, shows_list
from articles.listings import most, prepared_most
from articles.models import Containment, ListingKind, Place, PlaceKind, Subject
from articles.models.page_address import page_address
from articles.models.prepared import PreparedRows
from articles.pages.maps.drawing import SMALL, Frame, Spot, draw
from articles.pages.maps.svg import svg

INSIDE = 60
"""How many of the places inside a place its small map shows, the most written about."""

# Degrees of latitude that the map of a place alone covers, by what it is.
_SPANS = {
    PlaceKind.CONTINENT: 70.0,
    PlaceKind.REGION: 50.0,
    PlaceKind.COUNTRY: 26.0,
    PlaceKind.TERRITORY: 16.0,
    PlaceKind.DIVISION: 14.0,
}
_TOWN_SPAN = 9.0
# With dots for what lies inside.
_SMALLEST_SPAN = 5.0
_ATLAS = Frame(960, 540)

LARGE = frozenset(_SPANS)
"""What lies in one of these is shown on its map, in place of a dot in the middle of it."""


_most_inside = prepared_most(
    ListingKind.PLACE_ITSELF, lambda outer: Containment.objects.filter(outer=outer).values("inner")
)
_positions = PreparedRows(
    int,
    lambda *ids: (
        Place.objects.filter(pk__in=ids)
        .order_by()
        .values_list("pk", "name", "slug", "latitude", "longitude")
    ),
)


class Dot(NamedTuple):
    """A place on a map, and the number of articles about it."""

    spot: Spot
    number: int


def dots(size: int, inside: Place | None = None) -> tuple[Dot, ...]:
    """The places, or those ``inside`` one, that the most articles are about, without those about
    what lies in them; at most ``size``, those of unknown coordinates left out."""
    if inside is None:
        found = most(ListingKind.PLACE_ITSELF, size)
    else:
        # Whatever is about a place inside stands in this list too.
        shows_list(ListingKind.PLACE, inside.pk)
        found = _most_inside(inside.pk, size)
    rows = {
        key: Spot(name, page_address("place", slug), latitude, longitude)
        for key, name, slug, latitude, longitude in (
            _positions(*(key for key, _ in found)) if found else ()
        )
        if latitude is not None and longitude is not None
    }
    shows_each(Subject.PLACE, [key for key, _ in found])
    ranked = sorted(found, key=lambda total: (-total.number, total.key))
    return tuple(Dot(rows[key], number) for key, number in ranked if key in rows)


def locator(place: Place, inside: Sequence[Dot]) -> SafeString | str:
    """The small map that shows where ``place`` is, or the places inside it where it is large."""
    own = _spot(place)
    if place.kind in LARGE and len(inside) > 1:
        label = f"Places in {place.name} by how much is about them"
        return _map(tuple(inside), label, SMALL, place.country_code)
    if own is None:
        return ""
    span = _SPANS.get(PlaceKind(place.kind), _TOWN_SPAN)
    spots = [own, *(dot.spot for dot in inside)]
    return svg(draw(spots, span, country=place.country_code), f"Where {place.name} is")


def atlas(shown: tuple[Dot, ...], country: str = "") -> SafeString | str:
    """The large map of ``shown``, in which the country of this code stands out."""
    return _map(shown, "Places by how much is about them", _ATLAS, country) if shown else ""


# Kept in memory: hundreds of labels take their time to lay out, and change with every article
# only in the counts of its few places.
@lru_cache(maxsize=200)
def _map(shown: tuple[Dot, ...], label: str, frame: Frame, country: str) -> SafeString:
    spots, counts = [dot.spot for dot in shown], [dot.number for dot in shown]
    drawn = draw(spots, _SMALLEST_SPAN, counts=counts, frame=frame, country=country)
    return svg(drawn, label)


def _spot(place: Place) -> Spot | None:
    if place.latitude is None or place.longitude is None:
        return None
    return Spot(place.name, place.get_absolute_url(), place.latitude, place.longitude)
