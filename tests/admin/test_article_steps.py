"""What can be done with an article besides saving it, each tried at its page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles import editing
from articles.models import Article, AuditEntry, DeskNote, PreviewLink, Status, WireDetails
from tests.factories import make_article, make_image, make_staff

pytestmark = pytest.mark.django_db

FilledIn = Callable[[str], dict[str, Any]]
LIST = "/admin/articles/article/"


def page(article: Article, name: str = "change", **parts: int) -> str:
    return reverse(f"admin:articles_article_{name}", args=[article.pk, *parts.values()])


def signed_in(role: str, username: str = "") -> Client:
    client = Client()
    client.force_login(make_staff(role, username))
    return client


@pytest.fixture
def rita() -> Client:
    return signed_in("Reporter", "rita")


@pytest.fixture
def ann() -> Client:
    return signed_in("Editor", "ann")


@pytest.fixture
def draft(rita: Client) -> Article:
    """Rita's, written at the desk."""
    add = reverse("admin:articles_article_add")
    data = {"headline": "Rain at last", "body": "<p>It rained.</p>", "language": "en"}
    answer = rita.post(add, form_of(rita, add) | data | {"_save": "Save draft"})
    assert answer.status_code == 302, answer.context["errors"]
    return Article.objects.get()


def form_of(client: Client, address: str) -> dict[str, Any]:
    form = client.get(address).context["adminform"].form
    management: dict[str, str] = {}
    for rows in client.get(address).context["inline_admin_formsets"]:
        prefix = rows.formset.prefix
        management |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    fixed = {"comment_policy": "open", "language": "en"}
    return management | fixed | {"based_on": str(form.instance.revision)}


def refreshed(article: Article) -> Article:
    return Article.objects.get(pk=article.pk)


class TestReview:
    def test_a_reporters_draft_is_theirs_and_goes_to_review(
        self, rita: Client, draft: Article
    ) -> None:
        assert draft.created_by is not None
        assert draft.created_by.username == "rita"
        offered = [verb.name for verb in rita.get(page(draft)).context["verbs"]]
        assert offered == ["_save", "_submit"]

        rita.post(
            page(draft),
            form_of(rita, page(draft))
            | {"headline": "Rain at last", "body": draft.body, "_submit": "Submit for review"},
        )

        assert refreshed(draft).status == Status.IN_REVIEW
        # What is in review is its author's to read, no more to change.
        assert rita.get(page(draft))["Location"] == page(draft, "read")

    def test_it_is_sent_back_with_what_is_to_be_done(
        self, rita: Client, ann: Client, draft: Article
    ) -> None:
        editing.submit(draft, by=draft.created_by)

        refused = ann.post(page(draft, "send_back"), {"reason": " "})
        assert b"Say what is to be done before it comes back." in refused.content
        ann.post(page(draft, "send_back"), {"reason": "Who measured the rain?"})

        draft = refreshed(draft)
        assert (draft.status, draft.assigned_to) == (Status.DRAFT, draft.created_by)
        history = rita.get(page(draft, "history")).content.decode()
        assert "Sent back: Who measured the rain?" in history
        assert rita.get(page(draft)).status_code == 200

    def test_nobody_publishes_without_the_right(self, rita: Client, draft: Article) -> None:
        data = form_of(rita, page(draft)) | {"headline": "Rain", "body": "<p>It rained.</p>"}

        assert rita.post(page(draft), data | {"_publish": "Publish"}).status_code == 403

        assert refreshed(draft).status == Status.DRAFT
        assert refreshed(draft).headline == "Rain at last"

    def test_a_reporter_finds_own_and_public_articles_only(
        self, rita: Client, draft: Article
    ) -> None:
        hidden = make_article("A secret plan", published=None)
        public = make_article("A known fact")
        for article in (hidden, public):
            editing.record([article])

        assert rita.get(page(hidden, "read")).status_code == 403
        assert rita.get(page(hidden)).status_code == 403
        assert rita.get(page(public, "read")).status_code == 200


class TestChecks:
    def test_what_stands_against_publishing_is_said_beside_its_field_and_nothing_is_lost(
        self, ann: Client, draft: Article
    ) -> None:
        image = make_image(alt_text="")
        data = form_of(ann, page(draft)) | {
            "headline": "Typed on",
            "body": '<p>See <a href="/x/"> </a>.</p>',
            "lead_image": str(image.pk),
            "_publish": "Publish",
        }

        answer = ann.post(page(draft), data)

        errors = answer.context["adminform"].form.errors
        assert "has no alternative text" in str(errors["lead_image"])
        assert "has no words to follow" in str(errors["body"])
        assert b"Typed on" in answer.content
        assert refreshed(draft).status == Status.DRAFT


class TestBin:
    def test_a_draft_goes_into_the_bin_and_comes_back_as_it_was(
        self, rita: Client, draft: Article
    ) -> None:
        rita.post(page(draft, "bin"))
        assert refreshed(draft).status == Status.BIN
        assert rita.get(page(draft))["Location"] == page(draft, "read")

        rita.post(page(draft, "restore"))

        assert (refreshed(draft).status, refreshed(draft).body) == (Status.DRAFT, draft.body)
        assert list(AuditEntry.objects.values_list("actor", "action"))[:2] == [
            ("rita", "restore"),
            ("rita", "bin"),
        ]

    def test_what_readers_have_seen_does_not(self, ann: Client) -> None:
        article = make_article()
        editing.record([article])

        assert ann.post(page(article, "bin")).status_code == 404
        assert refreshed(article).status == Status.PUBLISHED

    def test_looking_at_an_address_puts_nothing_there(self, rita: Client, draft: Article) -> None:
        assert rita.get(page(draft, "bin")).status_code == 405
        assert refreshed(draft).status == Status.DRAFT


class TestPreviewLinks:
    def link(self, client: Client, article: Article, **data: Any) -> str:
        client.post(page(article, "previews"), {"days": "3", "recipient": "The lawyer"} | data)
        shown = client.get(page(article, "previews")).context["links"]
        address: str = shown[0][1]
        return address.removeprefix("http://127.0.0.1:8000")

    def test_somebody_without_an_account_reads_the_draft_until_it_ends(
        self, rita: Client, draft: Article, client: Client, time_machine: TimeMachineFixture
    ) -> None:
        address = self.link(rita, draft)

        answer = client.get(address)
        assert answer.status_code == 200
        assert "Rain at last" in answer.content.decode()
        assert "Preview, not for publication" in answer.content.decode()
        assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == (
            "private, no-store",
            "noindex, nofollow",
        )
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies

        time_machine.move_to(timezone.now() + timedelta(days=3, seconds=1))
        assert client.get(address).status_code == 404

    def test_a_link_that_is_taken_back_leads_nowhere(
        self, rita: Client, draft: Article, client: Client
    ) -> None:
        address = self.link(rita, draft)
        rita.post(page(draft, "revoke", link=PreviewLink.objects.get().pk))

        assert client.get(address).status_code == 404

    def test_nobody_makes_one_up(self, rita: Client, draft: Article, client: Client) -> None:
        address = self.link(rita, draft)
        pk, _, signature = address.split("/")[2].partition(":")

        for guess in (f"{int(pk) + 1}:{signature}", pk, f"{pk}:", "x", "1:🙂", f"{pk}:{'a' * 43}"):
            assert client.get(f"/preview/{guess}/").status_code == 404

    def test_it_never_leads_to_what_is_in_the_bin(
        self, rita: Client, draft: Article, client: Client
    ) -> None:
        address = self.link(rita, draft)
        editing.put_in_bin(refreshed(draft), by=None)

        assert client.get(address).status_code == 404


class TestNotes:
    def test_a_note_is_left_for_colleagues_and_ticked_off(
        self, ann: Client, draft: Article, filled_in: FilledIn, desk: Client
    ) -> None:
        data = filled_in(page(draft)) | {
            "desk_notes-TOTAL_FORMS": "1",
            "desk_notes-0-text": "Is this the right gauge?",
            "desk_notes-0-quote": "It rained.",
            "_save": "Save",
        }
        desk.post(page(draft), data)
        note = DeskNote.objects.get()
        assert (note.text, note.quote, str(note.created_by)) == (
            "Is this the right gauge?",
            "It rained.",
            "editor",
        )

        data = filled_in(page(draft)) | {"desk_notes-0-is_done": "on", "_save": "Save"}
        data["desk_notes-0-text"] = "Somebody else's words"
        ann.post(page(draft), data)

        note.refresh_from_db()
        assert (note.text, str(note.resolved_by)) == ("Is this the right gauge?", "ann")
        assert b"right gauge" not in ann.get(page(draft)).content

    def test_what_agencies_tell_desks_is_kept_and_never_shown_to_readers(
        self, desk: Client, filled_in: FilledIn, client: Client
    ) -> None:
        article = make_article()
        editing.record([article])
        data = filled_in(page(article)) | {
            "wire_details-TOTAL_FORMS": "1",
            "wire_details-0-slugline": "Pakistan-Rain",
            "wire_details-0-urgency": "4",
            "_save": "Save",
        }
        desk.post(page(article), data)

        assert str(WireDetails.objects.get()) == "Pakistan-Rain"
        assert b"Pakistan-Rain" not in Client().get(article.get_absolute_url()).content


class TestUnsavedWork:
    def report(self, client: Client, article: Article | None, **typed: str) -> Any:
        name = "session" if article else "session_of_new"
        address = reverse(f"admin:articles_article_{name}", args=[article.pk] if article else [])
        return client.post(address, {"based_on": "1"} | typed)

    def test_is_kept_shown_beside_what_is_saved_and_gone_on_with(
        self, ann: Client, draft: Article
    ) -> None:
        self.report(ann, draft, headline="Rain at last, and hail", body="<p>It hailed.</p>")

        assert "You have unsaved work in here" in ann.get(page(draft)).content.decode()
        shown = ann.get(page(draft, "unsaved"))
        assert "<ins>, and hail</ins>" in shown.content.decode()
        resumed = ann.post(
            page(draft),
            dict(shown.context["typed"])
            | form_of(ann, page(draft))
            | {"based_on": "1", "_resume": "1"},
        )

        form = resumed.context["adminform"].form
        assert form["headline"].value() == "Rain at last, and hail"
        assert b"It is not saved yet." in resumed.content
        assert refreshed(draft).headline == "Rain at last"

    def test_is_forgotten_when_it_is_saved_or_discarded(self, ann: Client, draft: Article) -> None:
        self.report(ann, draft, headline="Rain")
        data = form_of(ann, page(draft)) | {"headline": "Rain", "body": draft.body}
        ann.post(page(draft), data | {"_save": "Save"})
        assert ann.get(page(draft, "unsaved")).status_code == 404

        self.report(ann, draft, headline="Hail")
        ann.post(page(draft, "unsaved"))
        assert ann.get(page(draft, "unsaved")).status_code == 404

    def test_of_an_article_that_was_never_saved_is_kept_too(self, rita: Client) -> None:
        self.report(rita, None, headline="Snow")

        add = rita.get(reverse("admin:articles_article_add"))
        assert b"You have unsaved work in here" in add.content
        assert b"Snow" in rita.get(reverse("admin:articles_article_unsaved_of_new")).content

    def test_is_its_editors_alone(self, ann: Client, rita: Client, draft: Article) -> None:
        self.report(ann, draft, headline="Rain")

        assert b"unsaved work" not in rita.get(page(draft)).content

    def test_who_else_has_it_open_is_told_and_what_was_saved_since(
        self, ann: Client, rita: Client, draft: Article
    ) -> None:
        self.report(ann, draft, unchanged="1")
        assert b"<b>ann</b> has this article open too" in rita.get(page(draft)).content

        draft.headline = "Rain"
        editing.save(draft, by=None)
        told = self.report(rita, draft, unchanged="1").json()

        assert [each["name"] for each in told["colleagues"]] == ["ann"]
        assert (told["saved"]["by"], told["saved"]["revision"]) == ("system", 2)

    def test_a_report_that_makes_no_sense_is_refused(self, ann: Client, draft: Article) -> None:
        answer = self.report(ann, draft, based_on="x")

        assert (answer.status_code, answer.json()) == (
            400,
            {"detail": "based_on is the number of a revision."},
        )

    def test_what_is_too_large_is_not_kept_and_the_browser_told_so(
        self, ann: Client, draft: Article
    ) -> None:
        assert self.report(ann, draft, body="x" * 2_000_001).status_code == 413
