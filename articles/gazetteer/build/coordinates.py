"""Distances and centres on the globe, in degrees and kilometres."""

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
"""Latitude and longitude, in degrees."""

EARTH_DIAMETER_KM = 12_742


def distance_km(a: Point, b: Point) -> float:
    """The great-circle distance of two points."""
    (lat_a, lon_a), (lat_b, lon_b) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(half)))


def middle(points: list[Point]) -> Point:
    """The mean of some points on the sphere, so that the date line does no harm."""
    radians = [(math.radians(lat), math.radians(lon)) for lat, lon in points]
    x = math.fsum(math.cos(lat) * math.cos(lon) for lat, lon in radians)
    y = math.fsum(math.cos(lat) * math.sin(lon) for lat, lon in radians)
    z = math.fsum(math.sin(lat) for lat, _ in radians)
    return math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))


def country_centres(topology: dict[str, Any]) -> dict[str, Point]:
    """The centre of each country's largest piece of land, by ISO 3166 number, from TopoJSON."""
    arcs = list(_arcs(topology))
    largest: dict[str, tuple[float, Point]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        polygons = [country["arcs"]] if country["type"] == "Polygon" else country["arcs"]
        for outer, *_ in polygons if "id" in country else ():
            ring = [point for i in outer for point in (arcs[i] if i >= 0 else arcs[~i][::-1])]
            area, centre = _area_and_centre(_unwrapped(ring))
            if area > largest.get(country["id"], (0.0, None))[0]:
                largest[country["id"]] = area, centre
    return {number: centre for number, (_, centre) in largest.items()}


def _arcs(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """The lines of a TopoJSON map, stored as steps from each line's first point, in integers."""
    scale_x, scale_y = topology["transform"]["scale"]
    shift_x, shift_y = topology["transform"]["translate"]
    for steps in topology["arcs"]:
        x, y, line = 0, 0, []
        for dx, dy in steps:
            x, y = x + dx, y + dy
            line.append((y * scale_y + shift_y, x * scale_x + shift_x))
        yield line


def _unwrapped(ring: list[Point]) -> list[Point]:
    """The same ring without a jump at the date line: longitudes may go beyond 180 degrees."""
    turns, unwrapped = 0, [ring[0]]
    for (_, before), (latitude, longitude) in pairwise(ring):
        turns += (longitude - before < -180) - (longitude - before > 180)
        unwrapped.append((latitude, longitude + 360 * turns))
    return unwrapped


def _area_and_centre(ring: list[Point]) -> tuple[float, Point]:
    """A polygon's area in square degrees, and its centre of gravity."""
    area, y, x = 0.0, 0.0, 0.0
    for (y1, x1), (y2, x2) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x1 * y2 - x2 * y1
        area, y, x = area + cross / 2, y + (y1 + y2) * cross / 6, x + (x1 + x2) * cross / 6
    return (abs(area), (y / area, (x / area + 180) % 360 - 180)) if area else (0.0, ring[0])
