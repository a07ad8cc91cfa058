"""What is taken for a picture: its content decides, not its name."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from PIL import Image as Picture

from articles.editing.images import check_picture

HARMLESS = {
    "exif_gps.jpg",
    "hopper.jpg",
    "hopper.webp",
    "hopper_orientation_6.jpg",
    "invalid-exif.jpg",
    "iptc.jpg",
    "multiple_exif.jpg",
}


def drawn(kind: str, size: tuple[int, int] = (40, 30), frames: int = 1) -> bytes:
    file = BytesIO()
    first, *others = [Picture.new("P", size, number) for number in range(frames)]
    first.convert("P" if kind == "GIF" else "RGB").save(
        file, kind, **({"save_all": True, "append_images": others} if others else {})
    )
    return file.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_what_browsers_show_is_taken_and_left_at_its_start(kind):
    file = BytesIO(drawn(kind))

    check_picture(file)

    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not a JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not a JPEG"),
        (b"<!doctype html><script>alert(1)</script>", "not a JPEG"),
        (b"GIF89a/*<script>alert(1)</script>*/=1;", "not a JPEG"),
        (drawn("BMP"), "not a JPEG"),
        (drawn("JPEG", (400, 300))[:-40], "damaged"),
        (drawn("PNG")[:-30], "damaged"),
        (drawn("PNG", (8000, 8000)), "60 million pixels"),
        (drawn("GIF", (2000, 2000), frames=16), "60 million pixels"),
    ],
    ids=["empty", "svg", "html", "script", "bmp", "cut", "cut png", "large", "many frames"],
)
def test_anything_else_is_refused_in_words(content, words):
    with pytest.raises(ValidationError, match=words):
        check_picture(BytesIO(content))


def test_pictures_made_to_do_harm_are_refused(data_dir: Path):
    taken = set()
    for path in sorted((data_dir / "hostile" / "images").iterdir()):
        with path.open("rb") as file:
            try:
                check_picture(file)
                taken.add(path.name)
            except ValidationError:
                pass

    assert taken == HARMLESS
