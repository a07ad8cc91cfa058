"""How often one may ask: for each network, for each key; told with every answer."""

from pathlib import Path

import pytest
from django.test import Client

from articles.api import keys
from newsroom import counters
from tests.api.conftest import Archive
from tests.factories import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(settings, tmp_path: Path, monkeypatch) -> None:
    settings.DATA_DIR = tmp_path
    settings.API_REQUESTS_A_MINUTE = {
        "network": 12, "network-writes": 2, "key": 15, "key-writes": 3,
    }  # fmt: skip
    monkeypatch.setattr(counters, "_failed_at", float("-inf"))


def bearer(text: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {text}"}


def test_each_answer_says_what_is_left(client: Client, archive: Archive) -> None:
    answer = client.get("/api/v1/places/")
    assert answer["RateLimit-Policy"] == '"network";q=12;w=60'
    assert answer["RateLimit"] == '"network";r=11;t=60'
    known = client.get("/api/v1/places/", headers={"If-None-Match": answer["ETag"]})
    assert known.status_code == 304
    assert known["RateLimit"].startswith('"network";r=10;')
    for path, status in (("places/none/", 404), ("places/?none=1", 400), ("nowhere/", 404)):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == status
        assert answer["RateLimit"].startswith('"network";r=')


def test_who_asks_too_often_is_told_when_to_come_back(client: Client, archive: Archive) -> None:
    for _ in range(12):
        assert client.get("/api/v1/").status_code == 200
    refused = client.get("/api/v1/")
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert refused["RateLimit"] == f'"network";r=0;t={refused["Retry-After"]}'
    assert "seconds" in refused.json()["detail"]


def test_neighbours_share_a_network_and_others_do_not(client: Client, archive: Archive) -> None:
    for number in range(12):
        client.get("/api/v1/", REMOTE_ADDR=f"192.0.2.{number}")
    assert client.get("/api/v1/", REMOTE_ADDR="192.0.2.99").status_code == 429
    assert client.get("/api/v1/", REMOTE_ADDR="192.0.3.99").status_code == 200
    assert client.get("/api/v1/", REMOTE_ADDR="").status_code == 200  # behind a Unix socket


def test_a_key_has_a_quota_of_its_own(client: Client, archive: Archive) -> None:
    _, usual = keys.make("Usual", user=make_staff("Editor", "ann"))
    _, large = keys.make("Large", user=make_staff("Editor", "bea"), requests_a_minute=1000)
    for _ in range(13):
        client.get("/api/v1/")
    answer = client.get("/api/v1/", headers=bearer(usual))
    assert (answer.status_code, answer["RateLimit"]) == (200, '"key";r=14;t=60')
    answer = client.get("/api/v1/", headers=bearer(large))
    assert answer["RateLimit-Policy"] == '"key";q=1000;w=60'


@pytest.mark.parametrize(("granted", "writes"), [(1000, 200), (5, 1), (1, 1)])
def test_what_a_key_is_granted_is_granted_for_writing_in_proportion(
    client: Client, archive: Archive, granted: int, writes: int
) -> None:
    user = make_staff("Editor", "ann")
    _, text = keys.make("Sync", user=user, requests_a_minute=granted)
    answer = client.post("/api/v1/places/", {}, "application/json", headers=bearer(text))
    assert answer["RateLimit-Policy"] == f'"key-writes";q={writes};w=60'


def test_guessing_keys_counts_for_the_network(client: Client, archive: Archive) -> None:
    for _ in range(12):
        assert client.get("/api/v1/", headers=bearer("nr_guess")).status_code == 401
    assert client.get("/api/v1/", headers=bearer("nr_guess")).status_code == 429
    assert client.get("/api/v1/").status_code == 429


def test_writing_is_counted_apart(client: Client, archive: Archive) -> None:
    address = f"/api/v1/articles/{archive.article.pk}/comments/"
    for _ in range(2):
        assert client.post(address, {}, "application/json").status_code == 400
    refused = client.post(address, {}, "application/json")
    assert refused.status_code == 429
    assert refused["RateLimit-Policy"] == '"network-writes";q=2;w=60'
    assert client.get(address).status_code == 200


def test_a_whole_list_counts_as_many(client: Client, archive: Archive) -> None:
    answer = client.get("/api/v1/places/?format=csv")
    assert answer["RateLimit"].startswith('"network";r=2;')
    assert client.get("/api/v1/places/?format=csv").status_code == 429


def test_without_a_store_of_counts_everybody_is_answered(
    client: Client, archive: Archive, settings, tmp_path: Path
) -> None:
    settings.DATA_DIR = tmp_path / "none"
    for _ in range(15):
        answer = client.get("/api/v1/")
        assert answer.status_code == 200
        assert "RateLimit" not in answer
