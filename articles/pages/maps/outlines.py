"""The land, coasts and borders that lie under a map; see README.md beside this file."""

import gzip
import json
import math
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

# Degrees of longitude that a map may span to be drawn from each level, the finest first.
_LEVEL_SPANS = (15, 75, 361)


class Outlines(NamedTuple):
    """SVG path data in hundredths of a degree, east and south positive."""

    land: str
    coasts: str
    borders: str


def outlines(west: float, south: float, east: float, north: float) -> Outlines:
    """What lies within these degrees, and somewhat beyond."""
    span = max(east - west, north - south)
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
    return Outlines(*("".join(parts) for parts in zip(*found, strict=True))) if found else _SEA


_SEA = Outlines("", "", "")


@cache
def _levels() -> list[tuple[int, dict[tuple[int, int], Outlines]]]:
    packed = Path(__file__).with_name("outlines.json.gz").read_bytes()
    levels: list[dict[str, Any]] = json.loads(gzip.decompress(packed))
    return [
        (
            level["tile"],
            {_corner(key): Outlines(*paths) for key, paths in level["tiles"].items()},
        )
        for level in levels
    ]


def _corner(key: str) -> tuple[int, int]:
    west, south = key.split(",")
    return int(west), int(south)
