"""Pictures before readers: of the right type, and kept for as long as a browser likes."""

from io import BytesIO

import pytest
from django.test import Client

from articles.pictures import make_renditions, take_in
from articles.pictures.ladder import whole
from tests.pictures.files import photograph


@pytest.mark.django_db
def test_what_is_named_by_its_content_is_kept_for_a_year(client: Client):
    image = take_in(BytesIO(photograph(400, 300))).image
    make_renditions(image)

    for renditions in whole(image).values():
        for each in renditions:
            answer = client.get(f"/media/{each.name}")
            kind = "jpeg" if each.format == "jpg" else each.format
            assert answer["Content-Type"] == f"image/{kind}"
            assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert client.get(image.file.url)["Cache-Control"].endswith("immutable")
