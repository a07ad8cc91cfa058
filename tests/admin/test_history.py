"""The record of an article at the desk: listed, compared, read as it stood, brought back."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles import editing
from articles.models import Article, Revision, Tag
from tests.factories import make_article, make_section, make_staff, make_tag

pytestmark = pytest.mark.django_db


def address(article: Article, page: str, *more: int) -> str:
    return reverse(f"admin:articles_article_{page}", args=[article.pk, *more])


def change(article: Article, reason: str = "", *, minor: bool = False, **fields: Any) -> None:
    for name, value in fields.items():
        setattr(article, name, value)
    editing.save(article, by=None, reason=reason, minor=minor)


def shown(page: Any) -> list[tuple[bool, list[int]]]:
    """The stretches of versions of a page, with whether each is folded away."""
    return [
        (stretch.is_minor, [version.number for version in stretch.versions])
        for stretch in page.context["stretches"]
    ]


@pytest.fixture
def article() -> Article:
    article = make_article("First headline", paragraphs=["At least 129 people died."])
    editing.record([article], actor="import", reason="Imported")
    return article


class TestTheList:
    def test_it_says_who_changed_what_and_why(
        self, desk: Client, editor: User, article: Article
    ) -> None:
        article.headline = "Second headline"
        editing.save(article, by=editor, reason="A better one")

        page = desk.get(address(article, "history")).content.decode()

        for words in ("Imported", ", import</span>", "A better one", ", editor</span>"):
            assert words in page

    def test_trifles_that_follow_one_another_are_folded_together(
        self, desk: Client, article: Article
    ) -> None:
        for number, minor in enumerate([True, True, False, True]):
            change(article, headline=f"Headline {number}", minor=minor)

        page = desk.get(address(article, "history"))

        assert shown(page) == [(True, [5]), (False, [4]), (True, [3, 2]), (False, [1])]
        assert "2 trifles" in page.content.decode()
        assert "One trifle" in page.content.decode()

    def test_it_says_which_versions_readers_saw(self, desk: Client) -> None:
        article = make_article("Drafted", published=None)
        editing.record([article])
        editing.publish(article, by=None, at=timezone.now() + timedelta(days=1))
        change(article, headline="Changed before its hour")
        editing.publish(article, by=None, at=timezone.now())

        page = desk.get(address(article, "history"))

        assert page.context["seen"] == {4}
        assert page.content.decode().count("seen by readers") == 1

    def test_it_is_paged_at_the_same_cost_however_long_it_is(
        self, desk: Client, article: Article, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        last = article.revisions.get()
        Revision.objects.bulk_create(
            Revision(
                article=article,
                number=number,
                created_at=last.created_at,
                snapshot=last.snapshot,
            )
            for number in range(2, 131)
        )
        Article.objects.update(revision=130)

        with django_assert_max_num_queries(6):
            first = desk.get(address(article, "history"))
        assert shown(first) == [(False, list(range(130, 80, -1)))]
        assert (first.context["newer"], first.context["older"]) == (None, 80)

        with django_assert_max_num_queries(6):
            last_page = desk.get(address(article, "history"), {"up_to": "30"})
        assert shown(last_page) == [(False, list(range(30, 0, -1)))]
        assert (last_page.context["newer"], last_page.context["older"]) == (80, None)

    @pytest.mark.parametrize("up_to", ["0", "-1", "x", "", "9" * 30, "²"])
    def test_there_is_no_page_that_there_is_not(
        self, desk: Client, article: Article, up_to: str
    ) -> None:
        assert desk.get(address(article, "history"), {"up_to": up_to}).status_code == 404

    def test_what_was_never_recorded_has_none(self, desk: Client) -> None:
        page = desk.get(address(make_article(), "history")).content.decode()

        assert "Nothing has been saved yet." in page


class TestComparing:
    def test_any_two_are_compared_word_by_word_the_older_first(
        self, desk: Client, article: Article
    ) -> None:
        change(article, body='<p id="p1">At least 131 people died.</p>')
        change(article, headline="Third headline")

        page = desk.get(address(article, "compare"), {"from": "3", "to": "1"}).content.decode()

        assert "At least <del>129</del><ins>131</ins> people died." in page
        assert "<del>First</del><ins>Third</ins> headline" in page

    def test_the_desk_sees_what_readers_do_not(self, desk: Client) -> None:
        article = make_article("Drafted", published=None)
        editing.record([article])
        editing.submit(article, by=None)

        page = desk.get(address(article, "compare")).content.decode()

        assert "<del>draft</del><ins>in review</ins>" in page

    @pytest.mark.parametrize(
        ("given", "message"),
        [
            ({"from": "1"}, "numbered 1 to 2"),
            ({"from": "1", "to": "9"}, "numbered 1 to 2"),
            ({"from": "0", "to": "1"}, "numbered 1 to 2"),
            ({"from": "one", "to": "2"}, "numbered 1 to 2"),
            ({"from": "1", "to": "9" * 40}, "numbered 1 to 2"),
            ({"from": "2", "to": "2"}, "Choose two versions"),
        ],
    )
    def test_what_cannot_be_compared_is_said(
        self, desk: Client, article: Article, given: dict[str, str], message: str
    ) -> None:
        change(article, headline="Second headline")

        page = desk.get(address(article, "compare"), given)

        assert page.status_code == 200
        assert message in page.content.decode()

    def test_an_article_of_one_version_can_be_asked_for_too(
        self, desk: Client, article: Article
    ) -> None:
        for each in (article, make_article()):
            page = desk.get(address(each, "compare")).content.decode()
            assert "There are no two versions to compare." in page

    def test_a_version_that_is_missing_from_the_record_is_said(
        self, desk: Client, article: Article
    ) -> None:
        change(article, headline="Second headline")
        article.revisions.filter(number=1).delete()

        page = desk.get(address(article, "compare"), {"from": "1", "to": "2"}).content.decode()

        assert "One is missing." in page

    def test_the_text_of_a_version_is_escaped(self, desk: Client, article: Article) -> None:
        change(article, headline="<script>alert(1)</script>")

        page = desk.get(address(article, "compare"), {"from": "1", "to": "2"}).content.decode()

        assert "<script>alert(1)" not in page


class TestAsItStood:
    def test_a_version_is_shown_with_all_that_belonged_to_it(
        self, desk: Client, article: Article
    ) -> None:
        article.tags.add(make_tag("floods"))
        change(article, "Filed under floods", section=make_section("Security"))
        change(article, headline="Second headline", section=None)

        page = desk.get(address(article, "version", 2)).content.decode()

        for words in ("First headline", "At least 129 people", "Security", "floods", "Filed under"):
            assert words in page

    def test_it_is_cleaned_by_today_s_rules(self, desk: Client, article: Article) -> None:
        revision = article.revisions.get()
        revision.snapshot["body"] = '<p id="p1">Fine.</p><script>alert(1)</script>'
        revision.save()

        page = desk.get(address(article, "version", 1)).content.decode()

        assert "Fine." in page
        assert "alert(1)" not in page

    def test_there_is_none_that_was_never_made(self, desk: Client, article: Article) -> None:
        assert desk.get(address(article, "version", 2)).status_code == 404
        assert desk.get(address(article, "version", 10**25)).status_code == 404


class TestRestoring:
    def test_what_would_change_is_seen_before(self, desk: Client, article: Article) -> None:
        change(article, headline="Second headline")

        page = desk.get(address(article, "revert", 1)).content.decode()

        assert "<del>Second</del><ins>First</ins> headline" in page
        assert Article.objects.get().headline == "Second headline"

    def test_a_version_comes_back_as_a_new_one(
        self, desk: Client, editor: User, article: Article
    ) -> None:
        change(article, headline="Second headline")

        answer = desk.post(address(article, "revert", 1), {"present": "2"}, follow=True)

        assert "Version 1 is restored as version 3." in answer.content.decode()
        last = article.revisions.latest("number")
        assert (last.number, last.editor, last.reason) == (3, editor, "Restored revision 1")
        assert Article.objects.get().headline == "First headline"

    def test_what_is_no_longer_there_is_told_before_and_after(
        self, desk: Client, article: Article
    ) -> None:
        article.tags.add(make_tag("floods"))
        change(article)
        article.tags.clear()
        change(article)
        Tag.objects.all().delete()
        lost = "The topic “floods” is no longer there."

        assert lost in desk.get(address(article, "revert", 2)).content.decode()
        answer = desk.post(address(article, "revert", 2), {"present": "3"}, follow=True)
        assert lost in answer.content.decode()

    def test_who_looked_before_somebody_else_saved_looks_again(
        self, desk: Client, article: Article
    ) -> None:
        change(article, headline="Second headline")
        change(article, headline="Third headline")

        page = desk.post(address(article, "revert", 1), {"present": "2"}).content.decode()

        assert "Somebody has saved the article meanwhile" in page
        assert "<del>Third</del><ins>First</ins> headline" in page
        assert Article.objects.get().headline == "Third headline"

    def test_what_cannot_come_before_readers_is_refused_in_words(self, desk: Client) -> None:
        article = make_article(published=None, body="")
        editing.record([article])
        article.body = "<p>Words at last.</p>"
        editing.publish(article, by=None)

        page = desk.post(address(article, "revert", 1), {"present": "2"}).content.decode()

        assert "readers see the article" in page

    def test_the_present_version_cannot_be_restored(self, desk: Client, article: Article) -> None:
        assert desk.get(address(article, "revert", 1)).status_code == 404


@pytest.mark.parametrize(
    ("role", "reads", "restores"),
    [
        ("Editor", 200, 200),
        ("Archivist", 200, 403),
        ("Reporter", 200, 403),
        ("Moderator", 200, 403),
    ],
)
def test_who_may_read_an_article_may_read_its_record_and_who_may_edit_it_may_restore(
    client: Client, article: Article, role: str, reads: int, restores: int
) -> None:
    change(article, headline="Second headline")
    client.force_login(make_staff(role))

    for page in ("history", "compare"):
        assert client.get(address(article, page)).status_code == reads
    assert client.get(address(article, "version", 1)).status_code == reads
    assert client.get(address(article, "revert", 1)).status_code == restores
    answer = client.post(address(article, "revert", 1), {"present": "2"})
    assert answer.status_code == (302 if restores == 200 else 403)


def test_the_record_of_a_draft_is_for_those_who_may_read_it(client: Client) -> None:
    draft = make_article(published=None)
    editing.record([draft])
    client.force_login(make_staff("Moderator"))

    for page in ("history", "compare"):
        assert client.get(address(draft, page)).status_code == 403
    assert client.get(address(draft, "version", 1)).status_code == 403
