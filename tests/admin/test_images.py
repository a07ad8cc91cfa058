"""Images at the desk: uploaded, described, shown where they are used, deleted when they are not."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles import editing
from articles.admin.images.uploading import describing
from articles.models import AuditEntry, Illustration, Image
from articles.pictures import make_renditions, take_in
from articles.pictures.ladder import card, whole
from tests.factories import make_article, make_image, make_staff
from tests.pictures.files import drawn, iptc, photograph, with_segments

LIST = "/admin/articles/image/"
ADD = "/admin/articles/image/add/"
SEVERAL = "/admin/articles/image/upload-several/"
DESCRIBE = "/admin/articles/image/describe/"
CREDITED = with_segments(photograph(60, 40), iptc({(2, 110): b"Agency", (2, 120): b"A flood."}))


def file(content: bytes, name: str = "ship.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "image/jpeg")


def add(desk: Client, content: bytes, **fields: str) -> Any:
    return desk.post(ADD, {"upload": file(content), **fields})


def page_of(image: Image, page: str = "change") -> str:
    return f"/admin/articles/image/{image.pk}/{page}/"


FilledIn = Callable[[str], dict[str, Any]]


def text(answer: Any) -> str:
    said: str = answer.content.decode()
    return said


def as_staff(client: Client, role: str) -> Client:
    client.force_login(make_staff(role, f"a-{role.lower()}"))
    return client


class TestAdding:
    def test_an_image_needs_words_for_those_who_cannot_see_it(self, desk: Client):
        refused = add(desk, photograph(40, 30))
        assert "Say what the picture shows, or mark it as decorative." in text(refused)

        add(desk, photograph(40, 30), alt_text="A ship.")
        add(desk, photograph(41, 30), is_decorative="on")

        assert Image.objects.count() == 2

    def test_caption_and_credit_that_are_left_empty_come_from_the_file(self, desk: Client):
        add(desk, CREDITED, alt_text="Water.", caption="At Sukkur")

        image = Image.objects.get()
        assert (image.caption, image.credit) == ("At Sukkur", "Agency")
        assert image.sha256 in str(image.file)

    def test_its_renditions_are_there_at_once(
        self, desk: Client, django_capture_on_commit_callbacks
    ):
        with django_capture_on_commit_callbacks(execute=True):
            add(desk, photograph(700, 400), alt_text="A ship.")

        assert whole(Image.objects.get())

    def test_a_picture_that_is_here_is_not_stored_again_and_keeps_its_words(self, desk: Client):
        image = take_in(BytesIO(CREDITED), alt_text="Water.").image
        Image.objects.update(may_be_reused=True)

        answer = add(desk, CREDITED, alt_text="Other", rights="Ours", _popup="1")

        assert f"&quot;value&quot;: &quot;{image.pk}&quot;" in text(answer)
        image = Image.objects.get()
        assert (image.alt_text, image.rights, image.may_be_reused) == ("Water.", "Ours", True)

    @pytest.mark.parametrize("content", [b"<svg onload='x()'/>", drawn("PNG")[:60], b"GIF89a", b""])
    def test_what_is_not_a_whole_picture_is_refused(self, desk: Client, content: bytes):
        answer = add(desk, content, alt_text="A ship.")

        assert "upload" in answer.context["adminform"].form.errors
        assert not Image.objects.exists()

    def test_it_is_on_record_who_brought_it(self, desk: Client):
        add(desk, photograph(40, 30), alt_text="A ship.")
        add(desk, photograph(40, 30), alt_text="A ship.")

        entry = AuditEntry.objects.get(kind="image")
        assert (entry.actor, entry.action, entry.kind) == ("editor", "upload", "image")


class TestSeveralAtOnce:
    def test_without_scripts_all_are_sent_and_described_on_one_page(self, desk: Client):
        answer = desk.post(
            SEVERAL,
            {
                "files": [
                    file(photograph(40, 30)),
                    file(b"<svg/>", "map.svg"),
                    file(CREDITED, "flood.jpg"),
                ]
            },
            follow=True,
        )

        assert answer.request["PATH_INFO"] == DESCRIBE
        assert "“map.svg” was not taken in. This is not a picture but an SVG drawing" in text(
            answer
        )
        assert [each["image"].credit for each in answer.context["described"]] == ["", "Agency"]

    def test_nothing_chosen_is_said_to_be_so(self, desk: Client):
        assert "Choose one or more files first." in text(desk.post(SEVERAL, {}, follow=True))

    def test_a_credit_for_all_goes_where_there_is_none(self, desk: Client, filled_in: FilledIn):
        address = describing([make_image(credit="Agency"), make_image()])

        desk.post(address, filled_in(address) | {"all-credit": "R. B.", "all-rights": "Ours"})

        assert set(Image.objects.values_list("credit", "rights")) == {
            ("Agency", "Ours"),
            ("R. B.", "Ours"),
        }
        assert AuditEntry.objects.filter(action="describe").count() == 2

    def test_one_that_lacks_a_word_keeps_all_from_being_saved(
        self, desk: Client, filled_in: FilledIn
    ):
        first, second = make_image(), make_image()
        address = describing([first, second])
        words = {f"image-{second.pk}-alt_text": " ", f"image-{first.pk}-caption": "A caption"}

        answer = desk.post(address, filled_in(address) | words)

        assert "Say what the picture shows, or mark it as decorative." in text(answer)
        assert "Nothing has been saved yet." in text(answer)
        assert not Image.objects.exclude(caption="").exists()

    def test_a_focal_point_cuts_new_cards(self, desk: Client, filled_in: FilledIn):
        image = take_in(BytesIO(photograph(400, 600)), alt_text="A ship.").image
        make_renditions(image)
        address = describing([image])

        desk.post(address, filled_in(address) | {f"image-{image.pk}-focal_y": "0.9"})

        image.refresh_from_db()
        assert "-card-50-90-" in card(image)["jpg"][0].name

    def test_reporters_describe_what_they_brought_and_nothing_else(self, client: Client, db: None):
        reporter, foreign = as_staff(client, "Reporter"), make_image()
        reporter.post(SEVERAL, {"files": [file(photograph(40, 30))]})
        own = Image.objects.exclude(pk=foreign.pk).get()
        words = {
            f"image-{image.pk}-{name}": value
            for image in (own, foreign)
            for name, value in (("alt_text", "A ship."), ("focal_x", "0.5"), ("focal_y", "0.5"))
        }

        reporter.post(describing([own, foreign]), words)

        own.refresh_from_db()
        foreign.refresh_from_db()
        assert (own.alt_text, foreign.alt_text) == ("A ship.", "A plain rectangle.")
        assert reporter.get(describing([foreign])).status_code == 403
        for nothing in ("999999", "x", "9" * 40):
            assert reporter.get(f"{DESCRIBE}?image={nothing}").status_code == 404

    def test_the_page_costs_the_same_however_many_there_are(
        self,
        desk: Client,
        filled_in: FilledIn,
        django_assert_max_num_queries: DjangoAssertNumQueries,
        monkeypatch: pytest.MonkeyPatch,
    ):
        address = describing([make_image() for _ in range(12)])
        data = filled_in(address)
        words = {name: "Words" for name in data if name.endswith("-caption")}

        with django_assert_max_num_queries(5):
            desk.get(address)
        monkeypatch.setattr("articles.admin.images.describing.draw", lambda image: None)
        with django_assert_max_num_queries(10):
            desk.post(address, data | words)
        assert Image.objects.filter(caption="Words").count() == 12


class TestTheList:
    def test_it_costs_the_same_however_many_there_are(
        self, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        for _ in range(25):
            make_article(lead_image=make_image())

        with django_assert_max_num_queries(8):
            answer = desk.get(LIST)

        assert text(answer).count("as lead image") == 20

    def test_those_that_want_something_can_be_listed(self, desk: Client):
        bare, used, free = make_image(alt_text=""), make_image(), make_image(may_be_reused=True)
        make_image(alt_text="", is_decorative=True)
        make_article(lead_image=used)
        Illustration.objects.create(article=make_article(), image=free)

        def listed(state: str) -> set[Image]:
            return set(desk.get(LIST, {"state": state}).context["cl"].result_list)

        assert listed("undescribed") == {bare}
        assert listed("reusable") == {free}
        assert listed("unused") == set(Image.objects.all()) - {used, free}

    def test_who_may_not_add_gets_no_place_to_drop_files(self, client: Client, db: None):
        for role, may in (("Reporter", True), ("Editor", True)):
            assert ('class="upload"' in text(as_staff(client, role).get(LIST))) is may
        assert as_staff(client, "Moderator").get(LIST).status_code == 403


class TestWhereItIsShown:
    def test_its_page_names_the_articles(self, desk: Client):
        image = make_image()
        make_article("Rain in Tank", lead_image=image)
        shown = make_article(
            "A dam bursts", body=f'<p id="p1">A</p><img src="{image.file.url}" alt="">'
        )
        editing.record([shown])

        page = text(desk.get(page_of(image)))

        assert page.index("As the lead image") < page.index("Rain in Tank")
        assert page.index("In the text") < page.index("A dam bursts")

    def test_no_more_are_listed_than_are_read(
        self, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ):
        image = make_image()
        for number in range(12):
            make_article(f"Story {number:02}", lead_image=image)

        with django_assert_max_num_queries(10):
            page = text(desk.get(page_of(image)))

        assert "Story 11" in page
        assert "Story 01" not in page
        assert "and in others" in page

    def test_of_drafts_that_are_not_theirs_reporters_learn_no_more_than_that(
        self, client: Client, db: None
    ):
        image = make_image()
        make_article("A secret draft", published=None, lead_image=image)

        page = text(as_staff(client, "Reporter").get(page_of(image)))

        assert "A secret draft" not in page
        assert "in articles that you may not read" in page


class TestDeleting:
    def test_one_that_is_shown_stays_and_its_articles_are_named(self, desk: Client):
        lead, in_text = make_image(), make_image()
        make_article("Rain in Tank", published=None, lead_image=lead)
        article = make_article("A dam bursts", body=f'<img src="{in_text.file.url}" alt="">')
        editing.record([article])

        for image, reason, headline in (
            (lead, "It is the lead image of articles.", "Rain in Tank"),
            (in_text, "Articles show it in their text.", "A dam bursts"),
        ):
            page = text(desk.get(page_of(image, "delete")))
            assert reason in page
            assert headline in page
            desk.post(page_of(image, "delete"), {"post": "yes"})
            assert Image.objects.filter(pk=image.pk).exists()

    def test_one_that_is_not_goes_with_all_its_files(
        self, desk: Client, django_capture_on_commit_callbacks
    ):
        image = take_in(BytesIO(photograph(700, 400))).image
        make_renditions(image)
        image.focal_x = 0.2
        names = [str(image.file), card(image)["jpg"][0].name, whole(image)["avif"][0].name]

        with django_capture_on_commit_callbacks(execute=True):
            desk.post(page_of(image, "delete"), {"post": "yes"})

        assert not Image.objects.exists()
        assert not [name for name in names if default_storage.exists(name)]
        assert AuditEntry.objects.get(kind="image").action == "delete"

    def test_a_file_that_another_image_has_too_stays(
        self, desk: Client, django_capture_on_commit_callbacks
    ):
        image = take_in(BytesIO(photograph(40, 30))).image
        Image.objects.create(
            file=str(image.file), width=40, height=30, sha256=image.sha256, caption="Another"
        )

        with django_capture_on_commit_callbacks(execute=True):
            desk.post(page_of(image, "delete"), {"post": "yes"})

        assert default_storage.exists(str(Image.objects.get().file))

    def test_editors_change_and_archivists_delete(self, client: Client, db: None):
        image = make_image()

        assert as_staff(client, "Reporter").get(page_of(image, "delete")).status_code == 403
        assert as_staff(client, "Editor").get(page_of(image, "delete")).status_code == 403
        assert as_staff(client, "Archivist").get(page_of(image, "delete")).status_code == 200


def test_a_changed_focal_point_cuts_new_cards(
    desk: Client, filled_in: Any, django_capture_on_commit_callbacks
):
    image = take_in(BytesIO(photograph(400, 600)), alt_text="A ship.").image
    make_renditions(image)
    data = filled_in(page_of(image)) | {"focal_y": "0.9", "credit_url": "rahila.example"}

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(page_of(image), data)

    image.refresh_from_db()
    assert "-card-50-90-" in card(image)["jpg"][0].name
    assert image.credit_url == "https://rahila.example"


def test_saving_words_leaves_renditions_that_were_made_meanwhile(desk: Client, filled_in: FilledIn):
    image = take_in(BytesIO(photograph(400, 300)), alt_text="A ship.").image
    data = filled_in(page_of(image)) | {"caption": "At Gwadar"}
    make_renditions(image)

    desk.post(page_of(image), data)

    image.refresh_from_db()
    assert image.caption == "At Gwadar"
    assert image.renditions


@pytest.mark.parametrize("value", ["1.1", "-0.1", "nan", "x"])
def test_a_focal_point_outside_the_picture_is_refused(desk: Client, filled_in: Any, value: str):
    image = make_image()
    data = filled_in(page_of(image)) | {"focal_x": value}

    assert "focal_x" in desk.post(page_of(image), data).context["adminform"].form.errors
