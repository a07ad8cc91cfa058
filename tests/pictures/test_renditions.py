"""Smaller copies for every screen, made once and kept."""

from io import BytesIO
from typing import Any
from urllib.request import urlopen

import boto3
import pytest
from django.core.files.storage import default_storage
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from PIL import ImageCms

from articles.editing.illustrations import digests
from articles.models import Image
from articles.pictures import follow_focal_point, ladder, make_renditions, take_in
from articles.pictures.ladder import card, crop_of, fallback, named_in_body, whole, widths_of
from newsroom import services
from tests.pictures.files import drawn, photograph


def taken(content: bytes, **fields: Any) -> Image:
    image = take_in(BytesIO(content)).image
    for name, value in fields.items():
        setattr(image, name, value)
    image.save()
    make_renditions(image)
    image.refresh_from_db()
    return image


def stored(name: str) -> Picture.Image:
    return Picture.open(BytesIO(default_storage.open(name).read()))


@pytest.mark.django_db
class TestRenditions:
    def test_a_photograph_has_avif_webp_and_jpeg_at_each_width_up_to_its_own(self):
        image = taken(photograph(1500, 1000))

        found = whole(image)

        assert [*found] == ["avif", "webp", "jpg"]
        for format_, renditions in found.items():
            assert [each.width for each in renditions] == [320, 640, 960, 1280, 1500]
            for each in renditions:
                assert each.name == (
                    f"renditions/{image.sha256[:2]}/{image.sha256}-{each.width}.{format_}"
                )
                with stored(each.name) as picture:
                    assert picture.size == (each.width, each.height)
                    assert picture.format in {"AVIF", "WEBP", "JPEG"}

    def test_a_small_picture_is_never_drawn_larger(self):
        image = taken(photograph(200, 120))

        assert {each.width for of in whole(image).values() for each in of} == {200}
        assert {(each.width, each.height) for of in card(image).values() for each in of} == {
            (180, 120)
        }

    def test_no_query_and_no_file_is_needed_to_name_them(self, django_assert_num_queries):
        image = taken(photograph(400, 300))

        with django_assert_num_queries(0):
            assert whole(image)
            assert card(image)

    @pytest.mark.parametrize(
        ("content", "last"),
        [
            (photograph(400, 300), "jpg"),
            (photograph(400, 300, "WEBP"), "jpg"),
            (drawn("PNG", (400, 300)), "png"),
        ],
    )
    def test_few_colours_fall_back_on_png(self, content: bytes, last: str):
        assert [*whole(taken(content))] == ["avif", "webp", last]

    def test_what_is_transparent_stays_so(self):
        file = BytesIO()
        picture = Picture.new("RGBA", (400, 300), (255, 0, 0, 0))
        picture.paste(Picture.radial_gradient("L").resize((200, 200)).convert("RGBA"), (100, 50))
        picture.save(file, "WEBP")

        image = taken(file.getvalue())

        for renditions in whole(image).values():
            with stored(renditions[-1].name) as drawn_anew:
                assert drawn_anew.convert("RGBA").getpixel((2, 2))[3] == 0  # type: ignore[index]

    def test_colours_of_another_profile_are_drawn_in_that_of_the_web(self):
        lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
        image = taken(photograph(40, 30, icc_profile=lab.tobytes()))
        cmyk = BytesIO()
        Picture.new("CMYK", (40, 30), (0, 255, 255, 0)).save(cmyk, "JPEG")
        red = taken(cmyk.getvalue())

        with stored(whole(image)["jpg"][0].name) as picture:
            assert "icc_profile" not in picture.info
        with stored(whole(red)["webp"][0].name) as picture:
            colour = picture.convert("RGB").getpixel((5, 5))
            assert colour[0] > 200 > 60 > colour[1]  # type: ignore[index]

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16", "P", "RGBA"])
    def test_every_kind_of_png_can_be_drawn(self, mode: str):
        file = BytesIO()
        Picture.linear_gradient("L").convert(mode).save(file, "PNG")

        image = taken(file.getvalue())

        with stored(fallback(image, at_most=1280).name) as picture:
            shades = [picture.convert("L").getpixel((5, y)) for y in (5, 250)]
        assert shades[0] < 60 < 200 < shades[1]  # type: ignore[operator]

    def test_an_animation_is_shown_itself_and_its_first_frame_in_lists(self):
        image = taken(drawn("GIF", (400, 300), frames=3))

        assert ladder.moves(image)
        assert fallback(image, at_most=1280).name == str(image.file)
        assert fallback(image, at_most=1280, cut=True).name.endswith(".png")


@pytest.mark.django_db
class TestCards:
    def test_a_card_is_cut_round_the_focal_point(self):
        content = photograph(800, 1200)  # a red square in the lower right corner
        image = taken(content, focal_x=0.9, focal_y=0.95)

        with stored(card(image)["webp"][-1].name) as picture:
            red, green, _ = picture.convert("RGB").getpixel(  # type: ignore[misc]
                (picture.width - 9, picture.height - 9)
            )
            assert picture.width / picture.height == pytest.approx(1.5, abs=0.01)
            assert red > 150 > green

    def test_a_new_focal_point_makes_cards_of_new_names_and_leaves_the_old(self):
        image = taken(photograph(800, 1200))
        old = card(image)["jpg"][0].name

        image.focal_y = 0.95
        follow_focal_point(image)
        image.refresh_from_db()

        new = card(image)["jpg"][0].name
        assert new == old.replace("-card-50-50-", "-card-50-95-")
        assert default_storage.exists(old)
        assert default_storage.exists(new)
        assert digests(f'<img src="/media/{new}">') == {image.sha256}

    def test_the_same_focal_point_draws_nothing(self, monkeypatch):
        image = taken(photograph(400, 300))
        default_storage.delete(str(image.file))

        follow_focal_point(image)  # would raise, had it to read the file

    @given(
        width=st.integers(1, 9000),
        height=st.integers(1, 9000),
        x=st.floats(0, 1),
        y=st.floats(0, 1),
    )
    def test_a_cut_lies_inside_and_holds_the_focal_point(self, width, height, x, y):
        crop = crop_of(width, height, x, y)

        assert 0 <= crop.left <= crop.left + crop.width <= width
        assert 0 <= crop.top <= crop.top + crop.height <= height
        assert crop.left - 1 <= width * x <= crop.left + crop.width + 1
        assert crop.top - 1 <= height * y <= crop.top + crop.height + 1
        assert crop.width == width or crop.height == height


class TestNames:
    @given(st.integers(1, 9000))
    def test_whatever_has_one_width_has_those_that_a_body_derives_from_it(self, width: int):
        there = set(widths_of(width))

        for each in there:
            assert set(widths_of(each)) <= there

    def test_what_lies_beside_a_rendition_is_known_from_its_name(self):
        base = f"renditions/ab/ab{'0' * 62}"

        assert named_in_body(f"{base}-700.jpg") == (
            {"base": base, "widths": [320, 640, 700]},
            ["avif", "webp", "jpg"],
        )

    @pytest.mark.parametrize(
        "name",
        [
            "images/ab/ab00.jpg",
            f"renditions/ab/ab{'0' * 62}-card-50-50-384.jpg",
            f"renditions/ab/ab{'0' * 62}-700.avif",
            f"renditions/ab/ab{'0' * 62}-700.jpg\n",
            f"other/renditions/ab/ab{'0' * 62}-700.jpg",
        ],
    )
    def test_of_other_names_nothing_is_guessed(self, name: str):
        assert named_in_body(name) is None


@pytest.mark.django_db
def test_in_a_bucket_they_are_served_as_what_they_are_for_a_year(s3: str, settings):
    boto3.client(
        "s3",
        endpoint_url=s3,
        region_name="us-east-1",
        aws_access_key_id="key",
        aws_secret_access_key="secret",
    ).create_bucket(Bucket="pictures", ACL="public-read")
    address = f"s3://key:secret@pictures/media?region=us-east-1&endpoint={s3}"
    settings.STORAGES = settings.STORAGES | {"default": services.storage(address)}

    image = taken(photograph(400, 300))

    with urlopen(default_storage.url(whole(image)["avif"][0].name)) as answer:
        assert answer.headers["Content-Type"] == "image/avif"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    image.focal_x = 0.2
    follow_focal_point(image)
    assert default_storage.exists(card(image)["jpg"][0].name)
