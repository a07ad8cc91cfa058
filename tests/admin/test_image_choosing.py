"""Images as the body editor takes them: searched for, and uploaded on the way."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image as Picture

from articles.models import AuditEntry, Image
from articles.pictures import make_renditions
from tests.factories import make_image, make_staff

CHOOSE = "/admin/articles/image/choose/"
UPLOAD = "/admin/articles/image/upload/"


def jpeg(width: int = 1600, height: int = 1000, colour: str = "#365") -> bytes:
    file = BytesIO()
    Picture.new("RGB", (width, height), colour).save(file, "JPEG")
    return file.getvalue()


def upload(client: Client, content: bytes, **fields: str) -> Any:
    return client.post(UPLOAD, {"file": SimpleUploadedFile("a.jpg", content), **fields})


@pytest.fixture
def reporter(client: Client, db: None) -> Client:
    client.force_login(make_staff("Reporter", "rahila"))
    return client


def test_the_newest_come_first_and_words_narrow_them(reporter: Client):
    make_image(caption="A bridge at Sukkur", credit="Rahila")
    make_image(caption="A bridge at Attock")
    make_image(alt_text="Snow.")

    def found(q: str) -> list[str]:
        return [each["caption"] for each in reporter.get(CHOOSE, {"q": q}).json()["results"]]

    assert found("") == ["", "A bridge at Attock", "A bridge at Sukkur"]
    assert found("bridge rahila") == ["A bridge at Sukkur"]
    assert found("snow") == [""]
    assert found("nothing of the kind") == []


def test_no_more_are_offered_than_are_looked_through(
    reporter: Client, django_assert_max_num_queries
):
    for _ in range(25):
        make_image()

    with django_assert_max_num_queries(5):  # the session, the account, its rights twice, the images
        assert len(reporter.get(CHOOSE).json()["results"]) == 24


def test_a_body_gets_a_picture_that_every_browser_shows_at_a_width_that_does(reporter: Client):
    image = make_image(width=1600, height=1000, alt_text="Blue.", caption="C", credit="R")
    make_renditions(image)

    [choice] = reporter.get(CHOOSE).json()["results"]

    root = f"/media/renditions/{image.sha256[:2]}/{image.sha256}"
    assert choice == {
        "id": image.pk,
        "src": f"{root}-1280.png",
        "width": 1280,
        "height": 800,
        "alt": "Blue.",
        "is_decorative": False,
        "caption": "C",
        "credit": "R",
        "thumbnail": f"{root}-card-50-50-384.png",
    }
    assert reporter.get(choice["src"]).status_code == 200


def test_an_image_without_renditions_is_offered_as_it_is(reporter: Client):
    image = make_image(is_decorative=True, alt_text="unused")

    [choice] = reporter.get(CHOOSE).json()["results"]

    assert choice["src"] == choice["thumbnail"] == image.file.url
    assert (choice["width"], choice["height"], choice["alt"]) == (40, 30, "")


def test_an_upload_answers_as_a_choice_and_is_on_record(reporter: Client):
    answer = upload(reporter, jpeg(), alt_text="Green hills.")

    assert answer.status_code == 201
    assert answer.json() == {
        **reporter.get(CHOOSE).json()["results"][0],
        "alt": "Green hills.",
        "is_new": True,
    }
    entry = AuditEntry.objects.get(action="upload")
    assert (entry.actor, entry.object_id) == ("rahila", answer.json()["id"])


def test_the_same_picture_again_is_the_image_that_is_there(reporter: Client):
    first = upload(reporter, jpeg()).json()

    second = upload(reporter, jpeg(), alt_text="Words it did not have.").json()

    assert (second["id"], second["is_new"]) == (first["id"], False)
    assert Image.objects.get().alt_text == "Words it did not have."


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (jpeg()[:-90], "damaged"),
        (b"", "empty"),
    ],
)
def test_a_refusal_says_what_is_wrong(reporter: Client, content: bytes, said: str):
    answer = upload(reporter, content)

    assert answer.status_code == 400
    assert said in answer.json()["errors"][0]
    assert not Image.objects.exists()


def test_nothing_sent_and_too_long_a_description_are_said_to_be_so(reporter: Client):
    assert reporter.post(UPLOAD).json() == {"errors": ["There is no file in what was sent."]}
    assert "500 characters" in upload(reporter, jpeg(), alt_text="a" * 501).json()["errors"][0]


def test_who_may_not_add_images_cannot(client: Client, db: None):
    client.force_login(make_staff("Moderator"))

    assert upload(client, jpeg()).status_code == 403
    assert client.get(CHOOSE).status_code == 403
    client.logout()
    assert client.get(CHOOSE).status_code == 302
