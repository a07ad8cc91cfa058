"""Which renditions there are of a picture, where they lie and how large they are.

A rendition's name is made of the SHA-256 of the picture, its width and its format:
``renditions/ab/ab12…-640.avif``, or ``renditions/ab/ab12…-card-50-40-384.avif`` where it was cut
round a focal point 50% from the left and 40% from the top. So what lies under a name never
changes, and who knows a name knows those beside it.
"""

import re
from typing import Any, Literal, NamedTuple, Protocol, TypedDict

WIDTHS = (320, 640, 960, 1280, 1920)
"""Pixels; a narrower picture has its own width as its largest."""
CARD_WIDTHS = (384, 768, 1152)
CARD = (3, 2)
"""How wide a card is to its height."""
IN_BODY = 1280
"""The widest that a body names; browsers choose among those below it (see ``named_in_body``)."""

FORMATS = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png"}
"""The media types, the one that browsers should prefer first."""

_MODERN = ("avif", "webp")
_NAME = re.compile(r"(renditions/[0-9a-f]{2}/[0-9a-f]{64})-(\d{2,4})\.(jpg|png)")


class Series(TypedDict):
    """The same in several widths: ``<base>-<width>.<format>``."""

    base: str
    widths: list[int]


class Renditions(TypedDict):
    """What ``Image.renditions`` holds once they are made.

    ``formats`` are keys of ``FORMATS``, the last of them one that every browser shows. ``whole``
    shows all of the picture, ``card`` is cut to 3:2. ``moves`` tells that the picture is an
    animation, of which the renditions show the first frame.
    """

    formats: list[str]
    whole: Series
    card: Series
    moves: bool


class HasRenditions(Protocol):
    """An ``Image``, or as much of it as was read."""

    @property
    def file(self) -> Any: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def renditions(self) -> Any: ...


class Rendition(NamedTuple):
    """One file of the ladder; ``name`` is its name in the storage, sizes are pixels."""

    name: str
    format: str
    width: int
    height: int


class Crop(NamedTuple):
    """What of a picture a card shows, in pixels."""

    left: int
    top: int
    width: int
    height: int


def base_name(sha256: str) -> str:
    return f"renditions/{sha256[:2]}/{sha256}"


def card_name(sha256: str, focal_x: float, focal_y: float) -> str:
    return f"{base_name(sha256)}-card-{round(focal_x * 100)}-{round(focal_y * 100)}"


def widths_of(width: int) -> list[int]:
    return _widths(width, WIDTHS)


def card_widths_of(width: int) -> list[int]:
    """The widths of cards that a crop of this width is large enough for."""
    return _widths(width, CARD_WIDTHS)


def size_of(width: int, of_width: int, of_height: int) -> tuple[int, int]:
    """How wide and how high a picture of these sizes is at ``width``."""
    return width, max(1, round(width * of_height / of_width))


def crop_of(width: int, height: int, focal_x: float, focal_y: float) -> Crop:
    """The largest 3:2 part of a picture with the focal point in its middle, or as near to it as
    the picture's edges allow."""
    across, down = CARD
    wide = max(1, min(width, round(height * across / down)))
    high = max(1, min(height, round(width * down / across)))
    left = min(max(round(width * focal_x - wide / 2), 0), width - wide)
    top = min(max(round(height * focal_y - high / 2), 0), height - high)
    return Crop(left, top, wide, high)


def whole(image: HasRenditions) -> dict[str, list[Rendition]]:
    """The renditions of all of the picture by format, narrowest first; none before any is made."""
    return _by_format(image.renditions, "whole", (image.width, image.height))


def card(image: HasRenditions) -> dict[str, list[Rendition]]:
    """The same of those that are cut to 3:2."""
    return _by_format(image.renditions, "card", CARD)


def fallback(image: HasRenditions, *, at_most: int, cut: bool = False) -> Rendition:
    """What every browser shows, of at most this width if there is one so narrow: the widest of
    the renditions, ``cut`` to 3:2 if wanted; else the image's own file, as of one that moves."""
    kept: Renditions | None = image.renditions
    if kept and (cut or not kept["moves"]):
        series, shape = (
            (kept["card"], CARD) if cut else (kept["whole"], (image.width, image.height))
        )
        for width in reversed(series["widths"]):
            if width <= at_most:
                return _rendition(series, kept["formats"][-1], width, shape)
    name = str(image.file)
    return Rendition(name, name.rpartition(".")[2], image.width, image.height)


def moves(image: HasRenditions) -> bool:
    return bool(image.renditions and image.renditions["moves"])


def named_in_body(name: str) -> tuple[Series, list[str]] | None:
    """What lies beside a rendition that a body shows, in which formats, as far as its name tells;
    None when ``name`` is not that of a rendition. Whatever has one width has all below it."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    return {"base": match[1], "widths": widths_of(int(match[2]))}, [*_MODERN, match[3]]


def _widths(width: int, steps: tuple[int, ...]) -> list[int]:
    return [*(step for step in steps[:-1] if step < width), min(width, steps[-1])]


def _by_format(
    kept: Renditions | None, kind: Literal["whole", "card"], shape: tuple[int, int]
) -> dict[str, list[Rendition]]:
    if not kept:
        return {}
    series = kept[kind]
    return {
        format_: [_rendition(series, format_, width, shape) for width in series["widths"]]
        for format_ in kept["formats"]
    }


def _rendition(series: Series, format_: str, width: int, shape: tuple[int, int]) -> Rendition:
    return Rendition(f"{series['base']}-{width}.{format_}", format_, *size_of(width, *shape))
