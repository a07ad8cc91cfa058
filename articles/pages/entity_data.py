"""Places, people and organisations in the words of schema.org, for search engines."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from articles.models import Organisation, Person, Place, PlaceKind, Position
from articles.pages.addresses import absolute
from articles.pages.identity import Identity
from articles.pages.positions import iso
from articles.pages.structured_data import json_ld
from articles.vocabulary.outside_ids import outside_ids

_Entity = Place | Person | Organisation
_PLACE_TYPES = {
    PlaceKind.CONTINENT: "Continent",
    PlaceKind.COUNTRY: "Country",
    PlaceKind.TERRITORY: "AdministrativeArea",
    PlaceKind.DIVISION: "AdministrativeArea",
    PlaceKind.DISTRICT: "AdministrativeArea",
    PlaceKind.CITY: "City",
    PlaceKind.TOWN: "City",
}


def place_data(place: Place, called: Identity, chain: Iterable[Place]) -> SafeString:
    """JSON-LD to stand in a script element; ``chain`` is where it lies, the largest first."""
    outer = list(chain)
    data = _entity(place, called, _PLACE_TYPES.get(PlaceKind(place.kind), "Place"))
    if place.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    if outer:
        data["containedInPlace"] = _reference("Place", outer[-1])
    return json_ld(data)


def person_data(person: Person, called: Identity, positions: Iterable[Position]) -> SafeString:
    """JSON-LD with every position as a Role, its dates as precise as they are known."""
    data = _entity(person, called, "Person")
    data["hasOccupation"] = [_role(position) for position in positions]
    return json_ld(data)


def organisation_data(organisation: Organisation, called: Identity) -> SafeString:
    data = _entity(organisation, called, "Organization")
    if organisation.place:
        data["location"] = _reference("Place", organisation.place)
    return json_ld(data)


def _entity(entity: _Entity, called: Identity, kind: str) -> dict[str, Any]:
    address = absolute(entity.get_absolute_url())
    return {
        "@context": "https://schema.org",
        "@type": kind,
        "@id": address,
        "url": address,
        "name": called.title.text,
        "alternateName": [*(name.name for name in called.names), *called.spellings],
        "description": entity.description,
        "sameAs": [outside.url for outside in outside_ids(entity)],
    }


def _role(position: Position) -> dict[str, Any]:
    role: dict[str, Any] = {
        "@type": "Role",
        "roleName": position.title,
        "startDate": iso(position.started_on, position.start_precision),
        "endDate": iso(position.ended_on, position.end_precision),
    }
    return {key: value for key, value in role.items() if value}


def _reference(kind: str, entity: _Entity) -> dict[str, Any]:
    return {"@type": kind, "name": entity.name, "url": absolute(entity.get_absolute_url())}
