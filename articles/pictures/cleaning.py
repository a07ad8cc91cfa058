"""Looks an uploaded file over, and makes of it the picture that may be kept and published."""

import hashlib
import re
from io import BytesIO
from typing import IO, Any, NamedTuple

from django.core.exceptions import ValidationError
from PIL import Image as Pillow
from PIL import ImageOps, UnidentifiedImageError

from articles.pictures.embedded import Words, words_in
from articles.pictures.exif import orientation
from articles.pictures.formats import TAKE_APART, Damaged, Parts
from articles.pictures.kinds import AVIF, GIF, JPEG, Kind, recognise

MOST_BYTES = 30 * 1024 * 1024
MOST_PIXELS = 60_000_000
"""Of all frames of an animation together."""
MOST_FRAMES = 1_000

_AGAIN = "Open it in an image program, save it anew and upload that."
# What makes a picture pass for something else with a program that looks for it. Long enough not to
# stand among thirty million bytes of colours by chance.
_FOREIGN = [
    (re.compile(rb"<(?:script|iframe|html|body)[\s>]|<!doctype html"), "a web page"),
    (re.compile(rb"<\?php\s"), "a program"),
    (re.compile(rb"%pdf-1\.|%pdf-2\."), "a PDF document"),
    (re.compile(rb"rar!\x1a\x07|7z\xbc\xaf\x27\x1c"), "a packed archive"),
]
# Where sizes stand in a header, a comment of JavaScript begins or a value is given.
_SCRIPT_HEADS = [
    re.compile(rb"GIF8[79]a\s*(?:/\*|//|=[!-~\s])"),
    re.compile(rb"\xff\xd8\xff[\xe0-\xef\xfe]/\*"),
    re.compile(rb"RIFF(?:/\*|//|=)"),
]
# An archive's table of contents ends with this and, at most 64 KiB later, so does the file.
_ZIP_END, _ZIP_REACH = b"PK\x05\x06", 65_557


class CleanPicture(NamedTuple):
    """A picture that may be kept: checked, upright or marked as turned, without metadata.

    ``width`` and ``height`` are as readers see it, in pixels; ``words`` is what the file said.
    """

    kind: Kind
    content: bytes
    width: int
    height: int
    words: Words

    @property
    def sha256(self) -> str:
        """Of what is kept, by which a picture is known again whatever came along with it."""
        return hashlib.sha256(self.content).hexdigest()


def clean(file: IO[bytes]) -> CleanPicture:
    """The picture in ``file``, which may be anything at all.

    Raises ValidationError, saying what is wrong and what to do, unless it is a whole picture of a
    kind that browsers show and nothing else, of at most 30 MB and 60 million pixels.
    """
    content = _read(file)
    kind = recognise(content)
    _refuse_foreign(content)
    try:
        parts = TAKE_APART[kind](content) if kind in TAKE_APART else Parts(content)
    except Damaged as error:
        raise _damaged(error) from error
    return _decoded(kind, parts)


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ValidationError(
            "The picture is larger than 30 MB. Save it smaller; 4,000 pixels across are plenty."
        )
    return content


def _refuse_foreign(content: bytes) -> None:
    lowered = content.lower()
    found = next((what for pattern, what in _FOREIGN if pattern.search(lowered)), "")
    if any(head.match(content) for head in _SCRIPT_HEADS):
        found = "a script"
    elif not found and _ZIP_END in content[-_ZIP_REACH:]:
        found = "a packed archive"
    if found:
        raise ValidationError(f"The file is a picture and {found} at once. {_AGAIN}")


def _decoded(kind: Kind, parts: Parts) -> CleanPicture:
    try:
        with Pillow.open(BytesIO(parts.picture), formats=[kind.name]) as picture:
            return _looked_over(kind, parts, picture)
    except ValidationError:
        raise
    except UnidentifiedImageError as error:
        raise ValidationError(
            f"The picture is damaged, its head cannot be read. {_AGAIN}"
        ) from error
    except Pillow.DecompressionBombError as error:
        raise ValidationError(_too_many_pixels("")) from error
    except Exception as error:
        # Decoders meet garbage with many kinds of error.
        raise _damaged(error) from error


def _looked_over(kind: Kind, parts: Parts, picture: Pillow.Image) -> CleanPicture:
    """The picture once every pixel of it has been decoded; limits are looked at before."""
    frames = getattr(picture, "n_frames", 1) if kind is AVIF else parts.frames
    if frames > MOST_FRAMES:
        raise ValidationError(
            f"The animation has {frames:,} frames, more than {MOST_FRAMES:,}. Make it shorter."
        )
    for frame in range(frames):
        picture.seek(frame)
        # A frame can be larger than the picture says it is.
        if picture.width * picture.height * frames > MOST_PIXELS:
            size = f"{picture.width:,} × {picture.height:,}"
            raise ValidationError(
                _too_many_pixels(f", {size}" if frames == 1 else f", {frames:,} frames of {size}")
            )
        picture.load()
    picture.seek(0)
    if kind is AVIF:
        parts = _parts_of_avif(picture)
    words = words_in(parts)
    turned = orientation(parts.exif)
    if kind is AVIF or (turned != 1 and kind not in (JPEG, GIF) and frames == 1):
        return _drawn_anew(kind, picture, turned, words)
    width, height = picture.size
    if kind is JPEG and turned >= 5:  # it lies on its side
        width, height = height, width
    return CleanPicture(kind, parts.picture, width, height, words)


def _parts_of_avif(picture: Pillow.Image) -> Parts:
    exif, xmp = picture.info.get("exif", b""), picture.info.get("xmp", b"")
    return Parts(b"", exif.removeprefix(b"Exif\x00\x00"), xmp)


def _drawn_anew(kind: Kind, picture: Pillow.Image, turned: int, words: Words) -> CleanPicture:
    """For what cannot be cleaned as it is: upright and without metadata, but for its colours."""
    profile = picture.info.get("icc_profile") or None
    options: dict[str, Any] = {"quality": 90}
    if getattr(picture, "n_frames", 1) > 1:
        options["save_all"] = True
        upright = picture
    else:
        picture.getexif()[0x0112] = turned
        upright = ImageOps.exif_transpose(picture)
    if kind is AVIF:
        options["speed"] = 8
    file = BytesIO()
    upright.save(file, kind.name, icc_profile=profile, exif=b"", xmp=b"", **options)
    return CleanPicture(kind, file.getvalue(), upright.width, upright.height, words)


def _damaged(error: Exception | str) -> ValidationError:
    reason = str(error) or type(error).__name__
    return ValidationError(f"The picture is damaged: {reason}. Fetch or save it anew.")


def _too_many_pixels(counted: str) -> str:
    return f"The picture has more than 60 million pixels{counted}. Save it smaller."
