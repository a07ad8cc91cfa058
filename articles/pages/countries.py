"""The countries by which an index can be narrowed."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from articles.freshness import shows, shows_each
from articles.listings import listed
from articles.models import ListingKind, Place, PlaceKind, Subject
from articles.models.prepared import PreparedInstances

KINDS = (PlaceKind.COUNTRY, PlaceKind.TERRITORY)

_countries: PreparedInstances[Place] = PreparedInstances(
    datetime,
    # By their kind, for they are few. Were the name not hidden, SQLite would go through the whole
    # gazetteer in its order.
    lambda now: (
        listed(Place.objects.filter(kind__in=KINDS), ListingKind.PLACE, now)
        .only("name", "slug", "country_code")
        .order_by(Coalesce("name", Value("")), "pk")
    ),
)


def countries() -> list[Place]:
    """Those that the archive has written about by name, of which there are never many."""
    shows(Subject.PLACE)
    shows_each(Subject.LISTS, [ListingKind.PLACE])
    return _countries(timezone.now())


def chosen_country(request: HttpRequest) -> str:
    """The code of ISO 3166-1 that ``?country=`` gives, empty without one. Nobody has a place in
    what is no country."""
    return request.GET.get("country", "").upper().replace("\0", "")
