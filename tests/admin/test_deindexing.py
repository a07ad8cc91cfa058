"""Taking an article out of search from the desk, and letting it be found again."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Article, AuditEntry
from tests.factories import make_article, make_staff

pytestmark = pytest.mark.django_db

REASON = {"reason": "Acquitted on appeal; the court’s letter is on file."}


def address(article: Article, page: str) -> str:
    return reverse(f"admin:articles_article_{page}", args=[article.pk])


@pytest.fixture
def article() -> Article:
    article = make_article("A trial begins")
    editing.record([article], actor="import")
    return article


def test_it_is_taken_out_with_a_date_and_a_reason_for_the_audit_log(
    desk: Client, editor: User, article: Article
) -> None:
    answer = desk.post(address(article, "deindex"), REASON, follow=True)

    assert "is out of search engines and of our own search" in answer.content.decode()
    assert "out of search since" in answer.content.decode()
    assert Article.objects.get().deindexed_at is not None
    entry = AuditEntry.objects.latest("pk")
    assert (entry.user, entry.action, entry.detail) == (editor, "deindex", REASON["reason"])


def test_there_is_a_way_back_that_shows_what_was_decided(desk: Client, article: Article) -> None:
    desk.post(address(article, "deindex"), REASON)

    page = desk.get(address(article, "reindex")).content.decode()
    assert "the court’s letter is on file" in page
    answer = desk.post(address(article, "reindex"), {"reason": "A mistake"}, follow=True)

    assert "can be found again" in answer.content.decode()
    assert "out of search since" not in answer.content.decode()
    assert Article.objects.get().deindexed_at is None
    assert AuditEntry.objects.latest("pk").detail == "A mistake"


def test_a_reason_is_owed(desk: Client, article: Article) -> None:
    page = desk.post(address(article, "deindex"), {"reason": " "}).content.decode()

    assert "Whoever looks into it later is owed a reason." in page
    assert Article.objects.get().deindexed_at is None


def test_only_the_way_that_is_open_is_offered(desk: Client, article: Article) -> None:
    assert desk.get(address(article, "reindex")).status_code == 404
    assert "Take out of search…" in desk.get(address(article, "change")).content.decode()

    editing.deindex(article, by=None)

    assert desk.get(address(article, "deindex")).status_code == 404
    page = desk.get(address(article, "change")).content.decode()
    assert "Let be found again…" in page
    assert "Take out of search…" not in page


@pytest.mark.parametrize(
    ("role", "status"), [("Editor", 302), ("Reporter", 403), ("Archivist", 403), ("Moderator", 403)]
)
def test_it_is_done_by_those_who_may(
    client: Client, article: Article, role: str, status: int
) -> None:
    client.force_login(make_staff(role))

    assert client.post(address(article, "deindex"), REASON).status_code == status
    assert (Article.objects.get().deindexed_at is not None) is (status == 302)


def test_saving_the_article_leaves_it_out(desk: Client, article: Article) -> None:
    editing.deindex(article, by=None)
    opened = Article.objects.get()
    opened.headline = "A trial ends"
    editing.save(opened, by=None)

    assert Article.objects.get().deindexed_at is not None


def test_the_desk_finds_it_by_the_beginning_of_its_headline(desk: Client, article: Article) -> None:
    editing.deindex(article, by=None)

    page = desk.get("/admin/articles/article/", {"q": "a trial"})

    assert list(page.context["cl"].result_list) == [article]
