"""What a search box is told while somebody types."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import make_article, make_mention, make_person, make_place, make_tag

pytestmark = pytest.mark.django_db


def names(client: Client, typed: str) -> Any:
    return client.get("/search/names/", {"q": typed}).json()["names"]


def test_a_name_comes_with_what_it_is_where_its_page_is_and_how_much_is_about_it(client, listed):
    article = make_article(tags=[make_tag("naqvi papers")])
    make_mention(article, make_person("Mohsin Naqvi"))
    make_mention(article, make_place("Quetta", names=["کوئٹہ"]))
    listed(article)

    assert names(client, "naq") == [
        {
            "name": "Mohsin Naqvi",
            "also": "",
            "kind": "Person",
            "count": 1,
            "url": "/people/mohsin-naqvi/",
            "parameter": "person",
            "slug": "mohsin-naqvi",
        },
        {
            "name": "naqvi papers",
            "also": "",
            "kind": "Topic",
            "count": 1,
            "url": "/tags/naqvi-papers/",
            "parameter": "tag",
            "slug": "naqvi-papers",
        },
    ]
    (place,) = names(client, "کوئ")
    assert (place["name"], place["also"], place["url"]) == ("Quetta", "کوئٹہ", "/places/quetta/")
    for each in names(client, "naq"):
        assert client.get(each["url"]).status_code == 200
        assert client.get("/search/", {each["parameter"]: each["slug"]}).status_code == 200


def test_the_answer_may_be_kept_for_a_minute_by_anybody(client):
    answer = client.get("/search/names/?q=qu")
    assert answer["Cache-Control"] == "public, max-age=60"
    assert answer["Content-Type"] == "application/json"
    assert not answer.cookies


@pytest.mark.parametrize("typed", ["", "q", " ", "%", "''", "\x00\x00", "🙂🙂", "-"])
def test_nothing_is_offered_for_what_begins_no_name(client, typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert names(client, typed) == []


def test_what_is_longer_than_any_name_is_refused(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/search/names/", {"q": "q" * 101})
    assert answer.status_code == 400
    assert "at most 100" in answer.json()["q"][0]


def test_who_asks_too_often_is_told_when_to_come_back_and_nobody_else_is(
    client, settings, tmp_path, monkeypatch
):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr("articles.pages.names.REQUESTS_A_MINUTE", 2)
    answers = [client.get("/search/names/?q=qu") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1]["Cache-Control"] == "no-store"
    assert "Ask again" in answers[-1].json()["detail"]
    assert client.get("/search/names/?q=qu", REMOTE_ADDR="192.0.2.1").status_code == 200


def test_names_are_read_not_written(client):
    assert client.post("/search/names/", {"q": "qu"}).status_code == 405
