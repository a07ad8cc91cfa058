"""What is taken for a picture: its content decides, not its name."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from articles.pictures import clean
from tests.pictures.files import SECRETS, drawn, gif_with_comment, laden

# Pillow says on standard error what it found broken.
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:PIL")

HARMLESS = {
    "exif_gps.jpg",
    "hopper.jpg",
    "hopper.webp",
    "hopper_orientation_6.jpg",
    "invalid-exif.jpg",
    "iptc.jpg",
    "multiple_exif.jpg",
}


def archive() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("a.js", "alert(1)")
    return file.getvalue()


def long_animation(frames: int) -> bytes:
    """One frame again and again."""
    head, comma, frame = drawn("GIF", (1, 1)).partition(b",")
    return head + (comma + frame[:-1]) * frames + frame[-1:]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_what_browsers_show_is_taken(kind: str):
    picture = clean(BytesIO(drawn(kind)))

    assert (picture.kind.name, picture.width, picture.height) == (kind, 40, 30)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_clean_picture_stays_as_it_is_to_the_last_byte(kind: str):
    once = clean(BytesIO(drawn(kind))).content

    assert clean(BytesIO(once)).content == once


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "an SVG"),
        (b"<?xml version='1.0'?><svg/>", "an SVG"),
        (b"\n<!doctype html><script>alert(1)</script>", "a web page"),
        (b"%PDF-1.7\n", "a PDF"),
        (archive(), "a packed archive"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic", "an HEIC"),
        (b"MZ\x90\x00", "a program"),
        (drawn("BMP"), "a bitmap"),
        (drawn("TIFF"), "a TIFF"),
        (b"a letter to the editor", "not a picture of a kind that browsers show"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_picture_is_told_what_it_is(content: bytes, said: str):
    with pytest.raises(ValidationError, match=said):
        clean(BytesIO(content))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (drawn("JPEG") + b"<html><script>alert(1)</script>", "a web page at once"),
        (drawn("PNG") + b"<SCRIPT src=x></SCRIPT>", "a web page at once"),
        (drawn("WEBP") + archive(), "a packed archive at once"),
        (drawn("GIF") + b"<?php system($_GET['c']);", "a program at once"),
        (drawn("JPEG") + b"%PDF-1.4", "a PDF document at once"),
        (gif_with_comment(b"<!DOCTYPE html>"), "a web page at once"),
        (b"GIF89a/*" + drawn("GIF")[8:] + b"*/=1;alert(1)", "a script at once"),
        (b"GIF89a=1;" + drawn("GIF")[9:], "a script at once"),
        (b"\xff\xd8\xff\xe0/*" + drawn("JPEG")[6:] + b"*/=alert(1)", "a script at once"),
        (b"RIFF/*" + drawn("WEBP")[6:] + b"*/=1", "a script at once"),
    ],
)  # fmt: skip
def test_a_picture_that_is_something_else_too_is_refused(content: bytes, said: str):
    with pytest.raises(ValidationError, match=said):
        clean(BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_picture_cut_short_is_refused_wherever_it_is_cut(kind: str):
    whole = drawn(kind, (64, 48))
    for length in range(16, len(whole) - 1, max(1, len(whole) // 60)):
        with pytest.raises(ValidationError):
            clean(BytesIO(whole[:length]))


# Drawn by the test: whoever only looks for tests would wait for seconds.
@pytest.mark.parametrize(
    ("draw", "said"),
    [
        (lambda: drawn("PNG", (8000, 8000)), "60 million pixels, 8,000 × 8,000"),
        (
            lambda: drawn("GIF", (2000, 2000), frames=16),
            "60 million pixels, 16 frames of 2,000 × 2,000",
        ),
        (lambda: long_animation(1001), "1,001 frames"),
        (lambda: b"\xff\xd8\xff" + bytes(31 * 1024 * 1024), "larger than 30 MB"),
    ],
    ids=["large", "animation", "long animation", "heavy"],
)
def test_a_picture_over_the_limits_is_refused_with_its_size(draw: Callable[[], bytes], said: str):
    with pytest.raises(ValidationError, match=said):
        clean(BytesIO(draw()))


def test_a_jpeg_made_of_scans_without_end_is_refused_before_it_is_decoded():
    picture = drawn("JPEG", progressive=True)
    scan = picture[picture.index(b"\xff\xda") : -2]

    with pytest.raises(ValidationError, match="scans"):
        clean(BytesIO(picture[:-2] + scan * 200 + b"\xff\xd9"))


def test_pictures_made_to_do_harm_are_refused(data_dir: Path):
    taken = set()
    for path in sorted((data_dir / "hostile" / "images").iterdir()):
        with path.open("rb") as file:
            try:
                clean(file)
                taken.add(path.name)
            except ValidationError:
                pass

    assert taken == HARMLESS


def test_an_animation_keeps_its_frames_and_its_loop():
    for kind in ("GIF", "WEBP", "PNG", "AVIF"):
        frames = [Picture.new("RGB", (40, 30), colour) for colour in ("red", "green", "blue")]
        file = BytesIO()
        frames[0].save(file, kind, save_all=True, append_images=frames[1:], duration=80, loop=0)

        with Picture.open(BytesIO(clean(file).content)) as kept:
            assert getattr(kept, "n_frames", 1) == 3
            assert kind == "AVIF" or kept.info["loop"] == 0


LADEN = {kind: laden(kind, size=(24, 16)) for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")}


@given(
    kind=st.sampled_from(sorted(LADEN)),
    at=st.floats(0, 1),
    cut=st.integers(0, 40),
    noise=st.binary(max_size=40),
)
def test_whatever_happens_to_a_file_it_is_taken_clean_or_refused_in_words(
    kind: str, at: float, cut: int, noise: bytes
):
    whole = LADEN[kind]
    place = int(at * len(whole))

    try:
        picture = clean(BytesIO(whole[:place] + noise + whole[place + cut :]))
    except ValidationError:
        return

    assert not [secret for secret in SECRETS if secret in picture.content]
    assert picture.width > 0
    assert picture.height > 0
