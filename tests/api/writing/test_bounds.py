"""How much can be sent at once: lists, names and fields have an end, and so have answers to too
much of them."""

from typing import Any

import pytest

from articles.models import Article, Scope
from tests import factories
from tests.api.writing.calling import Caller

pytestmark = pytest.mark.django_db

MOST_ANSWERED = 20_000
"""Bytes of an answer to what was wrong."""


@pytest.fixture
def editor(db: None) -> Caller:
    return Caller("Editor")


@pytest.mark.parametrize(
    ("field", "number"),
    [
        ("authors", 200),
        ("tags", 200),
        ("places", 500),
        ("people", 500),
        ("organisations", 500),
    ],
)
def test_a_list_of_an_article_that_is_too_long_is_refused_unread(
    editor: Caller, django_assert_max_num_queries: Any, field: str, number: int
) -> None:
    sent = {"headline": "Rain", field: [{}] * 100_000}
    with django_assert_max_num_queries(12):
        answer = editor.send("post", "articles/", sent)
    assert answer.status_code == 400
    assert list(answer.json()) == [field]
    assert str(number) in answer.content.decode()
    assert len(answer.content) < MOST_ANSWERED
    assert not Article.objects.exists()


@pytest.mark.parametrize("field", ["authors", "tags", "places", "people", "organisations"])
def test_of_many_that_are_not_there_some_are_named(editor: Caller, field: str) -> None:
    faults = editor.ask("post", "articles/", {"headline": "Rain", field: list(range(1, 200))}, 400)
    assert len(faults[field]) == 10
    assert faults[field][0].endswith("“1”.")


def test_a_long_list_of_names_that_are_there_is_taken(editor: Caller) -> None:
    ids = [factories.make_person().pk for _ in range(30)]
    answer = editor.ask("post", "articles/", {"headline": "Rain", "people": ids}, 201)
    assert {person["id"] for person in answer["people"]} == set(ids)


@pytest.mark.parametrize(
    ("field", "many", "fault"),
    [("section", 0, "section"), ("tags", 1, "tags.0"), ("places", 1, "places.0.slug")],
)
def test_a_slug_longer_than_any_is_refused_and_not_repeated(
    editor: Caller, field: str, many: int, fault: str
) -> None:
    slug = "q" * 100_000
    sent = {"headline": "Rain", field: [slug] * many or slug}
    answer = editor.send("post", "articles/", sent)
    assert answer.status_code == 400
    assert list(answer.json()) == [fault]
    assert len(answer.content) < MOST_ANSWERED


def test_of_many_fields_that_there_are_not_some_are_named(editor: Caller) -> None:
    sent = {f"field{number}": 1 for number in range(20_000)}
    faults = editor.ask("post", "articles/", {"headline": "Rain", **sent}, 400)
    assert list(faults) == [f"field{number}" for number in range(10)]


def test_ids_of_comments_that_are_too_many_are_refused_unread() -> None:
    moderator = Caller("Moderator", Scope.MODERATE)
    sent = {"ids": ["none"] * 100_000, "state": "approved"}
    answer = moderator.send("post", "comments/moderate/", sent)
    assert answer.status_code == 400
    assert "100" in answer.content.decode()
    assert len(answer.content) < MOST_ANSWERED


@pytest.mark.parametrize(("kind", "field"), [("places", "names"), ("people", "positions")])
def test_rows_of_an_entry_that_are_too_many_are_refused_unread(kind: str, field: str) -> None:
    archivist = Caller("Archivist")
    answer = archivist.send("post", f"{kind}/", {"name": "Quetta", field: [{}] * 100_000})
    assert answer.status_code == 400
    assert "100" in answer.content.decode()
    assert len(answer.content) < MOST_ANSWERED
