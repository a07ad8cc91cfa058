"""Printing a public note from the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from lxml import html

from articles import editing
from articles.models import Article, AuditEntry, Correction, Status
from tests.factories import make_article, make_staff

pytestmark = pytest.mark.django_db

NOTE = {
    "kind": "correction",
    "wrong": "It said Monday.",
    "text": "It was Tuesday.",
    "paragraph": "p2",
    "placement": "foot",
}


def address(article: Article) -> str:
    return reverse("admin:articles_article_correct", args=[article.pk])


@pytest.fixture
def article() -> Article:
    article = make_article(paragraphs=["The port opened on Monday.", "Ships came."])
    editing.record([article], actor="import")
    return article


def test_a_note_says_both_sides_and_points_at_a_paragraph(
    desk: Client, editor: User, article: Article
) -> None:
    answer = desk.post(address(article), NOTE, follow=True)

    assert "readers see it on the article" in answer.content.decode()
    note = Correction.objects.get()
    assert (note.wrong, note.text) == ("It said Monday.", "It was Tuesday.")
    assert (note.paragraph, note.placement, note.created_by) == ("p2", "foot", editor)
    assert AuditEntry.objects.latest("pk").action == "correct"


def test_the_paragraphs_of_the_article_are_offered_by_their_first_words(
    desk: Client, article: Article
) -> None:
    article.body = (
        f'<h2 id="p1">Ships</h2><p id="p2">{"word " * 60}</p>'
        '<blockquote id="p3"><p id="p4">Said he &amp; she.</p></blockquote>'
    )
    article.save()

    page: Any = html.fromstring(desk.get(address(article)).content.decode())

    offered = [
        (option.get("value"), option.text)
        for option in page.get_element_by_id("id_paragraph").iter("option")
    ]
    assert [value for value, _ in offered] == ["", "p1", "p2", "p4"]
    assert offered[1] == ("p1", "1. Ships")
    assert offered[2][1].endswith("…")
    assert offered[3] == ("p4", "3. Said he & she.")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"wrong": ""}, "A correction says what was wrong."),
        ({"text": ""}, "A note says what is right."),
        ({"paragraph": "p9"}, "Select a valid choice"),
        ({"kind": "withdrawal"}, "Select a valid choice"),
        ({"text": "x" * 4_001}, "at most 4000 characters"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    desk: Client, article: Article, fields: dict[str, str], message: str
) -> None:
    page = desk.post(address(article), NOTE | fields).content.decode()

    assert message in page
    assert "It was Tuesday." in page or "text" in fields
    assert not Correction.objects.exists()


def test_what_is_printed_is_shown_and_stays_as_it_was(desk: Client, article: Article) -> None:
    desk.post(address(article), NOTE)

    page = desk.get(address(article)).content.decode()
    own_page = desk.get(reverse("admin:articles_article_change", args=[article.pk]))

    assert "<del>It said Monday.</del>" in page
    assert "It was Tuesday." in page
    assert "Correction: It was Tuesday." in own_page.content.decode()
    assert b'name="corrections' not in own_page.content


@pytest.mark.parametrize(
    ("role", "status"),
    [("Editor", 302), ("Administrator", 302), ("Reporter", 403), ("Archivist", 403)],
)
def test_it_is_printed_by_those_who_may(
    client: Client, article: Article, role: str, status: int
) -> None:
    client.force_login(make_staff(role))

    assert client.post(address(article), NOTE).status_code == status
    assert Correction.objects.exists() is (status == 302)
    if role == "Reporter":
        own = reverse("admin:articles_article_change", args=[article.pk])
        assert b"Correct\xe2\x80\xa6" not in client.get(own, follow=True).content


@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN, Status.BIN])
def test_only_what_readers_see_can_be_corrected(
    desk: Client, article: Article, status: str
) -> None:
    article.status = status
    article.save()

    assert desk.post(address(article), NOTE).status_code == 404
