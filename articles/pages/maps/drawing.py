"""Lays out a small map: where each place falls, and which labels there is room for."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from articles.pages.maps.outlines import Outlines, outlines

SMALLEST_SPAN = 4.0  # degrees of latitude from edge to edge, when places lie close together
_MARGIN = 40  # pixels left free around the outermost places, for their labels
_DOT = 3.5
# Dots that tell a number; the largest is so much of the map's height.
_SMALLEST, _LARGEST = 2.5, 0.035
_LETTER_WIDTH = 6.4
_LINE_HEIGHT = 13
# A degree of longitude is shorter the farther from the equator; near the poles, not to zero.
_NARROWEST = 0.2

Box = tuple[float, float, float, float]


class Frame(NamedTuple):
    """The size of a map in pixels."""

    width: int
    height: int


SMALL = Frame(320, 232)
WIDTH, HEIGHT = SMALL


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
    """A spot on the map, in pixels from the top left; ``label`` is None where none fits, and
    ``number`` where the dot tells none."""

    spot: Spot
    x: int
    y: int
    label: Label | None
    radius: float = _DOT
    number: int | None = None


class Drawing(NamedTuple):
    """A laid out map; ``transform`` brings the outlines to the pixels of the marks."""

    transform: str
    outlines: Outlines
    marks: list[Mark]
    frame: Frame = SMALL


def draw(
    spots: Sequence[Spot],
    span: float = SMALLEST_SPAN,
    *,
    counts: Sequence[int] = (),
    frame: Frame = SMALL,
    country: str = "",
) -> Drawing:
    """A map of all ``spots`` (one or more), at least ``span`` degrees of latitude high.

    Given ``counts``, one for each spot, the area of a dot tells its count. ``country`` is the code
    of one to stand out.
    """
    latitudes = [spot.latitude for spot in spots]
    longitudes = [spot.longitude for spot in spots]
    middle_latitude = (min(latitudes) + max(latitudes)) / 2
    middle_longitude = (min(longitudes) + max(longitudes)) / 2
    narrowing = max(_NARROWEST, math.cos(math.radians(middle_latitude)))
    scale = min(
        frame.height / span,
        (frame.height - 2 * _MARGIN) / max(max(latitudes) - min(latitudes), 0.01),
        (frame.width - 2 * _MARGIN) / max((max(longitudes) - min(longitudes)) * narrowing, 0.01),
    )
    left = frame.width / 2 - middle_longitude * scale * narrowing
    top = frame.height / 2 + middle_latitude * scale
    half_width, half_height = frame.width / 2 / scale / narrowing, frame.height / 2 / scale
    under = outlines(
        middle_longitude - half_width,
        middle_latitude - half_height,
        middle_longitude + half_width,
        middle_latitude + half_height,
        country,
        frame.width,
    )
    points = [
        (round(left + spot.longitude * scale * narrowing), round(top - spot.latitude * scale))
        for spot in spots
    ]
    return Drawing(
        f"matrix({scale * narrowing / 100:.5f} 0 0 {scale / 100:.5f} {left:.2f} {top:.2f})",
        under,
        _marks(spots, points, counts, frame),
        frame,
    )


def _marks(
    spots: Sequence[Spot], points: Sequence[tuple[int, int]], counts: Sequence[int], frame: Frame
) -> list[Mark]:
    radii = _radii(counts, frame) or [_DOT] * len(spots)
    taken: list[Box] = [
        (x - radius, y - radius, x + radius, y + radius)
        for (x, y), radius in zip(points, radii, strict=True)
    ]
    marks = []
    for number, (spot, (x, y), radius) in enumerate(zip(spots, points, radii, strict=True)):
        label = None
        for anchor, right, down in _positions(radius):
            box = _label_box(len(spot.name) * _LETTER_WIDTH, x + right, y + down, anchor)
            if _is_inside(box, frame) and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                label = Label(x + right, y + down, anchor)
                break
        marks.append(Mark(spot, x, y, label, radius, counts[number] if counts else None))
    return marks


def _radii(counts: Sequence[int], frame: Frame) -> list[float]:
    """The areas of the dots are as the counts, as far as small ones are still to be seen."""
    peak = max(counts, default=1)
    largest = _LARGEST * frame.height
    return [round(max(_SMALLEST, largest * math.sqrt(count / peak)), 1) for count in counts]


def _positions(radius: float) -> tuple[tuple[str, int, int], ...]:
    """Where a label may stand: its anchor, then where the text begins or ends from the dot."""
    beside = round(radius + 4)
    return (
        ("start", beside, 4),
        ("end", -beside, 4),
        ("middle", 0, -beside - 1),
        ("middle", 0, beside + 10),
    )


def _label_box(width: float, x: float, y: float, anchor: str) -> Box:
    left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    return left, y - _LINE_HEIGHT + 3, left + width, y + 3


def _is_inside(box: Box, frame: Frame) -> bool:
    return box[0] >= 2 and box[1] >= 2 and box[2] <= frame.width - 2 and box[3] <= frame.height - 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
