"""Addresses that nobody links to: each gets an answer, and none an error."""

import pytest

from tests.factories import make_article

NOT_FOUND = [
    "/a%00b/",
    "/%ff%fe/",
    "/places/?in=%00",
    "/places/?letter=%00",
    "/2026/02/01/a%00b/",
    "/2026/02/01/a%00b/comments/",
    "/2026/02/01/a%00b/history/",
    "/2026/02/30/",
    "/2026/02/30/feed/",
    "/2026/02/01/slug/history/99999999999999999999/",
    "/%0d%0aSet-Cookie:%20a=b/",
    "/corrections/?page=9999999",
    "/corrections/?page=%D9%A1",
    "/media/%00",
    f"/{'a' * 8000}/",
    "/api/v1/places/%00/",
    "/api/v1/articles/999999999999999999/",
]
REFUSED = [
    "/search/?place=%00",
    "/search/?from=%00",
    "/search/?page=9999999&q=word",
    "/media/..%2f..%2fsecret_key",
    "/media/images/%2e%2e/%2e%2e/secret_key",
    "/api/v1/articles/?path=%00",
    "/api/v1/articles/?path=http://[",
    "/api/v1/articles/?cursor=%00",
    "/api/v1/articles/?updated_since=9999-12-31T23:59:59-23:59",
]
HARMLESS = [
    "/?p=%00",
    "/search/?q=%00",
    "/search/?q=%ED%A0%80",
    f"/search/?q={'a' * 8000}",
    "//evil.example/",
]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status"),
    [
        *((address, 404) for address in NOT_FOUND),
        *((address, 400) for address in REFUSED),
        *((address, 200) for address in HARMLESS),
    ],
)
def test_an_odd_address_gets_an_answer(client, address, status):
    make_article(slug="slug")

    answer = client.get(address)

    assert answer.status_code == status
    assert "Location" not in answer
    assert not answer.cookies


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "OPTIONS", "ODD"])
@pytest.mark.parametrize("address", ["/", "/2026/02/01/slug/", "/search/", "/feed/", "/robots.txt"])
def test_pages_are_read_and_nothing_else(client, address, method):
    make_article(slug="slug")

    answer = client.generic(method, address)

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_a_head_is_a_page_without_its_content(client):
    article = make_article()

    page, head = client.get(article.path), client.head(article.path)

    assert (head.status_code, head.content) == (200, b"")
    assert head["Content-Type"] == page["Content-Type"]
