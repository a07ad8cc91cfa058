"""Who keeps a copy of the archive reads each change once, in order, over the API."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from articles import changes, editing
from articles.models import Article, Change
from tests.api.conftest import Archive, Get

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_superuser("editor")


def publish(headline: str, editor: User) -> Article:
    article = Article(headline=headline, body="<p>It rained.</p>")
    editing.save(article, by=editor)
    editing.publish(article, by=editor)
    return article


def kinds(answer: Any) -> list[tuple[str, int]]:
    return [(entry["kind"], entry["article"]) for entry in answer["results"]]


def test_nothing_has_happened_yet(get: Get) -> None:
    answer = get("changes/")
    assert (answer["count"], answer["results"], answer["next"]) == (0, [], None)
    assert get(answer["resume"])["results"] == []


def test_resume_gives_what_came_after(get: Get, editor: User) -> None:
    first = publish("Rain", editor)
    answer = get("changes/")
    assert kinds(answer) == [("published", first.pk)]
    assert answer["next"] is None
    second = publish("Snow", editor)
    later = get(answer["resume"])
    assert kinds(later) == [("published", second.pk)]
    assert later["count"] == 2
    assert kinds(get(later["previous"])) == [("published", first.pk)]
    assert get(later["resume"])["results"] == []


def test_pages_go_on_until_the_end(get: Get, editor: User) -> None:
    articles = [publish(f"Number {number}", editor) for number in range(5)]
    seen, address = [], "changes/?page_size=2"
    while address:
        page = get(address)
        seen += [article for _, article in kinds(page)]
        address = page["next"]
    assert seen == [article.pk for article in articles]
    back = get(page["previous"])
    assert [article for _, article in kinds(back)] == [article.pk for article in articles[2:4]]
    assert get(back["previous"])["previous"] is None


def test_an_entry_has_the_article_as_it_stands_now(get: Get, editor: User) -> None:
    article = publish("Rain", editor)
    article.slug = "snow"
    editing.save(article, by=editor)
    published, moved = get("changes/?include=body")["results"]
    assert published["document"] == moved["document"]
    of_list = get(f"articles/{article.pk}/")
    of_list.pop("comments")
    assert moved["document"] == of_list
    assert moved["html_url"].endswith("/snow/")
    assert moved["former_html_url"].endswith("/rain/")


def test_what_is_gone_says_so_and_no_more(get: Get, editor: User) -> None:
    withdrawn, removed = publish("Rain", editor), publish("A Secret", editor)
    editing.withdraw(withdrawn, notice="It did not rain.", by=editor)
    editing.deindex(removed, by=editor)
    answer = get("changes/")
    assert kinds(answer)[2:] == [("withdrawn", withdrawn.pk), ("removed", removed.pk)]
    assert [entry["document"] for entry in answer["results"]] == [None] * 4
    assert answer["results"][2]["notice"] == "It did not rain."
    assert "secret" not in str(answer).lower()


def test_the_address_that_an_article_gets_when_it_is_embargoed_is_not_told(
    get: Get, editor: User
) -> None:
    article = publish("Rain", editor)
    article.slug, article.embargo_until = "the-secret", timezone.now() + timedelta(hours=1)
    editing.save(article, by=editor)
    get("changes/")
    assert not Change.objects.exclude(position=None).filter(path__contains="secret").exists()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert get("changes/")["results"][-1]["html_url"].endswith("/the-secret/")


def test_one_begins_where_one_likes(get: Get, editor: User) -> None:
    publish("Old", editor)
    get("changes/")
    moment = timezone.now()
    with time_machine.travel(moment + timedelta(minutes=1)):
        new = publish("New", editor)
        answer = get("changes/", {"since": moment.isoformat()})
    assert kinds(answer) == [("published", new.pk)]
    assert answer["count"] == 1


def test_some_kinds_only(get: Get, editor: User) -> None:
    article = publish("Rain", editor)
    publish("Snow", editor)
    editing.withdraw(article, notice="It did not rain.", by=editor)
    answer = get("changes/?kinds=withdrawn,removed")
    assert kinds(answer) == [("withdrawn", article.pk)]
    assert (answer["count"], answer["count_relation"]) == (1, "gte")
    assert get("changes/?kinds=published&count=exact")["count"] == 2
    assert get(answer["resume"])["results"] == []
    assert "“gone” is none of" in str(get("changes/?kinds=gone", status=400))


def test_few_of_a_kind_are_looked_for_a_span_at_a_time(
    get: Get, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.changes.reading.SPAN", 2)
    articles = [publish(f"Number {number}", editor) for number in range(4)]
    editing.withdraw(articles[0], notice="No.", by=editor)
    first = get("changes/?kinds=withdrawn")
    assert first["results"] == []
    second = get(first["next"])
    assert second["results"] == []
    assert kinds(get(second["next"])) == [("withdrawn", articles[0].pk)]


def test_a_cursor_of_a_database_that_was_set_back_is_refused(get: Get, editor: User) -> None:
    publish("Rain", editor)
    resume = get("changes/")["resume"]
    Change.objects.update(position=None, settled_at=None)
    assert "another state" in str(get(resume, status=400))
    get("changes/")  # grown again to where the cursor is
    assert "another state" in str(get(resume, status=400))
    assert get("changes/?cursor=nonsense", status=400)["cursor"]


def test_where_nothing_can_be_written_what_is_settled_is_given(
    get: Get, editor: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse() -> int:
        raise DatabaseError("database is locked")

    publish("Rain", editor)
    changes.settle()
    monkeypatch.setattr("articles.changes.settling.settle", refuse)
    assert len(get("changes/")["results"]) == 1
    assert "database is locked" in caplog.text


def test_nothing_new_is_not_modified(client: Client, editor: User) -> None:
    publish("Rain", editor)
    answer = client.get("/api/v1/changes/")
    again = client.get("/api/v1/changes/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_a_hundred_with_bodies_are_as_many_queries_as_one(
    get: Get, archive: Archive, editor: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        article = publish(f"Number {number}", editor)
    editing.withdraw(article, notice="No.", by=editor)
    changes.note([archive.article.pk])
    changes.settle()
    with django_assert_max_num_queries(8):
        assert len(get("changes/?page_size=100&include=body")["results"]) == 14
