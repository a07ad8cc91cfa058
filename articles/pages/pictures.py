"""Pictures as pages print them: for every screen the smallest file that does, in the best format
that its browser knows. Needs no query and looks at no file."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.core.files.storage import default_storage
from django.utils.safestring import SafeString, mark_safe

from articles.pictures.ladder import (
    FORMATS,
    HasRenditions,
    Rendition,
    card,
    fallback,
    moves,
    named_in_body,
    whole,
)

# How wide a picture stands beside the text: the measure of a line (``--measure``), or the window.
IN_TEXT = "(min-width: 44rem) 666px, calc(100vw - 2rem)"
_WIDEST_FALLBACK = 1280
_WIDEST = 1920
_STILL = "(prefers-reduced-motion: reduce)"

_IMAGE = re.compile(r'<img\b((?:[^>"]|"[^"]*")*)>')
_SOURCE = re.compile(r'\ssrc="([^"]*)"')
_WIDTH = re.compile(r"-(\d+)\.\w+$")


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
    still = _STILL if moves(image) else ""
    return _shown(whole(image), fallback(image, at_most=_WIDEST_FALLBACK), still)


def card_of(image: HasRenditions) -> Shown:
    """An image cut to 3:2 round its focal point; all of it while there are no renditions."""
    return _shown(card(image), fallback(image, at_most=_WIDEST_FALLBACK, cut=True))


def for_others(image: HasRenditions) -> str:
    """The address of an image for other sites and search engines, large and in any case shown."""
    return default_storage.url(fallback(image, at_most=_WIDEST).name)


def with_renditions(body: str) -> SafeString:
    """``body``, which is clean HTML, with a choice of sizes and formats for each picture of ours
    that it shows."""
    return mark_safe(_IMAGE.sub(_with_choice, body) if "<img" in body else body)


def _shown(found: dict[str, list[Rendition]], plain: Rendition, media: str = "") -> Shown:
    address = default_storage.url(plain.name)
    root = address.removesuffix(plain.name)
    *modern, last = found.items() or [("", [])]
    return Shown(
        [
            Source(FORMATS[format_], _srcset(root, [each.name for each in renditions]), media)
            for format_, renditions in modern
        ],
        address,
        "" if media else _srcset(root, [each.name for each in last[1]]),
        plain.width,
        plain.height,
    )


def _srcset(root: str, names: Sequence[str]) -> str:
    """Each name says its width: ``/media/…-320.avif 320w, /media/…-640.avif 640w``."""
    return ", ".join(
        f"{root}{name} {match[1]}w" for name in names if (match := _WIDTH.search(name))
    )


def _with_choice(image: re.Match[str]) -> str:
    root = default_storage.url("renditions/").removesuffix("renditions/")
    source = _SOURCE.search(image[1])
    if source is None or not source[1].startswith(root):
        return image[0]
    named = named_in_body(source[1].removeprefix(root))
    later = ' loading="lazy" decoding="async"'
    if named is None:
        return f"<img{image[1]}{later}>"
    *modern, (_, names) = named.items()
    sources = "".join(
        f'<source type="{FORMATS[format_]}" srcset="{_srcset(root, of_format)}" sizes="{IN_TEXT}">'
        for format_, of_format in modern
    )
    choice = f' srcset="{_srcset(root, names)}" sizes="{IN_TEXT}"'
    return f"<picture>{sources}<img{image[1]}{choice}{later}></picture>"
