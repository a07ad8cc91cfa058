"""How the packaged gazetteer chooses names and computes coordinates."""

import pytest

from articles.gazetteer.build.coordinates import country_centres, distance_km, middle
from articles.gazetteer.build.spellings import other_names, plain, script_language, sounds


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Muzaffarābād", "Muzaffarabad"), ("Łódź", "Lodz"), ("Gʻazni", "Gazni"), ("Ra’s", "Ra's")],
)
def test_a_main_name_is_written_in_plain_letters(name: str, expected: str) -> None:
    assert plain(name) == expected


@pytest.mark.parametrize("other", ["Kurrachee", "Carachi", "Karachy"])
def test_spellings_of_one_name_sound_the_same(other: str) -> None:
    assert sounds(other) == sounds("Karachi")


@pytest.mark.parametrize("other", ["Karaces", "Karaczi", "Karacsi", "Quetta"])
def test_spellings_of_other_languages_do_not(other: str) -> None:
    assert sounds(other) != sounds("Karachi")


@pytest.mark.parametrize(
    ("name", "country", "language"),
    [
        ("کوئٹہ", "PK", "ur"),
        ("گوادر", "PK", "ur"),
        ("کویته", "PK", ""),
        ("ڪراچي", "PK", ""),
        ("تهران", "IR", ""),
        ("گرگان", "IR", "fa"),
        ("پېښور", "AF", ""),
        ("दिल्ली", "IN", "hi"),
        ("北京", "CN", "zh"),
        ("北京", "FR", None),
        ("Москва", "RU", None),
    ],
)
def test_the_language_of_a_name_is_told_only_by_its_own_letters(
    name: str, country: str, language: str | None
) -> None:
    assert script_language(name, country) == language


def test_codes_and_foreign_spellings_are_not_kept_as_other_names() -> None:
    known = ["UET", "Quetta", "kui da", "Ketta", "کوئٹہ", "Квета", "Kvetta|x", "Quetta District"]
    assert other_names("Quetta", "PK", known) == ["ur:کوئٹہ", ":Ketta"]


def test_a_spelling_with_accents_is_kept_beside_the_plain_main_name() -> None:
    assert other_names("São Paulo", "BR", ["Sao Paulo", "San Pablo"]) == [":São Paulo"]


def test_the_middle_of_places_on_both_sides_of_the_date_line_is_between_them() -> None:
    latitude, longitude = middle([(10.0, 179.0), (10.0, -179.0)])
    assert abs(longitude) == pytest.approx(180)
    assert latitude == pytest.approx(10, abs=0.1)


def test_a_degree_of_latitude_is_a_hundred_and_eleven_kilometres() -> None:
    assert distance_km((30.0, 67.0), (31.0, 67.0)) == pytest.approx(111.2, abs=0.1)


def test_a_countrys_centre_is_that_of_its_largest_land_even_across_the_date_line() -> None:
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [
            [[170, 0], [9, 0], [-349, 0], [0, 20], [349, 0], [-9, 0], [0, -20]],
            [[0, 50], [2, 0], [0, 2], [-2, 0], [0, -2]],
        ],
        "objects": {
            "countries": {
                "geometries": [{"id": "643", "type": "MultiPolygon", "arcs": [[[0]], [[1]]]}]
            }
        },
    }
    latitude, longitude = country_centres(topology)["643"]
    assert latitude == pytest.approx(10)
    assert abs(longitude) == pytest.approx(180)
