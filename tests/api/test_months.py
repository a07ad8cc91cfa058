"""A month of the archive is a file of lines, with a checksum."""

import base64
import hashlib
import json
import tracemalloc
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles import changes, editing, listings
from articles.api import months
from articles.models import Article, Status
from tests.api.conftest import Archive, Get, make_public

pytestmark = pytest.mark.django_db

FEBRUARY = "/api/v1/months/2026-02/"


def make_many(number: int, **fields: Any) -> None:
    """Articles of February, in the list of the archive."""
    moment = datetime(2026, 2, 10, 12, tzinfo=UTC)
    articles = Article.objects.bulk_create(
        Article(
            headline="Rain",
            slug=f"rain-{uuid4()}",
            path=f"/2026/02/10/rain-{uuid4()}/",
            status=Status.PUBLISHED,
            published_at=moment,
            **fields,
        )
        for _ in range(number)
    )
    listings.refresh([article.pk for article in articles])


def memory_of_sending() -> tuple[int, int]:
    """The most bytes that were held at a time while February was made and read, and how many bytes
    it is."""
    tracemalloc.start()
    try:
        response: Any = Client().get(FEBRUARY)
        size = sum(len(part) for part in response.streaming_content)
        return tracemalloc.get_traced_memory()[1], size
    finally:
        tracemalloc.stop()


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_a_month_is_its_articles_oldest_first(client: Client, get: Get, archive: Archive) -> None:
    earlier = make_public("Earlier", published=datetime(2026, 2, 1, 1, tzinfo=UTC))
    make_public("Of March", published=datetime(2026, 3, 1, 12, tzinfo=UTC))
    make_public("Hidden", deindexed_at=datetime(2026, 2, 3, tzinfo=UTC))
    response = client.get(FEBRUARY)
    lines = [json.loads(line) for line in body(response).splitlines()]
    assert [line["id"] for line in lines] == [earlier.pk, archive.article.pk]
    detail = get(f"articles/{archive.article.pk}/")
    detail.pop("comments")
    assert lines[1] == detail


def test_its_headers_say_what_it_is(client: Client, archive: Archive) -> None:
    response = client.get(FEBRUARY)
    content = body(response)
    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    assert response["Content-Length"] == str(len(content))
    assert response["Content-Disposition"] == 'attachment; filename="2026-02.jsonl"'
    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert response["Repr-Digest"] == f"sha-256=:{digest}:"
    head = client.head(FEBRUARY)
    assert head["Repr-Digest"] == response["Repr-Digest"]
    assert client.get(FEBRUARY, headers={"Accept": "application/json"}).status_code == 200


def test_what_has_not_changed_is_not_rendered(
    client: Client, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    etag = client.get(FEBRUARY)["ETag"]

    def refuse(*args: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(months, "render", refuse)
        again = client.get(FEBRUARY, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again["ETag"] == etag
    changes.note([archive.article.pk])
    assert client.get(FEBRUARY, headers={"If-None-Match": etag}).status_code == 200


def test_every_change_of_an_article_is_another_tag(client: Client) -> None:
    editor = User.objects.create_superuser("editor")
    article = Article(headline="Rain", body="<p>It rained.</p>")
    editing.save(article, by=editor)
    tags = [client.get(FEBRUARY)["ETag"]]
    editing.publish(article, by=editor, at=datetime(2026, 2, 1, tzinfo=UTC))
    tags.append(client.get(FEBRUARY)["ETag"])
    editing.correct(article, text="A lot.", wrong="A little.", by=editor)
    tags.append(client.get(FEBRUARY)["ETag"])
    editing.withdraw(article, notice="No.", by=editor)
    tags.append(client.get(FEBRUARY)["ETag"])
    assert tags[3] == tags[0]
    assert len(set(tags)) == 3


def test_a_month_without_articles_is_empty(client: Client) -> None:
    response = client.get("/api/v1/months/1900-01/")
    assert (response.status_code, body(response)) == (200, b"")


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "0900-01", "2026", "٢٠٢٦-02", "a\0b"])
def test_what_is_no_month_is_not_there(client: Client, month: str) -> None:
    response = client.get(f"/api/v1/months/{month}/")
    assert response.status_code == 404


def test_only_the_keys_that_are_asked_for(client: Client, archive: Archive) -> None:
    assert body(client.get(f"{FEBRUARY}?fields=slug")).count(b":") == 1
    assert client.get(f"{FEBRUARY}?fields=comments").status_code == 400


def test_the_list_of_months(get: Get, archive: Archive) -> None:
    make_public("March", published=datetime(2026, 3, 1, 12, tzinfo=UTC))
    make_public("March again", published=datetime(2026, 3, 2, 12, tzinfo=UTC))
    first = get("months/?page_size=1")
    assert [(line["month"], line["count"]) for line in first["results"]] == [("2026-03", 2)]
    assert first["count"] == 2
    second = get(first["next"])
    assert [line["month"] for line in second["results"]] == ["2026-02"]
    assert second["next"] is None
    assert get(second["previous"])["results"] == first["results"]
    assert second["results"][0]["url"].endswith(FEBRUARY)


def test_a_long_month_takes_no_more_memory_than_a_short_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(months, "BATCH", 10)
    body_of_each = "<p>It rained.</p>" * 200
    make_many(30, body=body_of_each)
    memory_of_sending()  # what is made once and kept, such as a compiled query
    short, short_size = memory_of_sending()
    make_many(270, body=body_of_each)
    long, long_size = memory_of_sending()
    assert long_size > 9 * short_size
    assert long < 1.5 * short
    assert long < long_size / 4
