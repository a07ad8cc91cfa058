"""From a file to a stored image."""

import hashlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from articles.editing.illustrations import digests
from articles.models import Image
from articles.pictures import storing, take_in, take_in_as
from tests.pictures.files import exif, iptc, laden, photograph, with_segments

pytestmark = pytest.mark.django_db

CREDITED = with_segments(photograph(60, 40), iptc({(2, 110): b"Agency", (2, 120): b"A flood."}))


def test_a_file_is_named_by_what_is_kept_of_it():
    image = take_in(BytesIO(laden("JPEG"))).image

    kept = default_storage.open(str(image.file)).read()
    digest = hashlib.sha256(kept).hexdigest()
    assert image.sha256 == digest
    assert str(image.file) == f"images/{digest[:2]}/{digest}.jpg"
    assert digests(f'<p><img src="{image.file.url}" alt=""></p>') == {digest}


def test_what_the_file_says_fills_what_was_left_empty():
    image = take_in(BytesIO(CREDITED), caption="Our own words.", credit="").image

    assert (image.caption, image.credit) == ("Our own words.", "Agency")


def test_the_same_picture_is_known_again_whatever_comes_along_with_it():
    first = take_in(BytesIO(CREDITED), caption="")
    again = take_in(BytesIO(photograph(60, 40, exif=exif())), caption="Other", alt_text="Water.")

    assert (first.is_new, again.is_new) == (True, False)
    image = Image.objects.get()
    assert again.image == image
    assert (image.caption, image.alt_text) == ("A flood.", "Water.")


def test_an_import_gives_a_picture_the_caption_of_each_article_and_keeps_the_file_once():
    one = take_in_as(BytesIO(CREDITED), caption="At Sukkur")
    other = take_in_as(BytesIO(CREDITED), caption="At Attock")
    one_again = take_in_as(BytesIO(CREDITED), caption="At Sukkur")

    assert one == one_again != other
    assert one.file == other.file
    assert {image.caption for image in Image.objects.all()} == {"At Sukkur", "At Attock"}


def test_what_is_refused_leaves_nothing_behind():
    with pytest.raises(ValidationError):
        take_in(BytesIO(b"<svg/>"))

    assert not Image.objects.exists()


def test_a_file_that_a_crash_cut_short_is_written_anew():
    name = storing.put("images/aa/whole.txt", b"the whole of it", "text/plain")
    with default_storage.open(name, "wb") as file:
        file.write(b"the wh")

    assert storing.put(name, b"the whole of it", "text/plain") == name
    assert storing.read(name) == b"the whole of it"
