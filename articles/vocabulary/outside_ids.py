"""The numbers and codes by which others know an entry: Wikidata, GeoNames, ISO 3166."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from articles.models import Entity, Place, PlaceKind

NAMES = {"wikidata_id": "Wikidata", "geonames_id": "GeoNames", "iso_code": "ISO 3166"}
"""What each column holds the number of."""

# ISO 3166-1 alpha-2, and ISO 3166-2: a country's code, a hyphen, up to three letters or digits.
_COUNTRY = re.compile(r"[A-Z]{2}")
_DIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")
_SOVEREIGN = frozenset({PlaceKind.COUNTRY, PlaceKind.TERRITORY})


_ITEM = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?wikidata\.org/(?:wiki|entity)/(?:Special:\w+/)?(Q[0-9]+)(?!\w)\S*"
)
_PAGE = re.compile(r"(?:https?://)?(?:www\.|sws\.)?geonames\.org/([0-9]+)(?!\w)\S*")


def number_at_wikidata(typed: str) -> str:
    """The number of an item, which may have come with the whole address; else what was typed."""
    address = _ITEM.fullmatch(typed)
    return address[1] if address else typed


def number_at_geonames(typed: str) -> str:
    """The number of a place, which may have come with the whole address; else what was typed."""
    address = _PAGE.fullmatch(typed)
    return address[1] if address else typed


class OutsideId(NamedTuple):
    """What an entry is elsewhere: ``label`` of the register, its number there, and the page."""

    label: str
    number: str
    url: str


def outside_ids(entity: Entity) -> list[OutsideId]:
    """The registers that have ``entity``, with the address of what they say of it. No query."""
    found = []
    if number := entity.wikidata_id:
        found.append(OutsideId("Wikidata", number, f"https://www.wikidata.org/wiki/{number}"))
    if isinstance(entity, Place):
        if entity.geonames_id:
            key = str(entity.geonames_id)
            found.append(OutsideId("GeoNames", key, f"https://www.geonames.org/{key}/"))
        if code := entity.iso_code:
            # One page of the register has a country and its divisions.
            page = f"https://www.iso.org/obp/ui/#iso:code:3166:{code[:2]}"
            found.append(OutsideId("ISO 3166", code, page))
    return found


def claimed_by(entity: Entity, column: str) -> Entity | None:
    """The other entry, if any, that has the number that ``entity``, as it stands in memory, has in
    this column."""
    number = getattr(entity, column)
    if not number:
        return None
    rows = type(entity)._default_manager.filter(**{column: number})
    return rows.exclude(pk=entity.pk).first()


def code_faults(place: Place) -> Iterator[tuple[str, str]]:
    """What is wrong with the ISO 3166 codes of ``place``: the column and a sentence each."""
    country, code = place.country_code, place.iso_code
    if country and not _COUNTRY.fullmatch(country):
        yield "country_code", f"“{country}” is not two letters of ISO 3166-1, such as PK."
    if not code:
        return
    if place.kind in _SOVEREIGN:
        if not (_COUNTRY.fullmatch(code) or _DIVISION.fullmatch(code)):
            yield "iso_code", f"“{code}” is not two letters of ISO 3166-1, such as PK."
    elif not _DIVISION.fullmatch(code):
        yield "iso_code", f"“{code}” is not a code of ISO 3166-2, such as PK-BA."
    if country and code[:2] != country[:2]:
        yield "iso_code", f"“{code}” belongs to {code[:2]}, and the country is {country}."


def country_fault(place: Place) -> str:
    """What is wrong with a country code of the right shape: that no country of the archive has it,
    if there are any. Two queries at most."""
    code = place.country_code
    if not code or place.kind in _SOVEREIGN:
        return ""
    countries = Place.objects.filter(kind__in=_SOVEREIGN).exclude(country_code="")
    if countries.filter(country_code=code).exists() or not countries.exists():
        return ""
    return f"No country here has the code {code}. Add the country first."
