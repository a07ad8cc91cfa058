"""A client that has the answer is told so without its being built, until anything changes."""

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from articles.api import freshness, keys
from articles.models import Article, CommentRules, Image, Place, Scope, Section, Status
from tests import factories
from tests.api.conftest import index, make_public

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/api/v1/articles/"


class Mirror:
    """A client that keeps what it was answered, and asks whether it still holds."""

    def __init__(self, client: Client, address: str = LIST, **headers: str) -> None:
        self.client, self.address, self.headers = client, address, headers
        self.tag = ""
        assert self.ask() == 200

    def ask(self) -> int:
        headers = {**self.headers, **({"If-None-Match": self.tag} if self.tag else {})}
        answer = self.client.get(self.address, headers=headers)
        self.tag = answer["ETag"]
        return int(answer.status_code)


@pytest.fixture
def article(transactional_db: None) -> Article:
    section = factories.make_section("National")
    return make_public(
        "Floods", summary="Rain.", section=section, lead_image=factories.make_image()
    )


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was built since: an entry for each answer that was not known beforehand."""
    answers: list[str] = []
    remember = freshness.Visit.remember

    def watched(self: freshness.Visit, answer: Any) -> None:
        answers.append(answer["ETag"])
        remember(self, answer)

    monkeypatch.setattr(freshness.Visit, "remember", watched)
    return answers


def test_what_is_the_same_is_not_built_again(
    client: Client, article: Article, built: list[str]
) -> None:
    mirror = Mirror(client)
    del built[:]
    assert [mirror.ask() for _ in range(3)] == [304, 304, 304]
    assert built == []


def test_it_costs_no_query_of_the_archive(
    client: Client, article: Article, django_assert_num_queries: Any
) -> None:
    mirror = Mirror(client)
    with django_assert_num_queries(0 if connection.vendor == "sqlite" else 1):
        assert mirror.ask() == 304


def _comment(article: Article) -> None:
    factories.make_comment(article)
    Article.objects.filter(pk=article.pk).update(comment_count=1)


def _words_of_image(article: Article) -> None:
    Image.objects.update(alt_text="A river in flood")


def _rules(article: Article) -> None:
    CommentRules.objects.update_or_create(pk=1, defaults={"policy": "closed"})


CHANGES: dict[str, Callable[[Article], Any]] = {
    "its headline": lambda article: Article.objects.filter(pk=article.pk).update(headline="New"),
    "its section's name": lambda article: Section.objects.update(name="Nation"),
    "a comment": _comment,
    "the words of its picture": _words_of_image,
    "the rules for comments": _rules,
    "another article": lambda article: make_public("Quake"),
    "its withdrawal": lambda article: Article.objects.filter(pk=article.pk).update(
        status=Status.WITHDRAWN
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_shows_at_once(
    client: Client, article: Article, change: Callable[[Article], Any]
) -> None:
    mirror = Mirror(client)
    assert mirror.ask() == 304
    change(article)
    assert mirror.ask() == 200
    assert mirror.ask() == 304


def test_a_change_by_another_connection_shows_at_once(client: Client, article: Article) -> None:
    mirror = Mirror(client)
    assert mirror.ask() == 304

    def elsewhere() -> None:
        Article.objects.filter(pk=article.pk).update(headline="New")
        connections.close_all()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert mirror.ask() == 200


CHANGE_IN_ANOTHER_PROCESS = """
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as database:
    database.execute("UPDATE articles_article SET headline = 'New'")
"""


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a server has no processes apart")
def test_a_change_by_another_process_shows_at_once(client: Client, article: Article) -> None:
    mirror = Mirror(client)
    assert mirror.ask() == 304
    path = str(connection.settings_dict["NAME"])
    subprocess.run([sys.executable, "-c", CHANGE_IN_ANOTHER_PROCESS, path], check=True)
    assert mirror.ask() == 200


def test_what_was_not_committed_changes_nothing(client: Client, article: Article) -> None:
    mirror = Mirror(client)
    factories.make_article("Draft", status=Status.DRAFT)
    assert mirror.ask() == 304


def test_an_article_that_the_clock_makes_public_shows_at_once(
    client: Client, article: Article
) -> None:
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        soon = factories.make_article(
            "Soon", status=Status.SCHEDULED, published=now + timedelta(seconds=30)
        )
        index(soon)
        mirror = Mirror(client)
        clock.shift(29)
        assert mirror.ask() == 304
        clock.shift(2)
        assert mirror.ask() == 200


def test_comments_that_close_by_age_show_within_seconds(client: Client, article: Article) -> None:
    now = timezone.now()
    CommentRules.objects.update_or_create(pk=1, defaults={"close_after_days": 1})
    Article.objects.filter(pk=article.pk).update(
        published_at=now - timedelta(days=1) + timedelta(seconds=10)
    )
    with time_machine.travel(now, tick=False) as clock:
        mirror = Mirror(client)
        clock.shift(12)
        assert mirror.ask() == 200


def test_who_asks_and_how_tells_answers_apart(client: Client, article: Article) -> None:
    draft = factories.make_article("Draft", status=Status.DRAFT)
    _, text = keys.make(
        "Reader", user=factories.make_staff("Editor", "ann"), scopes=[Scope.READ_DRAFTS]
    )
    bearer = {"Authorization": f"Bearer {text}"}
    address = f"{LIST}{draft.pk}/"
    mirror = Mirror(client, address, **bearer)
    assert mirror.ask() == 304
    assert client.get(address, headers={"If-None-Match": mirror.tag}).status_code == 404
    tags = {client.get(LIST, headers={"Host": host})["ETag"] for host in ("localhost", "127.0.0.1")}
    assert len(tags) == 2


def test_in_a_transaction_nothing_is_taken_as_known(client: Client, article: Article) -> None:
    from django.db import transaction

    mirror = Mirror(client)
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(headline="New")
        assert mirror.ask() == 200


def test_what_is_kept_is_bounded(
    client: Client, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(freshness, "KEPT", 5)
    for size in range(1, 20):
        client.get(f"{LIST}?page_size={size}")
    assert len(freshness._answers) == 5


def test_places_are_known_too(client: Client, transactional_db: None) -> None:
    factories.make_place("Quetta")
    mirror = Mirror(client, "/api/v1/places/quetta/")
    assert mirror.ask() == 304
    Place.objects.update(name="Quetta City")
    assert mirror.ask() == 200


def test_what_is_known_is_answered_as_the_answer_itself_would_be(
    client: Client, article: Article
) -> None:
    page = {"Origin": "https://reader.example"}
    answer = client.get(LIST, headers=page)
    known = client.get(LIST, headers={**page, "If-None-Match": answer["ETag"]})
    assert (known.status_code, known.content) == (304, b"")
    of_its_own = {
        "Content-Type", "Content-Length", "Content-Encoding", "Link", "RateLimit", "X-Request-ID",
    }  # fmt: skip
    shared = answer.headers.keys() - of_its_own
    assert {name: known.get(name) for name in shared} == {name: answer[name] for name in shared}
    assert {"access-control-allow-origin", "Cache-Control", "Vary", "X-Frame-Options"} <= shared
    assert known["RateLimit"] != answer["RateLimit"]


def test_what_is_known_counts_as_much_as_what_it_spares(
    client: Client, article: Article, settings: Any, tmp_path: Any
) -> None:
    settings.DATA_DIR = tmp_path
    settings.API_REQUESTS_A_MINUTE = {**settings.API_REQUESTS_A_MINUTE, "network": 3}
    mirror = Mirror(client)
    assert [mirror.ask(), mirror.ask()] == [304, 304]
    refused = client.get(LIST, headers={"If-None-Match": mirror.tag})
    assert refused.status_code == 429
    elsewhere = client.get(LIST, headers={"If-None-Match": mirror.tag}, REMOTE_ADDR="192.0.2.1")
    assert elsewhere.status_code == 304


def test_a_key_that_is_none_any_more_knows_nothing(client: Client, article: Article) -> None:
    now = timezone.now()
    editor = factories.make_staff("Editor", "ann")
    _, brief = keys.make("Brief", user=editor, expires_at=now + timedelta(seconds=30))
    revoked, other = keys.make("Revoked", user=editor)
    with time_machine.travel(now, tick=False) as clock:
        mirrors = [Mirror(client, LIST, Authorization=f"Bearer {text}") for text in (brief, other)]
        clock.shift(29)
        assert [mirror.ask() for mirror in mirrors] == [304, 304]
        clock.shift(2)
        keys.revoke(revoked, by=editor)
        for mirror in mirrors:
            headers = {**mirror.headers, "If-None-Match": mirror.tag}
            assert client.get(LIST, headers=headers).status_code == 401
