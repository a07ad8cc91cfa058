"""How answers travel: compressed as one likes, tagged, kept only by whom they are for."""

import gzip
import json
import logging

import brotli
import pytest
from django.test import Client

from articles.api import keys
from articles.api.compression import coding_for
from articles.models import Scope, Section
from newsroom.logs import KeyFilter
from tests import factories
from tests.api.conftest import Archive, make_public

pytestmark = pytest.mark.django_db

LIST = "/api/v1/articles/"


DECOMPRESS = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("", ""),
        ("gzip, deflate, br", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *", "gzip"),
        ("gzip;q=0.5, identity", ""),
        ("gzip;q=0", ""),
        ("GZIP", "gzip"),
        ("deflate, zstd", ""),
        ("gzip;q=2, ;;, br;q=x", ""),
    ],
)
def test_the_best_coding_that_is_accepted_is_taken(accepted: str, coding: str) -> None:
    assert coding_for(accepted) == coding


@pytest.mark.parametrize("path", [LIST, "/api/v1/places/?format=csv", "/api/v1/schema/"])
@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_an_answer_comes_compressed(
    client: Client, archive: Archive, path: str, coding: str
) -> None:
    for number in range(30):
        factories.make_place(f"Town {number}")
    whole = client.get(path)
    compressed = client.get(path, headers={"Accept-Encoding": coding})
    assert compressed["Content-Encoding"] == coding
    content, sent = whole.getvalue(), compressed.getvalue()
    assert len(sent) < len(content)
    assert DECOMPRESS[coding](sent) == content
    assert "Accept-Encoding" in compressed["Vary"]
    assert "Accept-Encoding" in whole["Vary"]


def test_a_small_answer_is_left_as_it_is(client: Client, archive: Archive) -> None:
    answer = client.get("/api/v1/sections/", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer
    assert json.loads(answer.content)["count"] == 1


def test_each_coding_has_a_tag_and_any_of_them_is_known(client: Client, archive: Archive) -> None:
    tags = [
        client.get(LIST, headers={"Accept-Encoding": coding})["ETag"]
        for coding in ("identity", "gzip", "br")
    ]
    assert tags[1:] == [f'{tags[0][:-1]}-gzip"', f'{tags[0][:-1]}-br"']
    for sent in (*tags, f"W/{tags[2]}", f'"other", {tags[1]}'):
        for coding, tag in zip(("identity", "gzip", "br"), tags, strict=True):
            headers = {"If-None-Match": sent, "Accept-Encoding": coding}
            answer = client.get(LIST, headers=headers)
            assert (answer.status_code, answer["ETag"]) == (304, tag)
            assert answer.content == b""


@pytest.mark.parametrize("condition", ["If-Modified-Since", "If-Unmodified-Since"])
def test_the_time_of_a_change_tells_nothing_of_what_an_answer_holds_of_others(
    client: Client, archive: Archive, condition: str
) -> None:
    address = f"{LIST}{archive.article.pk}/"
    before = client.get(address)
    Section.objects.filter(pk=archive.section.pk).update(name="The nation")
    after = client.get(address, headers={condition: before["Last-Modified"]})
    assert after["Last-Modified"] == before["Last-Modified"]
    assert after.status_code == 200
    assert after.json()["section"]["name"] == "The nation"
    tags = {"If-None-Match": after["ETag"], condition: before["Last-Modified"]}
    assert client.get(address, headers=tags).status_code == 304


def test_head_says_what_get_would(client: Client, archive: Archive) -> None:
    for path in (LIST, f"{LIST}{archive.article.pk}/", "/api/v1/places/quetta/"):
        for coding in ("identity", "br"):
            get = client.get(path, headers={"Accept-Encoding": coding})
            head = client.head(path, headers={"Accept-Encoding": coding})
            assert head.content == b""
            for name in ("ETag", "Content-Type", "Content-Length", "Vary", "Cache-Control"):
                assert head.headers.get(name) == get.headers.get(name), name


def test_what_a_key_is_answered_only_its_holder_keeps(client: Client, archive: Archive) -> None:
    _, text = keys.make("Partner", user=factories.make_staff("Editor", "ann"))
    assert client.get(LIST)["Cache-Control"] == "no-cache"
    answer = client.get(LIST, headers={"Authorization": f"Bearer {text}"})
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Authorization" in answer["Vary"]


def test_other_sites_read_the_headers_and_send_nothing_along(
    client: Client, archive: Archive
) -> None:
    elsewhere = {"Origin": "https://elsewhere.example"}
    answer = client.get(LIST, headers=elsewhere)
    exposed = answer["Access-Control-Expose-Headers"]
    for name in ("ETag", "RateLimit", "RateLimit-Policy", "Link", "Retry-After"):
        assert name in exposed
    assert "Access-Control-Allow-Credentials" not in answer
    asked = client.options(
        LIST,
        headers={
            **elsewhere,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization, if-none-match",
        },
    )
    assert "POST" not in asked["Access-Control-Allow-Methods"]
    assert "if-none-match" in asked["Access-Control-Allow-Headers"]


class TestWhoIsSignedIn:
    """A browser's session says nothing here, whatever it sends along."""

    @pytest.fixture
    def browser(self) -> Client:
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(factories.make_staff("Administrator", "adam"))
        browser.get("/admin/")
        return browser

    def test_nothing_more_is_read(self, browser: Client, archive: Archive) -> None:
        draft = make_public("Secret", status="draft")
        assert browser.get(f"{LIST}{draft.pk}/").status_code == 404
        assert "Secret" not in browser.get(LIST).content.decode()

    @pytest.mark.parametrize("with_token", [False, True])
    def test_nothing_is_written(self, browser: Client, archive: Archive, with_token: bool) -> None:
        token = browser.cookies["csrftoken"].value if "csrftoken" in browser.cookies else "x" * 32
        headers = {"X-CSRFToken": token} if with_token else {}
        for method, path in (
            ("POST", "articles/"),
            ("PATCH", f"articles/{archive.article.pk}/"),
            ("POST", "tags/"),
            ("DELETE", "tags/security/"),
        ):
            answer = browser.generic(
                method, f"/api/v1/{path}", b"{}", "application/json", headers=headers
            )
            assert answer.status_code == 401, path
            assert not answer.cookies


def test_a_key_in_the_address_is_none(client: Client, archive: Archive) -> None:
    _, text = keys.make("All", user=factories.make_staff("Editor", "ann"), scopes=list(Scope))
    for name in ("key", "api_key", "access_token", "token", "Authorization"):
        assert client.get(LIST, {name: text}).status_code == 400


def test_no_log_holds_a_key(client: Client, archive: Archive, caplog) -> None:
    _, text = keys.make("All", user=factories.make_staff("Editor", "ann"))
    secret = text.split("_", 2)[2]
    caplog.handler.addFilter(KeyFilter())
    client.get(f"/api/v1/{text}/", headers={"Authorization": f"Bearer {text}"})
    logging.getLogger("articles").warning("Authorization: Bearer %s", text)
    assert caplog.records
    assert secret not in caplog.text
