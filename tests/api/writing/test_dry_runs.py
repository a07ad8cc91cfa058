"""``dry_run=true``: everything is checked and answered, and nothing is done."""

from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from pytest_django import DjangoCaptureOnCommitCallbacks

from articles import changes
from articles.models import (
    Article,
    AuditEntry,
    Change,
    IdempotentRequest,
    OutgoingMail,
    Revision,
    Tag,
)
from tests import factories
from tests.api.conftest import make_public
from tests.api.writing.calling import Caller

pytestmark = pytest.mark.django_db

ALL: tuple[type[Model], ...] = (
    Article, Revision, AuditEntry, Change, OutgoingMail, Tag, IdempotentRequest,
)  # fmt: skip


def rows() -> dict[str, Any]:
    return {model.__name__: list(model._default_manager.values()) for model in ALL}


@pytest.fixture
def editor(db: None) -> Caller:
    return Caller("Editor")


def test_what_would_be_made_is_answered_and_is_nowhere(editor: Caller) -> None:
    before = rows()
    body = {"headline": "Rain", "body": "<p>It rained.</p>", "tags": [{"name": "Weather"}]}
    tried = editor.send("post", "articles/?dry_run=true", body)
    assert (tried.status_code, tried["Dry-Run"]) == (201, "true")
    assert tried.json()["headline"] == "Rain"
    assert tried.json()["tags"][0]["name"] == "Weather"
    assert not {"Location", "ETag", "Last-Modified"} & {*tried.headers}
    assert rows() == before


def test_a_verb_is_tried_with_all_that_follows(editor: Caller) -> None:
    article = make_public("Rain")
    before = rows()
    tried = editor.send("post", f"articles/{article.pk}/withdraw/?dry_run=true", {"notice": "No."})
    assert (tried.status_code, tried.json()["status"]) == (200, "withdrawn")
    assert rows() == before
    assert editor.ask("get", f"articles/{article.pk}/")["status"] == "published"


def test_errors_are_those_of_the_real_thing(editor: Caller) -> None:
    article = make_public("Rain")
    for method, path, status in (
        ("post", "articles/", 400),
        ("post", f"articles/{article.pk}/submit/", 409),
        ("patch", "articles/0/", 404),
    ):
        real = editor.send(method, path, {})
        tried = editor.send(method, f"{path}?dry_run=true", {})
        assert (tried.status_code, tried.json()) == (status, real.json())
        assert tried["Dry-Run"] == "true"
        assert "Dry-Run" not in real


def test_nothing_follows_a_commit_that_never_was(
    editor: Caller,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    article = make_public("Rain")
    ran: list[str] = []
    monkeypatch.setattr(
        changes, "note", lambda *_, **__: transaction.on_commit(lambda: ran.append("x"))
    )
    with django_capture_on_commit_callbacks(execute=True):
        editor.ask("patch", f"articles/{article.pk}/?dry_run=true", {"headline": "Sun"})
    assert ran == []
    with django_capture_on_commit_callbacks(execute=True):
        editor.ask("patch", f"articles/{article.pk}/?dry_run=false", {"headline": "Sun"})
    assert ran == ["x"]


def test_a_key_of_a_trial_is_free_for_the_real_thing(editor: Caller) -> None:
    body = {"headline": "Rain"}
    editor.ask("post", "articles/?dry_run=true", body, 201, Idempotency_Key="k")
    made = editor.send("post", "articles/", body, Idempotency_Key="k")
    assert made.status_code == 201
    assert "Idempotent-Replayed" not in made


@pytest.mark.parametrize("value", ["", "1", "yes", "true,false", "TRUE"])
def test_a_trial_is_asked_for_in_one_way(editor: Caller, value: str) -> None:
    faults = editor.ask("post", f"articles/?dry_run={value}", {"headline": "Rain"}, 400)
    assert list(faults) == ["dry_run"]
    assert not Article.objects.exists()


def test_only_what_writes_can_be_tried(editor: Caller) -> None:
    factories.make_article("Rain")
    assert list(editor.ask("get", "articles/?dry_run=true", status=400)) == ["dry_run"]
    assert list(editor.ask("post", "articles/?page_size=2", {}, 400)) == ["page_size"]
