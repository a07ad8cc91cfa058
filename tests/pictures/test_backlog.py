"""``make_renditions``: for images that were imported, or stored before there were renditions."""

from io import BytesIO, StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError

from articles.models import Image
from articles.pictures import make_renditions, renditions, take_in
from articles.pictures.ladder import whole
from tests.factories import make_image
from tests.pictures.files import SECRETS, laden, photograph

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    said = StringIO()
    call_command("make_renditions", *arguments, stdout=said, stderr=said)
    return said.getvalue()


def stored_as_it_came(content: bytes, **fields: str) -> Image:
    """An image from before its files were cleaned."""
    name = default_storage.save("images/2026/02/IMG_0815.jpg", ContentFile(content))
    return Image.objects.create(file=name, width=400, height=300, **fields)


def test_images_without_renditions_get_them():
    image = make_image(width=400)

    assert run() == "1 image has its renditions.\n"

    image.refresh_from_db()
    for each in whole(image)["avif"]:
        assert default_storage.exists(each.name)
    assert run() == "0 images have their renditions.\n"


def test_a_file_as_it_came_is_cleaned_and_what_it_told_is_gone():
    image = stored_as_it_came(laden("JPEG", orientation=6), caption="Ours")
    former = str(image.file)
    assert not image.sha256

    run()

    image.refresh_from_db()
    kept = default_storage.open(str(image.file)).read()
    assert image.sha256 in str(image.file)
    assert not default_storage.exists(former)
    assert not [secret for secret in SECRETS if secret in kept]
    assert (image.width, image.height, image.caption, image.credit) == (300, 400, "Ours", "")
    assert whole(image)


def test_two_images_of_one_old_file_are_both_cleaned():
    first = stored_as_it_came(laden("JPEG"))
    Image.objects.create(file=str(first.file), width=400, height=300)

    assert run() == "2 images have their renditions.\n"

    assert Image.objects.order_by().values("file").distinct().count() == 1
    for image in Image.objects.all():
        assert default_storage.exists(str(image.file))


def test_what_fails_is_named_and_the_rest_is_done():
    gone, broken, sound = make_image(), stored_as_it_came(b"no picture"), make_image(width=400)
    default_storage.delete(str(gone.file))
    said = StringIO()

    with pytest.raises(CommandError, match="1 image has its renditions; 2 failed"):
        call_command("make_renditions", stdout=said, stderr=said)

    assert f"image {gone.pk}: " in said.getvalue()
    assert f"image {broken.pk}: This is not a picture" in said.getvalue()
    sound.refresh_from_db()
    assert sound.renditions


def test_it_can_go_on_behind_an_image():
    first, second = make_image(), make_image()

    run("--after", str(first.pk))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (bool(first.renditions), bool(second.renditions)) == (False, True)


def test_a_file_that_is_gone_from_its_place_is_made_again_when_all_are_looked_at():
    image = take_in(BytesIO(photograph(700, 400))).image
    make_renditions(image)
    lost = whole(image)["webp"][1].name
    default_storage.delete(lost)

    run()
    assert not default_storage.exists(lost)
    run("--all")
    assert default_storage.exists(lost)


def test_what_is_there_is_not_drawn_again(monkeypatch):
    image = take_in(BytesIO(photograph(700, 400))).image
    make_renditions(image)
    Image.objects.update(renditions={})
    monkeypatch.delattr(renditions, "draw")

    run()

    image.refresh_from_db()
    assert image.renditions
