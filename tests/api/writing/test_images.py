"""Pictures are brought in, described and deleted as at the desk."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import AuditEntry, Image, Scope
from articles.pictures.ladder import whole
from tests import factories
from tests.api.conftest import make_public
from tests.api.writing.calling import Caller
from tests.pictures.files import SECRETS, drawn, iptc, laden, photograph, with_segments

pytestmark = pytest.mark.django_db

CREDITED = with_segments(photograph(60, 40), iptc({(2, 110): b"Agency", (2, 120): b"A flood."}))


@pytest.fixture
def editor(db: None) -> Caller:
    return Caller("Editor")


def upload(caller: Caller, content: bytes, status: int = 201, query: str = "", **words: Any) -> Any:
    file = SimpleUploadedFile("flood.jpg", content, "image/jpeg")
    response = caller.client.post(f"/api/v1/images/{query}", {"file": file, **words})
    assert response.status_code == status, response.content
    return response.json()


class TestBringingIn:
    def test_a_picture_comes_with_its_words_and_is_drawn_smaller(
        self, editor: Caller, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            answer = upload(
                editor,
                with_segments(photograph(700, 400), iptc({(2, 110): b"Agency"})),
                alt_text="A street under water.",
                caption="Sukkur, in August.",
                rights="CC BY 4.0",
                may_be_reused="true",
                focal_x="0.25",
            )
        assert (answer["credit"], answer["caption"]) == ("Agency", "Sukkur, in August.")
        assert (answer["width"], answer["may_be_reused"]) == (700, True)
        assert answer["focal_point"] == {"x": 0.25, "y": 0.5}
        image = Image.objects.get()
        assert whole(image)
        assert default_storage.exists(str(image.file))
        assert editor.ask("GET", f"images/{image.pk}/")["renditions"]
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.object_id, entry.detail) == ("upload", image.pk, "flood.jpg")

    def test_what_must_not_be_published_is_not_kept(self, editor: Caller) -> None:
        upload(editor, laden("JPEG"), alt_text="A ship.")
        with default_storage.open(str(Image.objects.get().file)) as file:
            kept = file.read()
        assert not [secret for secret in SECRETS if secret in kept]

    def test_the_same_picture_is_stored_once_and_keeps_its_words(self, editor: Caller) -> None:
        first = upload(editor, CREDITED, alt_text="Water.")
        again = upload(editor, CREDITED, status=200, alt_text="Rain.", rights="CC0")
        assert (again["id"], again["alt_text"], again["rights"]) == (first["id"], "Water.", "CC0")
        assert Image.objects.count() == 1

    def test_a_dry_run_keeps_no_file(self, editor: Caller) -> None:
        new = with_segments(photograph(61, 43), iptc({(2, 120): b"A flood."}))
        answer = upload(editor, new, query="?dry_run=true", alt_text="Water.")
        assert answer["caption"] == "A flood."
        name = answer["file"].partition("/media/")[2]
        assert name.startswith("images/")
        assert not default_storage.exists(name)
        assert not Image.objects.exists()

    @pytest.mark.parametrize(
        ("content", "words", "named"),
        [
            (b"", {"alt_text": "A"}, "file"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {"alt_text": "A"}, "file"),
            (drawn("PNG")[:-30], {"alt_text": "A"}, "file"),
            (drawn("PNG") + b"<script>alert(1)</script>", {"alt_text": "A"}, "file"),
            (drawn("PNG"), {}, "alt_text"),
            (drawn("PNG"), {"alt_text": "A", "focal_x": "nan"}, "focal_x"),
            (drawn("PNG"), {"alt_text": "A", "credit_url": "javascript:alert(1)"}, "credit_url"),
            (drawn("PNG"), {"alt_text": "A" * 501}, "alt_text"),
            (drawn("PNG"), {"alt_text": "A", "width": "7"}, "width"),
        ],
        ids=[
            "empty",
            "drawing",
            "cut short",
            "page",
            "undescribed",
            "no number",
            "script",
            "too long",
            "unknown",
        ],
    )
    def test_what_is_wrong_is_named(
        self, editor: Caller, content: bytes, words: dict[str, str], named: str
    ) -> None:
        answer = upload(editor, content, status=400, **words)
        assert set(answer) == {named}, answer
        assert not Image.objects.exists()

    @pytest.mark.parametrize("name", ["decompression_bomb.gif", "broken.png", "truncated_jpeg.jpg"])
    def test_a_hostile_file_is_refused_with_a_reason(
        self, editor: Caller, name: str, data_dir: Path
    ) -> None:
        content = (data_dir / "hostile" / "images" / name).read_bytes()
        answer = upload(editor, content, status=400, alt_text="A")
        assert set(answer) == {"file"}

    def test_a_picture_comes_as_a_form_with_a_file(self, editor: Caller) -> None:
        editor.ask("POST", "images/", {"alt_text": "A"}, status=415)
        bare = editor.client.post("/api/v1/images/", {"alt_text": "A"})
        assert (bare.status_code, set(bare.json())) == (400, {"file"})
        text = editor.client.post("/api/v1/images/", {"file": "x", "alt_text": "A"})
        assert (text.status_code, set(text.json())) == (400, {"file"})
        cut = editor.client.generic(
            "POST", "/api/v1/images/", b"--x\r\n", "multipart/form-data; boundary="
        )
        assert cut.status_code == 400

    def test_a_repeated_upload_is_done_once(self, editor: Caller) -> None:
        answers = [
            editor.client.post(
                "/api/v1/images/",
                {"file": SimpleUploadedFile("a.jpg", CREDITED), "alt_text": "A"},
                headers={"Idempotency-Key": "a1"},
            )
            for _ in range(2)
        ]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[0].content == answers[1].content


class TestDescribing:
    def test_its_words_and_its_focal_point_are_changed(self, editor: Caller) -> None:
        image = factories.make_image(caption="A ship.")
        address = f"images/{image.pk}/"
        seen = editor.send("GET", address)["ETag"]
        answer = editor.ask(
            "PATCH", address, {"credit": "Agency", "focal_point": {"x": 0, "y": 1}}, If_Match=seen
        )
        assert (answer["caption"], answer["credit"]) == ("A ship.", "Agency")
        assert answer["focal_point"] == {"x": 0.0, "y": 1.0}
        editor.ask("PATCH", address, {"credit": "Nobody"}, status=412, If_Match=seen)
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.object_id) == ("change", image.pk)
        assert "credit" in entry.detail

    def test_put_leaves_nothing_of_what_was_said(self, editor: Caller) -> None:
        image = factories.make_image(caption="A ship.", focal_x=0.1)
        answer = editor.ask("PUT", f"images/{image.pk}/", {"alt_text": "A boat."})
        assert (answer["caption"], answer["alt_text"]) == ("", "A boat.")
        assert answer["focal_point"] == {"x": 0.5, "y": 0.5}

    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ({"alt_text": ""}, "alt_text"),
            ({"file": "x"}, "file"),
            ({"focal_point": {"x": 2, "y": 0}}, "focal_point.x"),
            ({"focal_point": 7}, "focal_point"),
            ({"rights": None}, "rights"),
        ],
    )
    def test_what_is_wrong_is_named(self, editor: Caller, body: Any, named: str) -> None:
        image = factories.make_image()
        answer = editor.ask("PATCH", f"images/{image.pk}/", body, status=400)
        assert set(answer) == {named}

    def test_a_picture_that_an_article_shows_is_not_deleted(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        archivist = Caller("Archivist")
        shown, unused = factories.make_image(), factories.make_image()
        make_public(lead_image=shown)
        answer = archivist.ask("DELETE", f"images/{shown.pk}/", status=409)
        assert "lead image" in answer["detail"]
        with django_capture_on_commit_callbacks(execute=True):
            archivist.ask("DELETE", f"images/{unused.pk}/?dry_run=true", status=204)
        assert default_storage.exists(str(unused.file))
        with django_capture_on_commit_callbacks(execute=True):
            archivist.ask("DELETE", f"images/{unused.pk}/", status=204)
        assert not default_storage.exists(str(unused.file))
        archivist.ask("DELETE", f"images/{unused.pk}/", status=404)


class TestRights:
    @pytest.mark.parametrize(
        ("role", "adds", "changes", "deletes"),
        [
            ("Reporter", True, False, False),
            ("Editor", True, True, False),
            ("Moderator", False, False, False),
            ("Archivist", True, True, True),
            ("Administrator", True, True, True),
        ],
    )
    def test_a_role_may_what_it_may_at_the_desk(
        self, role: str, adds: bool, changes: bool, deletes: bool
    ) -> None:
        caller = Caller(role)
        image = factories.make_image()
        address = f"images/{image.pk}/"
        upload(caller, photograph(50, 40), status=201 if adds else 403, alt_text="A")
        words = {"alt_text": "Other"}
        caller.ask("PATCH", address, words, status=200 if changes else 403)
        caller.ask("PUT", address, words, status=200 if changes else 403)
        caller.ask("DELETE", address, status=204 if deletes else 403)
        for method, may in (("PATCH", changes), ("DELETE", deletes)):
            caller.ask(method, "images/999/", words, status=404 if may else 403)

    def test_whoever_brought_a_picture_in_describes_it_for_a_day(self) -> None:
        reporter = Caller("Reporter")
        answer = upload(reporter, CREDITED, alt_text="Water.")
        reporter.ask("PATCH", f"images/{answer['id']}/", {"alt_text": "A flood."})
        Caller("Reporter").ask("PATCH", f"images/{answer['id']}/", {"alt_text": "X"}, status=403)

    def test_what_no_public_article_shows_is_for_keys_that_read_drafts(
        self, client: Client
    ) -> None:
        hidden, shown = factories.make_image(), factories.make_image()
        make_public(lead_image=shown)
        reader, writer = Caller("Reporter"), Caller("Reporter", Scope.WRITE)
        moderator = Caller("Moderator")  # who sees no images at the desk
        assert [one["id"] for one in reader.ask("GET", "images/")["results"]] == [
            shown.pk,
            hidden.pk,
        ]
        reader.ask("GET", f"images/{hidden.pk}/")
        for other in (writer, moderator):
            assert [one["id"] for one in other.ask("GET", "images/")["results"]] == [shown.pk]
            other.ask("GET", f"images/{hidden.pk}/", status=404)
        assert client.get(f"/api/v1/images/{hidden.pk}/").status_code == 404

    def test_without_a_key_or_its_scope_nothing_is_taken_in(self, client: Client) -> None:
        file = SimpleUploadedFile("a.jpg", CREDITED)
        assert client.post("/api/v1/images/", {"file": file}).status_code == 401
        upload(Caller("Editor", Scope.READ_DRAFTS), CREDITED, status=403, alt_text="A")
        assert not Image.objects.exists()
