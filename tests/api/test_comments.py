"""Readers' comments over the API: read by everybody, left on the form's terms."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client

from articles.models import Article, Comment, CommentPolicy, CommentState
from tests import factories
from tests.api.conftest import Get, make_public

pytestmark = pytest.mark.django_db

BODY = {"author": "Amina", "email": "amina@example.org", "comment": "I was there."}


@pytest.fixture
def article(db: None) -> Article:
    return make_public()


def post(client: Client, article: Article, body: Any = None, **options: Any) -> Any:
    return client.post(
        f"/api/v1/articles/{article.pk}/comments/",
        BODY if body is None else body,
        **{"content_type": "application/json", **options},
    )


def test_a_comment_shows_what_everybody_may_know(get: Get, article: Article) -> None:
    comment = factories.make_comment(
        article,
        text="Well said.",
        author_name="Amina",
        author_email="amina@example.org",
        author_website="https://amina.example.org/",
        address="192.0.2.7",
        user_agent="Browser 7",
        reason="by a moderator",
        created_at=datetime(2026, 2, 2, tzinfo=UTC),
    )
    answer = get(f"comments/{comment.pk}/")
    assert answer == {
        "id": comment.pk,
        "url": f"http://testserver/api/v1/comments/{comment.pk}/",
        "html_url": f"http://testserver{article.path}#comment-{comment.pk}",
        "article": article.pk,
        "article_url": f"http://testserver/api/v1/articles/{article.pk}/",
        "parent": None,
        "depth": 0,
        "author": {"name": "Amina", "website": "https://amina.example.org/"},
        "html": "<p>Well said.</p>",
        "revision": 0,
        "created_at": "2026-02-02T00:00:00+00:00",
        "edited_at": None,
        "badge": None,
        "featured": False,
    }


def test_only_approved_comments_are_given(get: Get, article: Article) -> None:
    for state in (CommentState.PENDING, CommentState.SPAM, CommentState.BIN):
        hidden = factories.make_comment(article, state=state)
        get(f"comments/{hidden.pk}/", status=404)
    answer = factories.make_comment(article, parent=hidden)
    for path in ("comments/", f"articles/{article.pk}/comments/"):
        found = get(path)
        assert [comment["id"] for comment in found["results"]] == [answer.pk]
        assert found["count"] == 1
        assert found["results"][0]["parent"] is None


def test_comments_of_an_article_come_thread_by_thread(get: Get, article: Article) -> None:
    first, second = factories.make_comment(article), factories.make_comment(article)
    answer = factories.make_comment(article, parent=first)
    factories.make_comment(make_public())
    page = get(f"articles/{article.pk}/comments/", {"page_size": 2})
    assert [comment["id"] for comment in page["results"]] == [first.pk, answer.pk]
    assert [comment["id"] for comment in get(page["next"])["results"]] == [second.pk]
    assert page["results"][1]["parent"] == first.pk


def test_comments_are_narrowed_by_article_and_time(get: Get, article: Article) -> None:
    old = factories.make_comment(article, created_at=datetime(2020, 1, 1, tzinfo=UTC))
    new = factories.make_comment(make_public(), created_at=datetime(2026, 1, 1, tzinfo=UTC))
    assert [c["id"] for c in get("comments/")["results"]] == [new.pk, old.pk]
    assert [c["id"] for c in get("comments/", {"article": article.pk})["results"]] == [old.pk]
    assert [c["id"] for c in get("comments/", {"since": "2021-01-01"})["results"]] == [new.pk]


def test_a_first_comment_is_held_and_its_author_sees_it(client: Client, article: Article) -> None:
    response = post(client, article)
    assert response.status_code == 202
    comment = Comment.objects.get()
    assert (comment.state, comment.text, comment.address) == (
        CommentState.PENDING,
        "I was there.",
        "127.0.0.1",
    )
    answer = response.json()
    assert answer["id"] == comment.pk
    assert answer["html_url"].endswith(f"#comment-{comment.pk}")
    page = client.get(answer["html_url"].removeprefix("http://testserver"))
    assert "I was there." in page.content.decode()


def test_a_comment_of_a_known_reader_is_published(client: Client, article: Article) -> None:
    earlier = factories.make_comment(
        article,
        author_name=BODY["author"],
        author_email=BODY["email"],
        created_at=datetime(2020, 1, 1, tzinfo=UTC),
    )
    response = post(client, article, {**BODY, "parent": earlier.pk, "url": "https://a.example/"})
    assert response.status_code == 201
    answer = response.json()
    assert response["Location"] == answer["url"]
    assert (answer["parent"], answer["author"]["website"]) == (earlier.pk, "https://a.example/")
    assert client.get(answer["url"]).json() == answer


def test_a_refused_comment_says_why(client: Client, article: Article) -> None:
    closed = make_public(comment_policy=CommentPolicy.CLOSED)
    assert post(client, closed).status_code == 403
    assert post(client, article, {**BODY, "parent": 999}).status_code == 403
    post(client, article)
    assert post(client, article).status_code == 409
    flood = post(client, article, {**BODY, "comment": "And again."})
    assert flood.status_code == 429
    assert 1 <= int(flood["Retry-After"]) <= 15
    assert list(flood.json()) == ["detail"]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, {"author", "email", "comment"}),
        ({**BODY, "email": "nobody"}, {"email"}),
        ({**BODY, "comment": "  "}, {"comment"}),
        ({**BODY, "comment": ["a", "b"]}, {"comment"}),
        ({**BODY, "comment": "nul \0"}, {"comment"}),
        ({**BODY, "url": "javascript:alert(1)"}, {"url"}),
        ({**BODY, "parent": "first"}, {"parent"}),
        ({**BODY, "parent": -1}, {"parent"}),
        ({**BODY, "parent": 10**30}, {"parent"}),
        ({**BODY, "state": "approved"}, {"state"}),
        ([], {"non_field_errors"}),
        (7, {"non_field_errors"}),
    ],
)
def test_a_faulty_comment_is_told_which_field(
    client: Client, article: Article, body: Any, named: set[str]
) -> None:
    response = post(client, article, body)
    assert response.status_code == 400, response.content
    assert set(response.json()) == named
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe{}", "application/json", 400),
        (b'{"author": "\\ud800"}', "application/json", 400),
        (b'{"author": NaN}', "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'"' + b"a" * 300_000 + b'"', "application/json", 413),
        (b"{}", "application/json; charset=utf-16", 415),
        (b"{}", "application/json; charset=base64", 415),
        (b"{}", "application/json; charset=none-such", 415),
        (b"author=A", "application/x-www-form-urlencoded", 415),
        (b"{}", "text/plain", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_with_a_reason(
    client: Client, article: Article, body: bytes, content_type: str, status: int
) -> None:
    response = client.generic(
        "POST", f"/api/v1/articles/{article.pk}/comments/", body, content_type=content_type
    )
    assert response.status_code == status, response.content
    assert response.json()["detail"]


def test_a_comment_on_what_is_not_public_is_not_taken(client: Client) -> None:
    draft = factories.make_article(published=None)
    assert post(client, draft).status_code == 404
