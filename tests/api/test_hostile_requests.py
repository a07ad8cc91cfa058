"""Whatever is sent, and wherever to: it is refused with a reason in JSON, and breaks nothing."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.api import keys, urls
from articles.api.bodies import LARGEST_JSON, LARGEST_JSON_WITH_KEY, LONGEST_QUERY
from articles.api.json_text import DEEPEST
from articles.models import Scope
from tests import factories
from tests.api.conftest import Archive

pytestmark = pytest.mark.django_db

ROUTES = [re.sub(r"<\w+:(\w+)>", r"{\1}", str(route.pattern)) for route in urls.urlpatterns]
ROUTES = [route for route in ROUTES if not route.startswith(("^", "docs"))] + ["nowhere/"]
SLUGS = {
    "people": "sarfraz-bugti",
    "organisations": "pakistan-television",
    "tags": "security",
    "sections": "national",
    "authors": "sample-desk",
}


@pytest.fixture
def superuser_key(db: None) -> str:
    user = User.objects.create_superuser("root")
    return keys.make("all", user=user, scopes=list(Scope))[1]


@pytest.fixture(params=["anybody", "a key that may do everything"])
def headers(request: pytest.FixtureRequest, superuser_key: str) -> dict[str, str]:
    return {} if request.param == "anybody" else {"Authorization": f"Bearer {superuser_key}"}


@pytest.fixture
def addresses(archive: Archive) -> list[str]:
    """One of each route, of something that is there where there are such things."""
    comment = factories.make_comment(archive.article)
    numbers = {"comments": comment.pk, "images": archive.article.lead_image_id}

    def fill(route: str) -> str:
        kind = route.partition("/")[0]
        key = numbers.get(kind) or SLUGS.get(kind, "quetta")
        path = route.replace("{article}", str(archive.article.pk)).replace("{key}", str(key))
        return "/api/v1/" + re.sub(r"{\w+}", "1", path)

    return [fill(route) for route in ROUTES]


BODIES: dict[str, bytes] = {
    "cut short": b'{"headline": "A',
    "deep": b"[" * 10_000,
    "deep and whole": b'{"a":' * (DEEPEST + 1) + b"1" + b"}" * (DEEPEST + 1),
    "a name twice": b'{"headline": "A", "headline": "B"}',
    "a name twice, deep down": b'{"a": [{"b": 1, "b": 2}]}',
    "a number of 5,000 digits": b'{"id": ' + b"9" * 5000 + b"}",
    "beyond exact integers": b'{"id": 9007199254740993}',
    "beyond exact integers, in a field without a name": b'{"": 9007199254740993}',
    "beyond exact integers, in a field of that name": b'{"detail": 9007199254740993}',
    "infinite": b'{"latitude": 1e400}',
    "not a number": b'{"latitude": NaN}',
    "NUL in a text": b'{"headline": "A\\u0000B", "name": "A\\u0000B"}',
    "NUL in a name": b'{"head\\u0000line": "A"}',
    "half a character": b'{"headline": "\\ud800", "name": "\\udc00"}',
    "no UTF-8": b'{"headline": "\xff\xfe"}',
    "a list": b"[1, 2]",
    "a text": b'"headline"',
    "a number": b"7",
    "null": b"null",
    "nothing": b"",
    "of wrong types": (
        b'{"headline": 7, "body": ["x"], "name": {"a": 1}, "tags": {"a": [[]]}, "names": "x",'
        b' "places": "x", "latitude": "x", "comment": [], "author": {}, "decision": [[]]}'
    ),
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_a_body_that_makes_no_sense_is_refused_everywhere(
    client: Client, addresses: list[str], headers: dict[str, str], body: bytes
) -> None:
    for address in addresses:
        for method in ("POST", "PUT", "PATCH"):
            response = client.generic(
                method, address, body, content_type="application/json", headers=headers
            )
            if response.status_code in (200, 201, 204) and body in (b"", b"{}", b"null"):
                continue  # some verbs need no more than their address
            assert_refused(response, f"{method} {address}")


@pytest.mark.parametrize(
    ("content_type", "content_encoding", "status"),
    [
        ("text/plain", "", 415),
        ("application/x-www-form-urlencoded", "", 415),
        ("nonsense", "", 415),
        ("application/json; charset=utf-16", "", 415),
        ("application/json; charset=none-such", "", 415),
        ("application/json", "gzip", 415),
        ("application/json", "br, br", 415),
    ],
)
def test_a_body_in_another_form_is_refused(
    client: Client,
    archive: Archive,
    headers: dict[str, str],
    content_type: str,
    content_encoding: str,
    status: int,
) -> None:
    coding = {"Content-Encoding": content_encoding} if content_encoding else {}
    response = client.generic(
        "POST",
        f"/api/v1/articles/{archive.article.pk}/comments/",
        b'{"author": "A"}',
        content_type=content_type,
        headers=headers | coding,
    )
    assert_refused(response, content_type)
    assert response.status_code == status
    if "charset=" in content_type:
        assert content_type.partition("charset=")[2] in response.json()["detail"]


def test_a_form_where_json_is_wanted_is_refused(client: Client, archive: Archive) -> None:
    address = f"/api/v1/articles/{archive.article.pk}/comments/"
    assert client.post(address, {"author": "A", "comment": "B"}).status_code == 415


class Unread:
    """A body that fails the test when somebody reads it."""

    def read(self, *args: Any) -> bytes:
        raise AssertionError("it was read")

    readline = read


def send_unread(client: Client, address: str, length: str, **extra: Any) -> Any:
    return client.request(
        REQUEST_METHOD="POST",
        PATH_INFO=address,
        CONTENT_TYPE="application/json",
        CONTENT_LENGTH=length,
        **{"wsgi.input": Unread(), **extra},
    )


def test_a_large_body_is_refused_unread(
    client: Client, addresses: list[str], superuser_key: str
) -> None:
    for address in addresses:
        if address.endswith("/docs/"):
            continue
        response = send_unread(client, address, str(10_000_000))
        assert_refused(response, address)
        if "nowhere" not in address and "schema" not in address:
            assert response.status_code == 413
    comments = next(address for address in addresses if address.endswith("/comments/"))
    assert send_unread(client, comments, str(LARGEST_JSON + 1)).status_code == 413
    with_key = {"HTTP_AUTHORIZATION": f"Bearer {superuser_key}"}
    too_much = str(LARGEST_JSON_WITH_KEY + 1)
    assert send_unread(client, comments, too_much, **with_key).status_code == 413


def test_a_body_that_does_not_say_how_long_it_is_is_refused_unread(
    client: Client, archive: Archive
) -> None:
    address = f"/api/v1/articles/{archive.article.pk}/comments/"
    response = send_unread(client, address, "", HTTP_TRANSFER_ENCODING="chunked")
    assert response.status_code == 411
    assert_refused(response, address)


def test_a_body_longer_than_it_says_is_read_as_far_as_it_says(
    client: Client, archive: Archive
) -> None:
    response = client.generic(
        "POST",
        f"/api/v1/articles/{archive.article.pk}/comments/",
        b'{"author": "A", "comment": "B"}',
        content_type="application/json",
        CONTENT_LENGTH="9",
    )
    assert response.status_code == 400


QUERIES = {
    "10,000 parameters": "&".join(f"p{number}=1" for number in range(10_000)),
    "1,500 short parameters": "a&" * 1_500,
    "100 kB": f"q={'x' * 100_000}",
    "a NUL": "fields=%00",
    "a NUL in a name": "q%00=1",
    "no UTF-8": "%ff=%fe",
    "half a character": "%ED%A0%80=1",
    "an unknown name": "none=1",
    "a cursor that is none": "cursor=x",
    "a cursor of something else": "cursor=W2ZhbHNlLDFd.aaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "a cursor of nothing": "cursor=",
}


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_an_absurd_query_is_refused_everywhere(
    client: Client, addresses: list[str], headers: dict[str, str], query: str
) -> None:
    for address in addresses:
        if address.endswith(("/docs/", "/schema/")):
            continue
        response = client.get(address, QUERY_STRING=query, headers=headers)
        if query == "fields=%00" or response.status_code != 405:
            assert_refused(response, f"{address}?{query[:50]}")


def test_a_query_longer_than_servers_take_is_a_414(client: Client, archive: Archive) -> None:
    query = f"q={'x' * LONGEST_QUERY}"
    assert client.get("/api/v1/articles/", QUERY_STRING=query).status_code == 414


@pytest.mark.parametrize("accept", ["text/html", "image/png", ";;;,", "a/b/c", "application/xml"])
def test_a_form_that_there_is_not_is_refused(
    client: Client, addresses: list[str], accept: str
) -> None:
    for address in addresses:
        if address.endswith(("/docs/", "/schema/")):
            continue
        response = client.get(address, headers={"Accept": accept})
        assert_refused(response, f"{address} as {accept}")


@pytest.mark.parametrize("method", ["BREW", "TRACE", "PROPFIND", "get", "A" * 1000])
def test_an_unknown_method_is_refused(
    client: Client, addresses: list[str], headers: dict[str, str], method: str
) -> None:
    for address in addresses:
        response = client.generic(method, address, headers=headers)
        assert response.status_code in (404, 405) or method == "get", address


def test_another_host_is_refused_in_json(client: Client, archive: Archive) -> None:
    for host in ("evil.example", "a b", "["):
        response = client.get("/api/v1/articles/", headers={"Host": host})
        assert_refused(response, host)


@pytest.mark.parametrize(
    "authorization",
    ["Bearer", "Bearer ", "Bearer \u00ff", "Bearer nr_x", f"Bearer {'x' * 10_000}", "bearer a b c"],
)
def test_a_key_that_is_none_is_refused(
    client: Client, addresses: list[str], authorization: str
) -> None:
    for address in addresses:
        if address.endswith(("/docs/", "/schema/")):
            continue
        response = client.get(address, HTTP_AUTHORIZATION=authorization)
        assert response.status_code == 401, address
        assert response["WWW-Authenticate"].startswith("Bearer")
        assert_refused(response, address)


def test_other_ways_to_sign_in_are_not_looked_at(client: Client, archive: Archive) -> None:
    response = client.get("/api/v1/articles/", headers={"Authorization": "Basic cm9vdDpyb290"})
    assert response.status_code == 200


def assert_refused(response: Any, what: str) -> None:
    """It is an answer 4xx in JSON that says why."""
    assert 400 <= response.status_code < 500, f"{what}: {response.status_code}"
    assert response["Content-Type"] == "application/json", what
    said = response.json()
    assert isinstance(said, dict), what
    assert isinstance(said.get("detail", ""), str), f"{what}: {said}"
    assert all(reasons(said)), f"{what}: {said}"
    assert reasons(said), what


def reasons(said: Any) -> list[str]:
    if isinstance(said, str):
        return [said]
    inner: Iterator[Any] = iter(said.values() if isinstance(said, dict) else said)
    return [reason for part in inner for reason in reasons(part)]
