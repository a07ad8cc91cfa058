"""``Idempotency-Key``: a request that is sent twice is done once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles import editing
from articles.api.writing import idempotency
from articles.management.chores import CHORES
from articles.models import (
    Article,
    Author,
    Byline,
    IdempotentRequest,
    Scope,
    Status,
    Tag,
    Tagging,
)
from tests import factories
from tests.api.conftest import make_public
from tests.api.writing.calling import Caller

BODY = {"headline": "Rain", "body": "<p>It rained.</p>"}


@pytest.fixture
def editor(db: None) -> Caller:
    return Caller("Editor")


def test_a_repeated_request_gets_the_same_answer_and_does_nothing(editor: Caller) -> None:
    first = editor.send("post", "articles/", BODY, Idempotency_Key="k-1")
    again = editor.send("post", "articles/", BODY, Idempotency_Key="k-1")
    assert (again.status_code, again.content) == (201, first.content)
    for header in ("Location", "ETag", "Last-Modified", "Content-Type", "Cache-Control"):
        assert again[header] == first[header], header
    assert again["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first
    assert Article.objects.count() == 1


def test_the_answer_is_the_one_of_then(editor: Caller) -> None:
    first = editor.send("post", "articles/", BODY, Idempotency_Key="k")
    editor.ask("patch", first["Location"], {"headline": "Sun"})
    again = editor.send("post", "articles/", BODY, Idempotency_Key="k")
    assert again.json()["headline"] == "Rain"


def test_quotes_and_the_order_of_fields_do_not_matter(editor: Caller) -> None:
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key='"k"')
    turned = dict(reversed(BODY.items()))
    again = editor.send("post", "articles/", turned, Idempotency_Key="k")
    assert again["Idempotent-Replayed"] == "true"


def test_another_request_under_the_same_key_is_refused(editor: Caller) -> None:
    article = make_public("Sun")
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="k")
    refused = editor.ask("post", "articles/", BODY | {"headline": "Snow"}, 422, Idempotency_Key="k")
    assert "came with another request" in refused["detail"]
    editor.ask("patch", f"articles/{article.pk}/", BODY, 422, Idempotency_Key="k")
    assert Article.objects.count() == 2


def test_keys_of_others_are_others(editor: Caller) -> None:
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="k")
    Caller(account=editor.account).ask("post", "articles/", BODY, 201, Idempotency_Key="k")
    assert Article.objects.count() == 2


def test_a_change_and_a_deletion_are_repeated_too(editor: Caller) -> None:
    article = factories.make_article("Rain", status=Status.BIN)
    administrator = Caller("Administrator")
    address = f"articles/{article.pk}/"
    for replayed in (None, "true"):
        gone = administrator.send("delete", address, Idempotency_Key="d")
        assert (gone.status_code, gone.content) == (204, b"")
        assert gone.headers.get("Idempotent-Replayed") == replayed
    article = make_public("Rain")
    tag = administrator.send("get", f"articles/{article.pk}/")["ETag"]
    for _ in range(2):  # the second is not held to what the first has changed
        administrator.ask(
            "patch",
            f"articles/{article.pk}/",
            {"headline": "Sun"},
            If_Match=tag,
            Idempotency_Key="p",
        )
    assert article.revisions.count() == 1


def test_what_was_refused_can_be_mended_and_sent_again(editor: Caller) -> None:
    editor.ask("post", "articles/", {"headline": ""}, 400, Idempotency_Key="k")
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="k")


def test_what_crashed_can_be_sent_again(
    editor: Caller, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(editing, "save", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            editor.send("post", "articles/", BODY, Idempotency_Key="k")
    assert not IdempotentRequest.objects.exists()
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="k")


def test_while_the_first_is_answered_the_second_waits(editor: Caller) -> None:
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="k")
    IdempotentRequest.objects.update(status=None)
    waiting = editor.send("post", "articles/", BODY, Idempotency_Key="k")
    assert (waiting.status_code, waiting["Retry-After"]) == (409, "1")

    # One whose server died leaves its key to others after a while.
    long_ago = timezone.now() - idempotency.ABANDONED - timedelta(seconds=1)
    IdempotentRequest.objects.update(created_at=long_ago)
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="k")
    assert Article.objects.count() == 2


def test_who_lost_the_key_meanwhile_does_nothing(
    editor: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = editing.save

    def slow(*args: Any, **kwargs: Any) -> None:
        real(*args, **kwargs)
        IdempotentRequest.objects.all().delete()

    monkeypatch.setattr(editing, "save", slow)
    refused = editor.ask("post", "articles/", BODY, 409, Idempotency_Key="k")
    assert "given up" in refused["detail"]
    assert not Article.objects.exists()


def test_an_answer_is_kept_for_a_day(editor: Caller) -> None:
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="old")
    IdempotentRequest.objects.update(created_at=timezone.now() - idempotency.KEPT)
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="new")
    (chore,) = (chore for chore in CHORES if chore.do is idempotency.clear_out)
    assert chore.do() is False
    assert [row.key for row in IdempotentRequest.objects.all()] == ["new"]
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="old")
    assert Article.objects.count() == 3


def test_what_is_past_its_day_counts_as_new_though_no_chore_has_run(editor: Caller) -> None:
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="k")
    past = timezone.now() - idempotency.KEPT - timedelta(seconds=1)
    IdempotentRequest.objects.update(created_at=past)
    again = editor.send("post", "articles/", BODY, Idempotency_Key="k")
    assert "Idempotent-Replayed" not in again


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 201, 'a"b'])
def test_what_can_be_no_key_is_refused(editor: Caller, key: str) -> None:
    faults = editor.ask("post", "articles/", BODY, 400, Idempotency_Key=key)
    assert list(faults) == ["Idempotency-Key"]
    assert not Article.objects.exists()


def test_a_replay_is_for_a_key_that_may_write_still(editor: Caller) -> None:
    editor.ask("post", "articles/", BODY, 201, Idempotency_Key="k")
    key = IdempotentRequest.objects.get().api_key
    key.scopes = [Scope.READ_DRAFTS]
    key.save()
    editor.ask("post", "articles/", BODY, 403, Idempotency_Key="k")


# With real threads


def at_once(number: int, ask: Callable[[], Any]) -> list[Any]:
    """What as many threads are answered that ask at the same moment."""
    start = Barrier(number)

    def run(_: int) -> Any:
        start.wait()
        try:
            return ask()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(run, range(number)))


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_one_is_done() -> None:
    editor = Caller("Editor")
    answers = at_once(4, lambda: editor.send("post", "articles/", BODY, Idempotency_Key="k"))
    assert Article.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    made = [answer for answer in answers if answer.status_code == 201]
    assert len({answer.content for answer in made}) == 1
    assert sum("Idempotent-Replayed" not in answer for answer in made) == 1
    again = editor.send("post", "articles/", BODY, Idempotency_Key="k")
    assert again.content == made[0].content


@pytest.mark.django_db(transaction=True)
def test_several_who_name_the_same_new_tag_at_once_all_have_it() -> None:
    editor = Caller("Administrator")
    sent = {**BODY, "tags": [{"name": "Flood"}], "authors": [{"name": "A Desk"}]}
    answers = at_once(8, lambda: editor.send("post", "articles/", sent))
    assert [answer.status_code for answer in answers] == [201] * 8
    assert (Tag.objects.count(), Tagging.objects.count()) == (1, 8)
    assert (Author.objects.count(), Byline.objects.count()) == (1, 8)


@pytest.mark.django_db(transaction=True)
def test_several_that_are_published_at_once_by_the_same_name_all_have_an_address() -> None:
    with transaction.atomic():
        drafts = [
            factories.make_article("Rain", slug="rain", published=None, status=Status.DRAFT)
            for _ in range(8)
        ]
    editor, waiting = Caller("Editor"), iter([article.pk for article in drafts])
    answers = at_once(8, lambda: editor.send("post", f"articles/{next(waiting)}/publish/"))
    assert [answer.status_code for answer in answers] == [200] * 8
    assert len({article.path for article in Article.objects.all()}) == 8


@pytest.mark.django_db(transaction=True)
def test_of_several_who_change_what_they_have_seen_one_does() -> None:
    with transaction.atomic():
        article = make_public("Rain")
    editor = Caller("Editor")
    address = f"articles/{article.pk}/"
    tag = editor.send("get", address)["ETag"]
    headlines = iter(["Sun", "Snow", "Hail", "Fog"])
    answers = at_once(
        4, lambda: editor.send("patch", address, {"headline": next(headlines)}, If_Match=tag)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412, 412, 412]
    (done,) = (answer.json() for answer in answers if answer.status_code == 200)
    assert Article.objects.get().headline == done["headline"]
