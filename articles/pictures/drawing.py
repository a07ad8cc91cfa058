"""Draws renditions: smaller, cut, in the formats that browsers like."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from articles.pictures.ladder import CARD_WIDTHS, WIDTHS, Crop, crop_of

# Speed 8 takes a third of the time of 6 for files a few per cent larger, and AVIF at 58 looks like
# WebP at 78 and JPEG at 80.
_OPTIONS: dict[str, dict[str, Any]] = {
    "avif": {"quality": 58, "speed": 8},
    "webp": {"quality": 78, "method": 2},
    "jpg": {"quality": 80, "progressive": True, "optimize": True},
    "png": {"optimize": True},
}
_ENCODERS = {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG", "png": "PNG"}
_FEW_COLOURS = 64
_SRGB = ImageCms.createProfile("sRGB")


class Original(NamedTuple):
    """A picture ready to be drawn smaller: upright, in sRGB, ``RGB`` or ``RGBA``, not much larger
    than its largest rendition. ``formats`` are those it is drawn in, see ``ladder.FORMATS``."""

    picture: Pillow.Image
    formats: list[str]
    moves: bool


def open_original(content: bytes) -> Original:
    """A picture that was let in, at its first frame. Raises OSError when it is damaged."""
    try:
        with Pillow.open(BytesIO(content)) as file:
            return _opened(file)
    except Exception as error:
        # Decoders meet garbage with many kinds of error.
        raise OSError(f"the picture is damaged: {error}") from error


def draw(
    original: Original, sizes: Iterable[tuple[int, int]], crop: Crop | None = None
) -> Iterator[tuple[int, str, bytes]]:
    """The original, or a part of it, in each of ``sizes`` and each of its formats: the width, the
    format, the file."""
    picture = original.picture
    if crop:
        left, top, width, height = crop
        picture = picture.crop((left, top, left + width, top + height))
    for size in sizes:
        drawn = picture.resize(size, Pillow.Resampling.LANCZOS)
        for format_ in original.formats:
            file = BytesIO()
            drawn.save(file, _ENCODERS[format_], **_OPTIONS[format_])
            yield size[0], format_, file.getvalue()


def _opened(file: Pillow.Image) -> Original:
    moves = getattr(file, "n_frames", 1) > 1
    # JPEG decodes to a half or a quarter at a fraction of the cost.
    file.draft("RGB", _enough(*file.size, is_on_its_side=file.getexif().get(0x0112, 1) >= 5))
    picture = _in_srgb(ImageOps.exif_transpose(file), file.info.get("icc_profile"))
    # JPEG knows no transparency, and smears drawings and screens.
    exact = picture.mode == "RGBA" or picture.getcolors(_FEW_COLOURS)
    return Original(picture, ["avif", "webp", "png" if exact else "jpg"], moves)


def _enough(width: int, height: int, *, is_on_its_side: bool) -> tuple[int, int]:
    """The size, in the file's own sense, from which the largest rendition and the largest card of
    a picture can be drawn."""
    upright = (height, width) if is_on_its_side else (width, height)
    crop = crop_of(*upright, 0.5, 0.5)
    scale = min(1, max(WIDTHS[-1] / upright[0], CARD_WIDTHS[-1] / crop.width))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _in_srgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
        if picture.getchannel("A").getextrema() == (255, 255):
            picture = picture.convert("RGB")
    elif picture.mode not in {"RGB", "CMYK", "L"}:
        picture = picture.convert("L" if picture.mode.startswith("I") else "RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = "RGBA" if picture.mode == "RGBA" else "RGB"
            converted = ImageCms.profileToProfile(picture, source, _SRGB, outputMode=target)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile of another kind of picture; its colours are taken as they are
        else:
            picture = converted or picture
    return picture if picture.mode == "RGBA" else picture.convert("RGB")
