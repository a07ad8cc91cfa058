"""Public notes: what they must say, where readers and programs meet them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles import editing
from articles.models import Article, AuditEntry, Correction, CorrectionKind, Placement
from tests.factories import make_article, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    article = make_article(paragraphs=["The port opened on Monday.", "Ships came."])
    editing.record([article], actor="import")
    return article


def correct(article: Article, **fields: Any) -> Correction:
    given = {"wrong": "It said Monday.", "text": "It was Tuesday.", "by": None, **fields}
    return editing.correct(article, **given)


def test_a_correction_says_what_was_wrong_and_what_is_right_wherever_it_stands(
    article: Article, client: Client
) -> None:
    correct(article)

    for address in (article.get_absolute_url(), "/corrections/", f"{article.path}history/"):
        page = client.get(address).content.decode()
        assert "What was wrong" in page
        assert "<p>It said Monday.</p>" in page
        assert "<p>It was Tuesday.</p>" in page
    feed = client.get("/corrections/feed/").content.decode()
    assert "&lt;p&gt;It said Monday.&lt;/p&gt;" in feed
    assert "&lt;p&gt;It was Tuesday.&lt;/p&gt;" in feed
    (note,) = client.get(f"/api/v1/articles/{article.pk}/").json()["corrections"]
    assert (note["wrong"], note["text"]) == ("It said Monday.", "It was Tuesday.")
    assert note["placement"] == "top"


def test_a_note_of_another_kind_need_not_say_what_was_wrong(
    article: Article, client: Client
) -> None:
    correct(article, kind=CorrectionKind.UPDATE, wrong="", text="It has closed again.")

    page = client.get(article.get_absolute_url()).content.decode()
    assert "It has closed again." in page
    assert "What was wrong" not in page


def test_it_stands_above_or_below_the_text(article: Article, client: Client) -> None:
    correct(article, text="Above.", placement=Placement.TOP)
    correct(article, text="Below.", placement=Placement.FOOT)

    page = client.get(article.get_absolute_url()).content.decode()
    above, text, below = (page.index(f">{words}") for words in ("Above.", "The port", "Below."))
    assert above < text < below


def test_note_and_paragraph_lead_to_each_other(article: Article, client: Client) -> None:
    note = correct(article, paragraph="p2")

    page = client.get(article.get_absolute_url()).content.decode()
    mark = f'Ships came. <a class="note-mark ui" href="#correction-{note.pk}">Correction</a></p>'
    assert mark in page
    assert '<a href="#p2">the paragraph</a>' in page


def test_a_paragraph_that_is_gone_is_not_led_to(article: Article, client: Client) -> None:
    correct(article, paragraph="p2")
    article.body = "<p>The port opened on Tuesday.</p>"
    editing.save(article, by=None)

    page = client.get(article.get_absolute_url()).content.decode()
    assert "It was Tuesday." in page
    assert "the paragraph" not in page


def test_what_a_note_says_is_escaped(article: Article, client: Client) -> None:
    correct(article, wrong="<script>alert(1)</script>", text="<b>bold</b>", paragraph="p1")

    for address in (article.get_absolute_url(), "/corrections/", "/corrections/feed/"):
        page = client.get(address).content.decode()
        assert "<script>alert(1)" not in page
        assert "<b>bold</b>" not in page


def test_it_is_on_record_whose_it_is_and_the_text_stays_as_it_was(article: Article) -> None:
    editor = make_staff()

    note = correct(article, by=editor)

    assert note.created_by == editor
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.detail) == ("correct", "Correction: It was Tuesday.")
    assert article.revisions.count() == 1


def test_whoever_keeps_a_copy_learns_of_it(
    article: Article, client: Client, time_machine: TimeMachineFixture
) -> None:
    later = timezone.now() + timedelta(days=1)
    time_machine.move_to(later, tick=False)
    correct(article)

    since = {"updated_since": later.isoformat()}
    (changed,) = client.get("/api/v1/articles/", since).json()["results"]
    assert changed["id"] == article.pk


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"wrong": " "}, "what was wrong"),
        ({"text": " "}, "what is right"),
        ({"paragraph": "p9"}, "no paragraph p9"),
        ({"kind": CorrectionKind.WITHDRAWAL}, "Withdraw the article"),
        ({"kind": "rumour"}, "not a valid choice"),
        ({"placement": "beside"}, "not a valid choice"),
    ],
)
def test_what_a_note_lacks_is_said(article: Article, fields: dict[str, str], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        correct(article, **fields)
    assert not Correction.objects.exists()


def test_only_what_is_published_is_corrected_by_those_who_may(article: Article) -> None:
    with pytest.raises(ValidationError, match="Only what readers have seen"):
        correct(make_article(published=None))
    for role in ("Reporter", "Moderator", "Archivist"):
        with pytest.raises(PermissionDenied):
            correct(article, by=make_staff(role))
