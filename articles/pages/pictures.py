"""Pictures as pages print them: for every screen the smallest file that does, in the best format
that its browser knows. Needs no query and looks at no file."""

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from django.core.files.storage import default_storage
from django.utils.safestring import SafeString, mark_safe

from articles.pictures.ladder import (
    FORMATS,
    HasRenditions,
    Rendition,
    Renditions,
    Series,
    fallback,
    moves,
    named_in_body,
)

# How wide a picture stands beside the text: the measure of a line (``--measure``), or the window.
IN_TEXT = "(min-width: 44rem) 666px, calc(100vw - 2rem)"
_WIDEST_FALLBACK = 1280
_WIDEST = 1920
_STILL = "(prefers-reduced-motion: reduce)"

_IMAGE = re.compile(r'<img\b((?:[^>"]|"[^"]*")*)>')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')


class Source(NamedTuple):
    """A ``source`` element: its type, what to choose from, and for whom it is if not for all."""

    type: str
    srcset: str
    media: str = ""


class Shown(NamedTuple):
    """The parts of a ``picture`` element; ``src``, of this size, is for every browser."""

    sources: list[Source]
    src: str
    srcset: str
    width: int
    height: int


def whole_of(image: HasRenditions) -> Shown:
    """All of an image. One that moves stands still for who asked their system for that."""
    plain = fallback(image, at_most=_WIDEST_FALLBACK)
    return _shown(image.renditions, "whole", plain, _STILL if moves(image) else "")


def card_of(image: HasRenditions) -> Shown:
    """An image cut to 3:2 round its focal point; all of it while there are no renditions."""
    return _shown(image.renditions, "card", fallback(image, at_most=_WIDEST_FALLBACK, cut=True))


def for_others(image: HasRenditions) -> str:
    """The address of an image for other sites and search engines, large and in any case shown."""
    return default_storage.url(fallback(image, at_most=_WIDEST).name)


def with_renditions(body: str) -> SafeString:
    """``body``, which is clean HTML, with a choice of sizes and formats for each picture of ours
    that it shows."""
    return mark_safe(_IMAGE.sub(_with_choice, body) if "<img" in body else body)


def _shown(
    renditions: Renditions | None,
    kind: Literal["whole", "card"],
    plain: Rendition,
    media: str = "",
) -> Shown:
    address = default_storage.url(plain.name)
    if not renditions:
        return Shown([], address, "", plain.width, plain.height)
    *modern, last = _choices(
        address.removesuffix(plain.name), renditions[kind], renditions["formats"]
    )
    sources = [Source(FORMATS[format_], srcset, media) for format_, srcset in modern]
    return Shown(sources, address, "" if media else last[1], plain.width, plain.height)


def _choices(root: str, series: Series, formats: list[str]) -> list[tuple[str, str]]:
    """Each format with what to choose from in it."""
    widths = tuple(series["widths"])
    return [(format_, _srcset(root, series["base"], widths, format_)) for format_ in formats]


@lru_cache(maxsize=10_000)
def _srcset(root: str, base: str, widths: tuple[int, ...], format_: str) -> str:
    """Each width by its name: ``/media/…-320.avif 320w, /media/…-640.avif 640w``."""
    return ", ".join(f"{root}{base}-{width}.{format_} {width}w" for width in widths)


def _with_choice(image: re.Match[str]) -> str:
    root = default_storage.url("renditions/").removesuffix("renditions/")
    source = _SOURCE.search(image[1])
    if source is None or not source[1].startswith(root):
        return image[0]
    later = ' loading="lazy" decoding="async"'
    named = named_in_body(source[1].removeprefix(root))
    if named is None:
        return f"<img{image[1]}{later}>"
    *modern, (_, plain) = _choices(root, *named)
    sources = "".join(
        f'<source type="{FORMATS[format_]}" srcset="{srcset}" sizes="{IN_TEXT}">'
        for format_, srcset in modern
    )
    choice = f' srcset="{plain}" sizes="{IN_TEXT}"'
    return f"<picture>{sources}<img{image[1]}{choice}{later}></picture>"
