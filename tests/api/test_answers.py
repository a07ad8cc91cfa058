"""What holds for every answer: addresses, headers, errors, the description."""

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import Settings

from tests import factories
from tests.api.conftest import Archive, Get

pytestmark = pytest.mark.django_db

LISTS = [
    "articles",
    "comments",
    "places",
    "people",
    "organisations",
    "tags",
    "sections",
    "authors",
    "images",
]


def test_the_root_leads_everywhere(get: Get, archive: Archive) -> None:
    root = get()
    assert list(root) == [*LISTS, "changes", "months", "schema", "docs"]
    for name in LISTS:
        assert get(root[name])["results"] or name == "comments"


def test_an_answer_that_is_known_already_is_not_sent_again(
    client: Client, archive: Archive
) -> None:
    for path in ("articles/", f"articles/{archive.article.pk}/", "places/quetta/", ""):
        first = client.get(f"/api/v1/{path}")
        again = client.get(f"/api/v1/{path}", headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
        assert first["Cache-Control"] == "no-cache"


def test_a_change_has_another_etag(client: Client, archive: Archive) -> None:
    before = client.get("/api/v1/articles/")["ETag"]
    archive.tag.name = "Security"
    archive.tag.save()
    assert client.get("/api/v1/articles/")["ETag"] != before


def test_a_single_object_says_when_it_changed(client: Client, archive: Archive) -> None:
    for path in (f"articles/{archive.article.pk}/", "places/quetta/", "people/sarfraz-bugti/"):
        assert client.get(f"/api/v1/{path}")["Last-Modified"].endswith("GMT")
    assert "Last-Modified" not in client.get("/api/v1/articles/")


def test_other_sites_may_read(client: Client, archive: Archive) -> None:
    response = client.get("/api/v1/articles/", headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_what_can_only_be_read_says_so(client: Client, archive: Archive, method: str) -> None:
    for path in (f"articles/{archive.article.pk}/revisions/", "comments/", ""):
        response = client.generic(method, f"/api/v1/{path}")
        assert response.status_code == 405
        assert response.json()["detail"]


def test_a_site_in_service_has_one_address(
    client: Client, archive: Archive, settings: Settings
) -> None:
    settings.NAMED_HOSTS = ["archive.example.org"]
    settings.SITE_URL = "https://archive.example.org"
    answer = client.get("/api/v1/articles/?page_size=1&fields=url,html_url").json()
    article = answer["results"][0]
    assert article["url"].startswith("https://archive.example.org/api/v1/articles/")
    assert article["html_url"].startswith("https://archive.example.org/2026/")


@pytest.mark.parametrize(
    "path", ["nothing/", "articles/x/", f"articles/{'9' * 50}/", "places/a/b/"]
)
def test_an_address_with_nothing_at_it_answers_in_json(get: Get, path: str) -> None:
    assert "/api/v1/" in get(path, status=404)["detail"]


def test_an_address_without_its_slash_leads_to_the_one_with_it(client: Client) -> None:
    response = client.get("/api/v1/articles?tag=a")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/articles/?tag=a")


@pytest.mark.parametrize("path", ["places/%00/", "places/a%00b/", "tags/%F0%9F%92%A9/"])
def test_strange_keys_are_not_found(get: Get, path: str) -> None:
    get(path, status=404)


@pytest.mark.parametrize("charset", ["base64", "utf-16", "none-such"])
def test_a_charset_says_nothing_of_the_address(client: Client, charset: str) -> None:
    response = client.generic(
        "GET",
        "/api/v1/articles/",
        content_type=f"application/json; charset={charset}",
        QUERY_STRING="q=%DA%AF%DB%8C%D8%B3",
    )
    assert response.status_code == 200
    assert response.json()["count"] == 0


@pytest.fixture(scope="module")
def schema(django_db_setup: None, django_db_blocker: Any) -> Any:
    with django_db_blocker.unblock():
        return Client().get("/api/v1/schema/").json()


def test_answers_are_as_the_schema_says(client: Client, schema: Any, archive: Archive) -> None:
    """Also that they hold nothing that it does not mention, and come with the headers it names."""
    comment = factories.make_comment(archive.article)
    factories.make_comment(archive.article, parent=comment)
    keys = {
        "places": "quetta",
        "people": "sarfraz-bugti",
        "organisations": "pakistan-television",
        "tags": "security",
        "sections": "national",
        "authors": "sample-desk",
        "images": archive.article.lead_image_id,
        "comments": comment.pk,
    }
    for path, operations in schema["paths"].items():
        if "get" not in operations:
            continue
        address = path.replace("{article}", str(archive.article.pk)).replace("{month}", "2026-02")
        address = address.replace("{key}", str(keys.get(address.split("/")[3])))
        answer = client.get(address)
        described = operations["get"]["responses"]["200"]
        come = answer.headers.keys() - SENT_WITH_EVERYTHING
        assert described["headers"].keys() - WHERE_IT_APPLIES <= come, path
        assert come <= described["headers"].keys(), path
        if in_json := described["content"].get("application/json"):
            closed = {**in_json["schema"], "components": close(schema["components"])}
            Draft202012Validator(
                closed, format_checker=Draft202012Validator.FORMAT_CHECKER
            ).validate(answer.json())


SENT_WITH_EVERYTHING = {
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Allow",
    "Content-Length",
    "Content-Security-Policy",
    "Content-Type",
    "Cross-Origin-Opener-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "X-Request-ID",
}
WHERE_IT_APPLIES = {"Link", "Unencoded-Digest"}


def close(schema: Any) -> Any:
    """The schema with no object in it that may have more than is described."""
    if isinstance(schema, list):
        return [close(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: close(value) for key, value in schema.items()}
    if closed.get("type") == "object" and "allOf" not in closed:
        closed.setdefault("additionalProperties", False)
    return closed
