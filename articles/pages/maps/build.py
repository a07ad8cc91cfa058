"""Makes outlines.json.gz from Natural Earth's shapes; run by hand when those change.

    npm pack world-atlas && tar xf world-atlas-*.tgz
    python articles/pages/maps/build.py package/land-50m.json package/countries-50m.json

Land, countries and borders are simplified and cut into square tiles, so that a page sends only
what lies in its map. A path counts in hundredths of a degree, east and south positive, as SVG
draws. Which country a shape is, the packaged gazetteer's points in the middle of each tell.
"""

import csv
import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

Point = tuple[float, float]
Line = list[Point]
Box = tuple[float, float, float, float]

# Degrees: the side of a tile, and how far a simplified line may lie from the true one.
LEVELS = ((8, 0.025), (30, 0.15), (180, 0.9))
SPECK = 3  # tolerances: an island smaller than this is left out
OVERLAP = 0.02  # of a tile's side, so that no seam shows between two
UNIT = 100
_ACROSS = 180  # a line that jumps farther goes round the back of the map
GAZETTEER = Path(__file__).parents[2] / "gazetteer" / "places.csv.gz"

Pieces = tuple[list[Line], list[Line], list[Line], dict[str, list[Line]]]


def main(land_file: str, countries_file: str) -> None:
    land = json.loads(Path(land_file).read_text())
    countries = json.loads(Path(countries_file).read_text())
    levels = [
        {"tile": side, "tiles": tiles(land, countries, side, tolerance)}
        for side, tolerance in LEVELS
    ]
    content = json.dumps(levels, separators=(",", ":")).encode()
    target = Path(__file__).with_name("outlines.json.gz")
    target.write_bytes(gzip.compress(content, mtime=0))


def tiles(
    land: dict[str, Any], countries: dict[str, Any], side: int, tolerance: float
) -> dict[str, list[Any]]:
    """For each tile, by its west and south edge, the paths of its land, coasts and borders, and
    of each country's land by its code."""
    coasts = arcs(land, tolerance)
    frontiers = arcs(countries, tolerance)
    shared = Counter(
        arc if arc >= 0 else ~arc for ring in rings(countries, "countries") for arc in ring
    )
    pieces: dict[tuple[int, int], Pieces] = defaultdict(lambda: ([], [], [], {}))
    for key, piece in cut((outline(ring, coasts) for ring in rings(land, "land")), side, tolerance):
        pieces[key][0].append(piece)
    for code, geometry in coded(countries):
        outlines = (outline(ring, frontiers) for ring in rings_of(geometry))
        for key, piece in cut(outlines, side, tolerance):
            pieces[key][3].setdefault(code, []).append(piece)
    for line in coasts:
        if extent(line) > SPECK * tolerance:
            for key, part in parts(line, side):
                pieces[key][1].append(part)
    for arc, line in enumerate(frontiers):
        if shared[arc] > 1:
            for key, part in parts(line, side):
                pieces[key][2].append(part)
    return {
        f"{west},{south}": [
            *(path(kind) for kind in kinds),
            {code: path(lines) for code, lines in sorted(of_country.items())},
        ]
        for (west, south), (*kinds, of_country) in sorted(pieces.items())
    }


def cut(
    polygons: Iterable[Line], side: int, tolerance: float
) -> Iterator[tuple[tuple[int, int], Line]]:
    """What of the polygons lies in each tile, the specks left out."""
    margin = side * OVERLAP
    for polygon in chain.from_iterable(map(unrolled, polygons)):
        if extent(polygon) <= SPECK * tolerance:
            continue
        around = box_of(polygon)
        for west, south in grid(side):
            box = (west - margin, south - margin, west + side + margin, south + side + margin)
            if meets(around, box) and len(piece := clip(polygon, box)) > 2:
                yield (west, south), [*piece, piece[0]]


def unrolled(polygon: Line) -> list[Line]:
    """The polygon; one that crosses the line of the date twice, beyond each edge of the map."""
    points = [polygon[0]]
    turns = 0
    for before, (x, y) in pairwise(polygon):
        if abs(x - before[0]) > _ACROSS:
            turns += 1 if x < before[0] else -1
        points.append((x + 360 * turns, y))
    if points == polygon:
        return [polygon]
    return [[(x + shift, y) for x, y in points] for shift in (-360, 0, 360)]


def coded(countries: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The shapes in which the gazetteer has a country's or territory's middle, by its code."""
    lines = arcs(countries, 0)
    shapes = [
        [(box_of(ring), ring) for ring in (outline(ring, lines) for ring in rings_of(geometry))]
        for geometry in countries["objects"]["countries"]["geometries"]
    ]
    with gzip.open(GAZETTEER, "rt", encoding="utf-8", newline="") as file:
        middles = [
            (row["country"], (float(row["longitude"]), float(row["latitude"])))
            for row in csv.DictReader(file)
            if row["kind"] in {"country", "territory"} and row["longitude"]
        ]
    for code, point in middles:
        for geometry, shape in zip(
            countries["objects"]["countries"]["geometries"], shapes, strict=True
        ):
            if any(
                meets(around, (*point, *point)) and holds(ring, point) for around, ring in shape
            ):
                yield code, geometry
                break


def holds(ring: Line, point: Point) -> bool:
    """Whether a line from the point to the east crosses the ring an odd number of times."""
    x, y = point
    crossings = 0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            crossings += 1
    return crossings % 2 == 1


def arcs(topology: dict[str, Any], tolerance: float) -> list[Line]:
    """The topology's arcs in degrees, simplified."""
    (scale_x, scale_y), (move_x, move_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((x * scale_x + move_x, y * scale_y + move_y))
        found.append(simplify(line, tolerance))
    return found


def rings(topology: dict[str, Any], name: str) -> Iterator[list[int]]:
    geometries = topology["objects"][name]
    for geometry in geometries.get("geometries", [geometries]):
        yield from rings_of(geometry)


def rings_of(geometry: dict[str, Any]) -> Iterator[list[int]]:
    if geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        for polygon in geometry["arcs"]:
            yield from polygon


def outline(ring: list[int], lines: list[Line]) -> Line:
    points: Line = []
    for arc in ring:
        line = lines[arc] if arc >= 0 else lines[~arc][::-1]
        points += line[1:] if points else line
    return points


def extent(line: Line) -> float:
    """The longer side of the box around the line, in degrees."""
    west, south, east, north = box_of(line)
    return max(east - west, north - south)


def simplify(line: Line, tolerance: float) -> Line:
    """Douglas and Peucker's way: drop what lies within ``tolerance`` of the line without it."""
    keep = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        distances = [
            (distance(line[i], line[first], line[last]), i) for i in range(first + 1, last)
        ]
        furthest, index = max(distances, default=(0.0, 0))
        if furthest > tolerance:
            keep.add(index)
            spans += [(first, index), (index, last)]
    return [line[index] for index in sorted(keep)]


def distance(point: Point, start: Point, end: Point) -> float:
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x**2 + along_y**2
    share = 0.0
    if length:
        share = ((point[0] - start[0]) * along_x + (point[1] - start[1]) * along_y) / length
        share = max(0.0, min(1.0, share))
    return math.dist(point, (start[0] + share * along_x, start[1] + share * along_y))


def grid(side: int) -> Iterator[tuple[int, int]]:
    for west in range(-180, 180, side):
        for south in range(-90, 90, side):
            yield west, south


def box_of(line: Line) -> Box:
    longitudes, latitudes = [x for x, _ in line], [y for _, y in line]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def meets(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and one[2] >= other[0] and one[1] <= other[3] and one[3] >= other[1]


def clip(polygon: Line, box: Box) -> Line:
    """Sutherland and Hodgman's way: cut the polygon at one edge of the box after the other."""
    west, south, east, north = box
    for axis, limit, inside in (
        (0, west, lambda value, limit: value >= limit),
        (0, east, lambda value, limit: value <= limit),
        (1, south, lambda value, limit: value >= limit),
        (1, north, lambda value, limit: value <= limit),
    ):
        polygon = _cut(polygon, axis, limit, inside)
    return polygon


def _cut(polygon: Line, axis: int, limit: float, inside: Callable[[float, float], bool]) -> Line:
    kept: Line = []
    for before, point in zip([*polygon[-1:], *polygon[:-1]], polygon, strict=True):
        was_inside, is_inside = inside(before[axis], limit), inside(point[axis], limit)
        if was_inside != is_inside:
            share = (limit - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            kept.append((limit, other) if axis == 0 else (other, limit))
        if is_inside:
            kept.append(point)
    return kept


def parts(line: Line, side: int) -> Iterator[tuple[tuple[int, int], Line]]:
    """The line in stretches, each in the tile where it begins; the map's own frame left out."""
    stretch: Line = []
    home = None
    for start, end in pairwise(line):
        if (on_frame(start) and on_frame(end)) or abs(start[0] - end[0]) > _ACROSS:
            home, stretch = None, []
            continue
        tile = (
            math.floor((min(start[0], 179.99) + 180) / side) * side - 180,
            math.floor((start[1] + 90) / side) * side - 90,
        )
        if tile != home:
            if home and len(stretch) > 1:
                yield home, stretch
            home, stretch = tile, [start]
        stretch.append(end)
    if home and len(stretch) > 1:
        yield home, stretch


def on_frame(point: Point) -> bool:
    return abs(point[0]) > 179.9 or point[1] < -89.5


def path(lines: Iterable[Line]) -> str:
    commands = []
    for line in lines:
        points = [(round(x * UNIT), round(-y * UNIT)) for x, y in line]
        steps = [
            f"{x - before_x} {y - before_y}".replace(" -", "-")
            for (before_x, before_y), (x, y) in pairwise(points)
            if (x, y) != (before_x, before_y)
        ]
        if steps:
            commands.append(f"M{points[0][0]} {points[0][1]}l{' '.join(steps)}".replace(" -", "-"))
    return "".join(commands)


if __name__ == "__main__":
    main(*sys.argv[1:])
