"""Bringing a version back: what it restores, what it leaves alone, what it cannot find again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client

from articles import editing
from articles.models import (
    Article,
    AuditEntry,
    CommentPolicy,
    Image,
    Place,
    Revision,
    Section,
    Status,
    Tag,
)
from articles.text.body import blocks
from tests.factories import (
    make_article,
    make_author,
    make_image,
    make_place,
    make_section,
    make_staff,
    make_tag,
)

pytestmark = pytest.mark.django_db


def change(article: Article, **fields: object) -> None:
    for name, value in fields.items():
        setattr(article, name, value)
    editing.save(article, by=None)


def version(article: Article, number: int) -> Revision:
    return article.revisions.get(number=number)


@pytest.fixture
def article() -> Article:
    article = make_article(
        "First headline",
        paragraphs=["At least 129 people died.", "It had rained for days."],
        summary="A first summary.",
        section=make_section("Security"),
        dateline_place=make_place("Quetta"),
        dateline_text="QUETTA, Feb 1",
        lead_image=make_image(),
        authors=[make_author("Amina"), make_author("Bilal")],
        tags=[make_tag("floods")],
    )
    editing.record([article], actor="importer")
    return article


def rewrite(article: Article) -> None:
    article.bylines.all().delete()
    article.tags.set(["rain"])
    change(
        article,
        headline="Second headline",
        body='<p id="p1">At least 131 people died.</p>',
        summary="Another.",
        section=None,
        dateline_place=None,
        dateline_text="",
        lead_image=None,
        language="ur",
        comment_policy=CommentPolicy.CLOSED,
    )


def test_everything_that_was_written_comes_back_as_a_new_version(article: Article) -> None:
    rewrite(article)
    before = version(article, 1).snapshot

    assert editing.revert(article, version(article, 1), by=make_staff(username="ann")) == []

    last = version(article, 3)
    assert last.snapshot == before
    assert (last.reason, last.actor) == ("Restored revision 1", "ann")
    assert Article.objects.get().revision == 3
    assert AuditEntry.objects.get().action == "revert"


def test_status_times_and_address_stay_as_they_are(article: Article, client: Client) -> None:
    path, published_at = article.path, article.published_at
    change(article, headline="Second headline")
    editing.withdraw(article, by=None, notice="It was wrong.")

    editing.revert(article, version(article, 1), by=None)

    article.refresh_from_db()
    assert (article.headline, article.status) == ("First headline", Status.WITHDRAWN)
    assert (article.path, article.published_at) == (path, published_at)
    assert client.get(article.get_absolute_url()).status_code == 410


def test_names_that_the_restored_text_holds_are_linked_again() -> None:
    place = make_place("Gwadar", population=90_000)
    article = make_article(paragraphs=["A ship reached Gwadar."])
    editing.save(article, by=None)
    change(article, body="<p>A ship came.</p>")
    assert not article.mentions.exists()

    editing.revert(article, version(article, 1), by=None)

    assert article.mentions.get().place == place


def test_paragraphs_get_back_the_ids_by_which_notes_know_them(article: Article) -> None:
    change(article, body="<p>A new beginning.</p>")

    editing.revert(article, version(article, 1), by=None)

    assert [block.id for block in blocks(article.body)] == ["p1", "p2"]


def test_what_was_renamed_meanwhile_comes_back_under_its_new_name(article: Article) -> None:
    rewrite(article)
    Section.objects.update(name="Conflict")
    Tag.objects.filter(name="floods").update(name="flooding")

    assert editing.revert(article, version(article, 1), by=None) == []

    article.refresh_from_db()
    assert str(article.section) == "Conflict"
    assert list(article.tags.names()) == ["flooding"]


def test_what_is_no_longer_there_is_told_and_the_present_is_kept(article: Article) -> None:
    first = version(article, 1)
    rewrite(article)
    change(article, section=make_section("Culture"))
    Section.objects.filter(name="Security").delete()
    Tag.objects.filter(name="floods").delete()
    Image.objects.all().delete()

    lost = [
        "The section “Security” is no longer there.",
        f"The picture “{first.snapshot['image']}” is no longer there.",
        "The topic “floods” is no longer there.",
    ]
    assert editing.irrecoverable(first) == lost
    assert editing.revert(article, first, by=None) == lost

    article.refresh_from_db()
    assert (str(article.section), article.headline) == ("Culture", "First headline")


def test_a_version_from_before_ids_were_kept_goes_by_names_that_are_clear(
    article: Article,
) -> None:
    first = version(article, 1)
    for kept_since in ("keys", "slug", "comment_policy", "dateline_date"):
        del first.snapshot[kept_since]
    rewrite(article)
    make_place("Quetta")

    assert editing.revert(article, first, by=None) == ["More than one place is called “Quetta”."]

    article.refresh_from_db()
    assert str(article.section) == "Security"
    assert [str(byline) for byline in article.bylines.all()] == ["Amina", "Bilal"]
    assert article.comment_policy == CommentPolicy.CLOSED
    assert Place.objects.filter(name="Quetta").count() == 2


def test_a_picture_in_the_text_that_is_gone_is_told(article: Article) -> None:
    digest = "ab" * 32
    change(
        article,
        body=f'<p>Look.</p><figure><img src="/media/images/{digest}.jpg" alt="A port"></figure>',
    )

    assert editing.irrecoverable(version(article, 2)) == [
        "A picture in the text is no longer in the archive."
    ]


def test_the_present_version_is_not_restored(article: Article) -> None:
    with pytest.raises(ValidationError, match="present one"):
        editing.revert(article, version(article, 1), by=None)


def test_readers_are_not_left_without_a_text() -> None:
    article = make_article(published=None, body="")
    editing.record([article])
    change(article, body="<p>Words at last.</p>")
    editing.publish(article, by=None)

    with pytest.raises(ValidationError, match="readers see the article"):
        editing.revert(article, version(article, 1), by=None)
    assert "Words at last" in Article.objects.get().body


def test_who_may_not_change_it_may_not_restore_either(article: Article) -> None:
    change(article, headline="Second headline")

    with pytest.raises(PermissionDenied):
        editing.revert(article, version(article, 1), by=make_staff("Reporter"))
    assert Article.objects.get().headline == "Second headline"


def test_a_reporter_restores_a_draft_of_their_own() -> None:
    reporter = make_staff("Reporter")
    article = Article(headline="Mine", slug="mine", body="<p>One.</p>")
    editing.save(article, by=reporter)
    change(article, headline="Mine again", slug="mine-again")

    editing.revert(article, version(article, 1), by=reporter)

    assert (article.headline, article.slug) == ("Mine", "mine")


def test_what_was_saved_a_moment_ago_is_in_the_record(article: Article) -> None:
    hers = Article.objects.get()
    change(article, headline="Second headline")

    editing.revert(hers, version(article, 1), by=None)

    headlines = article.revisions.order_by("number").values_list("snapshot__headline", flat=True)
    assert list(headlines) == ["First headline", "Second headline", "First headline"]
