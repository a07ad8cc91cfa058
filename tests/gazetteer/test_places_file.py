"""The packaged gazetteer: what an archive of the region relies on being in the file."""

import csv
import gzip
from collections import Counter
from functools import cache

import pytest

from articles.gazetteer.build.coordinates import distance_km
from articles.gazetteer.load import PLACES_FILE

BALOCHISTAN = (
    "Quetta Nushki Dalbandin Pasni Gwadar Mastung Harnai Panjgur Turbat Khuzdar Kalat Chaman Zhob"
    " Loralai Sibi Awaran Kharan Ormara Taftan Hub Washuk Ziarat Pishin"
)
Row = dict[str, str]


@cache
def rows() -> dict[str, Row]:
    with gzip.open(PLACES_FILE, "rt", encoding="utf-8", newline="") as file:
        return {row["geonameid"]: row for row in csv.DictReader(file)}


def find(name: str, country: str = "PK", kinds: tuple[str, ...] = ("city", "town")) -> Row:
    found = [
        row
        for row in rows().values()
        if (row["name"], row["country"]) == (name, country) and row["kind"] in kinds
    ]
    assert len(found) == 1, f"{len(found)} places called {name} in {country}"
    return found[0]


def chain(row: Row) -> list[str]:
    names = []
    while row["parent"]:
        row = rows()[row["parent"]]
        names.append(row["name"])
    return names


def point(row: Row) -> tuple[float, float]:
    return float(row["latitude"]), float(row["longitude"])


def test_the_file_is_small_and_every_id_stands_in_it_once() -> None:
    assert PLACES_FILE.stat().st_size < 1_500_000
    with gzip.open(PLACES_FILE, "rt", encoding="utf-8", newline="") as file:
        ids = Counter(row["geonameid"] for row in csv.DictReader(file))
    assert ids.most_common(1)[0][1] == 1


def test_the_file_carries_no_time_of_its_making() -> None:
    assert PLACES_FILE.read_bytes()[4:8] == bytes(4)


def test_a_place_stands_after_the_place_it_lies_in() -> None:
    seen = {""}
    for row in rows().values():
        assert row["parent"] in seen, row["name"]
        seen.add(row["geonameid"])


def test_each_kind_of_place_lies_in_a_kind_that_can_hold_it() -> None:
    pairs = {
        (row["kind"], rows()[row["parent"]]["kind"] if row["parent"] else "")
        for row in rows().values()
    }
    assert pairs == {
        ("country", ""),
        ("territory", ""),
        ("division", "country"),
        ("division", "territory"),
        ("district", "division"),
        ("city", "division"),
        ("town", "division"),
        ("city", "country"),
        ("city", "territory"),
    }


def test_coordinates_are_on_the_globe_and_not_at_its_origin() -> None:
    for row in rows().values():
        latitude, longitude = point(row)
        assert -90 <= latitude <= 90, row["name"]
        assert -180 <= longitude <= 180, row["name"]
        assert (latitude, longitude) != (0, 0), row["name"]
        assert row["coordinates"] in {"given", "computed"}


def test_a_place_lies_in_its_country_and_not_far_from_its_division() -> None:
    for row in rows().values():
        if parent := rows().get(row["parent"]):
            assert row["country"] == parent["country"], row["name"]
            limit = 600 if row["country"] == "PK" else 1400
            if parent["kind"] == "division":
                assert distance_km(point(row), point(parent)) < limit, row["name"]


@pytest.mark.parametrize("name", [*BALOCHISTAN.split(), "Dera Bugti"])
def test_towns_of_balochistan_lie_in_it(name: str) -> None:
    assert chain(find(name)) == ["Balochistan", "Pakistan"]


@pytest.mark.parametrize(
    ("name", "division"),
    [
        ("Islamabad", "Islamabad Capital Territory"),
        ("Karachi", "Sindh"),
        ("Lahore", "Punjab"),
        ("Arifwala", "Punjab"),
        ("Peshawar", "Khyber Pakhtunkhwa"),
        ("Muzaffarabad", "Azad Kashmir"),
        ("Gilgit", "Gilgit-Baltistan"),
    ],
)
def test_other_cities_of_pakistan_lie_in_their_division(name: str, division: str) -> None:
    assert chain(find(name)) == [division, "Pakistan"]


def test_pakistan_has_its_seven_divisions_with_iso_codes() -> None:
    divisions = {
        row["name"]: row["iso"]
        for row in rows().values()
        if row["country"] == "PK" and row["kind"] == "division"
    }
    assert divisions == {
        "Azad Kashmir": "PK-JK",
        "Balochistan": "PK-BA",
        "Gilgit-Baltistan": "PK-GB",
        "Islamabad Capital Territory": "PK-IS",
        "Khyber Pakhtunkhwa": "PK-KP",
        "Punjab": "PK-PB",
        "Sindh": "PK-SD",
    }


@pytest.mark.parametrize(
    ("country", "divisions"), [("IN", 36), ("IR", 31), ("AF", 34), ("CN", 31), ("US", 51)]
)
def test_countries_have_all_their_divisions(country: str, divisions: int) -> None:
    kinds = Counter(row["kind"] for row in rows().values() if row["country"] == country)
    assert kinds["division"] == divisions


def test_the_world_has_all_its_countries() -> None:
    countries = {row["iso"] for row in rows().values() if row["kind"] in {"country", "territory"}}
    assert len(countries) == 250
    assert {"PK", "IN", "CN", "AF", "IR", "US", "GB", "PS", "TW", "XK", "GL"} <= countries


def test_regions_known_by_their_own_name_are_found_as_districts() -> None:
    assert ":Swat" in find("Swat District", kinds=("district",))["names"].split("|")
    assert ":Kech" in find("Kech District", kinds=("district",))["names"].split("|")
    assert find("Quetta District", kinds=("district",))["names"] == "", "Quetta is the city"


@pytest.mark.parametrize(
    ("name", "kind", "other"),
    [
        ("Quetta", "city", "ur:کوئٹہ"),
        ("Gwadar", "town", "ur:گوادر"),
        ("Islamabad", "city", "ur:اسلام آباد"),
        ("Balochistan", "division", "ur:بلوچستان"),
        ("Balochistan", "division", "en:Baluchistan"),
        ("Pakistan", "country", "ur:پاکستان"),
        ("Nushki", "town", "en:Noshki"),
        ("Zhob", "town", ":Fort Sandeman"),
        ("Faisalabad", "city", "en:Lyallpur"),
        ("Khyber Pakhtunkhwa", "division", "en:NWFP"),
    ],
)
def test_places_are_found_by_urdu_variant_and_former_names(
    name: str, kind: str, other: str
) -> None:
    assert other in find(name, kinds=(kind,))["names"].split("|")


@pytest.mark.parametrize(
    ("country", "other"),
    [("GB", "en:UK"), ("US", "en:USA"), ("US", "en:US"), ("AE", "en:UAE"), ("IN", "hi:भारत")],
)
def test_countries_have_their_short_and_own_names(country: str, other: str) -> None:
    (row,) = (row for row in rows().values() if row["iso"] == country)
    assert other in row["names"].split("|")


def test_other_names_are_tagged_distinct_and_differ_from_the_main_name() -> None:
    for row in rows().values():
        others = row["names"].split("|") if row["names"] else []
        assert len(others) == len(set(others)), row["name"]
        for other in others:
            language, colon, name = other.partition(":")
            assert colon, row["name"]
            assert language == "" or (len(language) == 2 and language.isalpha()), other
            assert name, row["name"]
            assert name != row["name"]


@pytest.mark.parametrize(
    ("name", "country"),
    [("Hub", "PK"), ("Tank", "PK"), ("Nice", "FR"), ("Reading", "GB"), ("Mobile", "US")],
)
def test_names_that_are_ordinary_words_are_marked(name: str, country: str) -> None:
    assert find(name, country)["common_word"] == "1"


@pytest.mark.parametrize("name", ["Jordan", "Chad", "Georgia"])
def test_countries_that_are_names_of_persons_are_marked(name: str) -> None:
    (row,) = (row for row in rows().values() if (row["name"], row["kind"]) == (name, "country"))
    assert row["common_word"] == "1"


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [("China", "CN", "country"), ("Turkey", "TR", "country"), ("Quetta", "PK", "city")],
)
def test_names_that_nearly_always_mean_the_place_are_not_marked(
    name: str, country: str, kind: str
) -> None:
    assert find(name, country, (kind,))["common_word"] == "0"


def test_only_one_washington_counts_as_a_capital() -> None:
    assert find("Washington", "US", ("city",))["population"] == "689545"
