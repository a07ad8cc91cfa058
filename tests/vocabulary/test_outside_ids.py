"""The numbers and codes by which others know an entry: their pages, and what they may be."""

import pytest

from articles.models import Person, Place, PlaceKind
from articles.vocabulary.outside_ids import claimed_by, code_faults, outside_ids
from tests.factories import make_person, make_place


def test_each_leads_to_the_page_of_its_register() -> None:
    place = Place(wikidata_id="Q1362", geonames_id=1183606, iso_code="PK-BA")
    assert [found.url for found in outside_ids(place)] == [
        "https://www.wikidata.org/wiki/Q1362",
        "https://www.geonames.org/1183606/",
        "https://www.iso.org/obp/ui/#iso:code:3166:PK",
    ]
    assert outside_ids(Person()) == []


@pytest.mark.parametrize(
    ("kind", "country", "code", "said"),
    [
        (PlaceKind.COUNTRY, "PK", "PK", None),
        (PlaceKind.TERRITORY, "GB", "GB-NIR", None),
        (PlaceKind.DIVISION, "PK", "PK-BA", None),
        (PlaceKind.DIVISION, "", "", None),
        (PlaceKind.COUNTRY, "pak", "", "two letters"),
        (PlaceKind.COUNTRY, "PK", "PAK", "two letters"),
        (PlaceKind.DIVISION, "PK", "PK", "ISO 3166-2, such as PK-BA"),
        (PlaceKind.DIVISION, "IN", "PK-BA", "belongs to PK, and the country is IN"),
    ],
)
def test_a_code_has_its_shape_and_its_country(
    kind: str, country: str, code: str, said: str | None
) -> None:
    found = [text for _, text in code_faults(Place(kind=kind, country_code=country, iso_code=code))]
    assert found == [] if said is None else said in found[0]


@pytest.mark.django_db
def test_whoever_has_a_number_already_is_named() -> None:
    holder = make_person("Sarfraz Bugti", wikidata_id="Q7")
    assert claimed_by(Person(wikidata_id="Q7"), "wikidata_id") == holder
    assert claimed_by(holder, "wikidata_id") is None
    assert claimed_by(make_place(), "geonames_id") is None
