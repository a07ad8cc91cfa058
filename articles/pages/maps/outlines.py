"""The land, coasts and borders that lie under a map; see README.md beside this file."""

import gzip
import json
import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# Degrees of longitude that a map of this width may span to be drawn from each level, the finest
# first.
_WIDTH = 320
_LEVEL_SPANS = (15, 75, 361)


class Outlines(NamedTuple):
    """SVG path data in hundredths of a degree, east and south positive; ``country`` is the land
    of the one asked for."""

    land: str
    coasts: str
    borders: str
    country: str = ""


class _Tile(NamedTuple):
    land: str
    coasts: str
    borders: str
    countries: dict[str, str]


def outlines(
    west: float, south: float, east: float, north: float, country: str = "", width: int = 320
) -> Outlines:
    """What lies within these degrees, and somewhat beyond, in as much detail as a map ``width``
    pixels wide can show. ``country`` is a code of ISO 3166-1."""
    span = max(east - west, north - south) * _WIDTH / width
    level = next(
        (level for level, limit in enumerate(_LEVEL_SPANS) if span <= limit), len(_LEVEL_SPANS) - 1
    )
    side, tiles = _levels()[level]
    found = [
        tile
        for column in range(math.floor((west + 180) / side), math.floor((east + 180) / side) + 1)
        for row in range(math.floor((south + 90) / side), math.floor((north + 90) / side) + 1)
        if (tile := tiles.get((column * side - 180, row * side - 90)))
    ]
    return Outlines(
        "".join(tile.land for tile in found),
        "".join(tile.coasts for tile in found),
        "".join(tile.borders for tile in found),
        "".join(tile.countries.get(country, "") for tile in found),
    )


@cache
def _levels() -> list[tuple[int, dict[tuple[int, int], _Tile]]]:
    packed = Path(__file__).with_name("outlines.json.gz").read_bytes()
    levels: list[dict[str, Any]] = json.loads(gzip.decompress(packed))
    return [
        (level["tile"], {_corner(key): _Tile(*paths) for key, paths in level["tiles"].items()})
        for level in levels
    ]


def _corner(key: str) -> tuple[int, int]:
    west, south = key.split(",")
    return int(west), int(south)
