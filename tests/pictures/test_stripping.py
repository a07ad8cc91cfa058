"""No byte that tells where, when, by whom or with which camera leaves the newsroom."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Picture
from PIL import ImageChops, ImageCms, ImageOps

from articles.pictures import clean, make_renditions, take_in
from articles.pictures.ladder import card, whole
from tests.pictures.files import SECRETS, drawn, exif, laden, photograph

KINDS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF"]


def opened(content: bytes) -> Picture.Image:
    return Picture.open(BytesIO(content))


def leaks(content: bytes) -> list[bytes]:
    return [secret for secret in SECRETS if secret in content]


@pytest.mark.parametrize("kind", KINDS)
def test_the_test_itself_would_see_a_leak(kind: str):
    assert b"SERIAL-0815" in laden(kind)
    assert b"31.5204" in laden(kind)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_picture_is_in_what_is_kept(kind: str):
    kept = clean(BytesIO(laden(kind))).content

    assert leaks(kept) == []
    with opened(kept) as picture:
        assert not picture.getexif()
        assert not {"xmp", "comment", "photoshop", "XML:com.adobe.xmp"} & picture.info.keys()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_no_pixel_changes_by_it(kind: str):
    with opened(laden(kind)) as before, opened(clean(BytesIO(laden(kind))).content) as after:
        difference = ImageChops.difference(before.convert("RGB"), after.convert("RGB"))

        assert difference.getbbox() is None


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_colour_profile_stays(kind: str):
    with opened(clean(BytesIO(laden(kind))).content) as picture:
        profile = ImageCms.ImageCmsProfile(BytesIO(picture.info["icc_profile"]))

        assert "sRGB" in ImageCms.getProfileDescription(profile)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_a_photograph_held_sideways_is_shown_upright(kind: str, orientation: int):
    content = laden(kind, orientation, size=(80, 60))
    with opened(content) as picture:
        upright = ImageOps.exif_transpose(picture).convert("RGB")

    kept = clean(BytesIO(content))

    assert (kept.width, kept.height) == upright.size
    assert leaks(kept.content) == []
    with opened(kept.content) as picture:
        shown = ImageOps.exif_transpose(picture).convert("RGB")
        assert shown.size == upright.size
        assert is_red(shown) == is_red(upright)


def is_red(picture: Picture.Image) -> list[bool]:
    """Of each corner."""
    right, bottom = picture.width - 2, picture.height - 2
    corners = [picture.getpixel(at) for at in ((1, 1), (right, 1), (1, bottom), (right, bottom))]
    return [red > 150 > green for red, green, _ in corners]  # type: ignore[misc]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS)
def test_no_published_file_says_where_or_with_what_it_was_taken(kind: str):
    image = take_in(BytesIO(laden(kind, 6 if kind == "JPEG" else 1))).image
    make_renditions(image)

    names = [
        str(image.file),
        *(
            each.name
            for by_format in (whole(image), card(image))
            for of in by_format.values()
            for each in of
        ),
    ]
    published = {name: default_storage.open(name).read() for name in names}

    assert len(published) > 6
    assert {name: leaks(content) for name, content in published.items() if leaks(content)} == {}
    for name, content in published.items():
        with opened(content) as picture:
            tags = set(picture.getexif())
            assert tags <= ({0x0112} if name == str(image.file) else set())


def test_bytes_behind_the_picture_are_cut_off():
    plain = clean(BytesIO(drawn("JPEG"))).content

    assert clean(BytesIO(drawn("JPEG") + b"\x00" * 500 + b"ftypmp42 a film")).content == plain


def test_of_two_exif_segments_neither_stays():
    content = photograph(40, 30, exif=exif())
    second = content[2 : 2 + 2 + int.from_bytes(content[4:6])]

    assert leaks(clean(BytesIO(content[:2] + second + content[2:])).content) == []
