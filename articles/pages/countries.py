"""The countries by which an index can be narrowed."""

from django.http import HttpRequest

from articles.freshness import shows, shows_each
from articles.listings import listed
from articles.models import ListingKind, Place, PlaceKind, Subject

KINDS = (PlaceKind.COUNTRY, PlaceKind.TERRITORY)


def countries() -> list[Place]:
    """Those that the archive has written about by name, of which there are never many."""
    shows(Subject.PLACE)
    shows_each(Subject.LISTS, [ListingKind.PLACE])
    rows = Place.objects.filter(kind__in=KINDS).only("name", "slug", "country_code")
    return list(listed(rows, ListingKind.PLACE).order_by("name", "pk"))


def chosen_country(request: HttpRequest) -> str:
    """The code of ISO 3166-1 that ``?country=`` gives, empty without one. Nobody has a place in
    what is no country."""
    return request.GET.get("country", "").upper().replace("\0", "")
