"""Lays out a small map: where each place falls, and which labels there is room for."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from articles.pages.maps.outlines import Outlines, outlines

WIDTH = 320
HEIGHT = 232
SMALLEST_SPAN = 4.0  # degrees of latitude from edge to edge, when places lie close together
_PADDING = 0.16  # of each side, left free around the outermost places
_DOT = 4
_LETTER_WIDTH = 6.4
_LINE_HEIGHT = 13
# Where a label may stand: its anchor, then where the text begins or ends from the dot, in pixels.
_POSITIONS = (("start", 8, 4), ("end", -8, 4), ("middle", 0, -9), ("middle", 0, 18))

Box = tuple[float, float, float, float]


class Spot(NamedTuple):
    """A place to be shown, in degrees; the earlier it is given, the likelier it has a label."""

    name: str
    address: str
    latitude: float
    longitude: float


class Label(NamedTuple):
    x: int
    y: int
    anchor: str


class Mark(NamedTuple):
    """A spot on the map, in pixels from the top left; ``label`` is None where none fits."""

    spot: Spot
    x: int
    y: int
    label: Label | None


class Drawing(NamedTuple):
    """A laid out map; ``transform`` brings the outlines to the pixels of the marks."""

    transform: str
    outlines: Outlines
    marks: list[Mark]


def draw(spots: Sequence[Spot], span: float = SMALLEST_SPAN) -> Drawing:
    """A map of all ``spots`` (one or more), at least ``span`` degrees of latitude high."""
    latitudes = [spot.latitude for spot in spots]
    longitudes = [spot.longitude for spot in spots]
    middle_latitude = (min(latitudes) + max(latitudes)) / 2
    middle_longitude = (min(longitudes) + max(longitudes)) / 2
    # A degree of longitude is shorter the farther from the equator; near the poles, not to zero.
    narrowing = max(0.2, math.cos(math.radians(middle_latitude)))
    room = 1 - 2 * _PADDING
    scale = min(
        HEIGHT / span,
        room * HEIGHT / max(max(latitudes) - min(latitudes), 0.01),
        room * WIDTH / max((max(longitudes) - min(longitudes)) * narrowing, 0.01),
    )
    left = WIDTH / 2 - middle_longitude * scale * narrowing
    top = HEIGHT / 2 + middle_latitude * scale
    half_width, half_height = WIDTH / 2 / scale / narrowing, HEIGHT / 2 / scale
    under = outlines(
        middle_longitude - half_width,
        middle_latitude - half_height,
        middle_longitude + half_width,
        middle_latitude + half_height,
    )
    points = [
        (round(left + spot.longitude * scale * narrowing), round(top - spot.latitude * scale))
        for spot in spots
    ]
    return Drawing(
        f"matrix({scale * narrowing / 100:.5f} 0 0 {scale / 100:.5f} {left:.2f} {top:.2f})",
        under,
        _marks(spots, points),
    )


def _marks(spots: Sequence[Spot], points: Sequence[tuple[int, int]]) -> list[Mark]:
    taken: list[Box] = [(x - _DOT, y - _DOT, x + _DOT, y + _DOT) for x, y in points]
    marks = []
    for spot, (x, y) in zip(spots, points, strict=True):
        label = None
        for anchor, right, down in _POSITIONS:
            box = _label_box(len(spot.name) * _LETTER_WIDTH, x + right, y + down, anchor)
            if _is_inside(box) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                label = Label(x + right, y + down, anchor)
                break
        marks.append(Mark(spot, x, y, label))
    return marks


def _label_box(width: float, x: float, y: float, anchor: str) -> Box:
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, y - _LINE_HEIGHT + 3, left + width, y + 3


def _is_inside(box: Box) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= WIDTH - 2 and box[3] <= HEIGHT - 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
