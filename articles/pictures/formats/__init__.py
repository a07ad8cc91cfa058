"""Takes picture files apart, a module for each format: what makes the picture, and what else the
file carries. Nothing is decoded, so a picture loses nothing by it."""

from collections.abc import Callable

from articles.pictures.formats import gif, jpeg, png, webp
from articles.pictures.formats.parts import Damaged, Parts
from articles.pictures.kinds import GIF, JPEG, PNG, WEBP, Kind

TAKE_APART: dict[Kind, Callable[[bytes], Parts]] = {
    JPEG: jpeg.take_apart,
    PNG: png.take_apart,
    WEBP: webp.take_apart,
    GIF: gif.take_apart,
}
"""AVIF is not among them: what it carries lies scattered, so it is drawn anew."""

__all__ = ["TAKE_APART", "Damaged", "Parts"]
