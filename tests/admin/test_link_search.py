"""What the body editor offers to link to."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import editing
from articles.models import Article
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_staff,
    make_tag,
)

SEARCH = "/admin/articles/article/link-search/"


@pytest.fixture
def reporter(client: Client, db: None) -> Client:
    client.force_login(make_staff("Reporter", "rita"))
    return client


def found(client: Client, q: str) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = client.get(SEARCH, {"q": q}).json()["results"]
    return results


def published(headline: str, **fields: Any) -> Article:
    article = make_article(headline, **fields)
    editing.record([article])
    return article


def test_every_kind_of_page_is_found_by_the_beginning_of_a_name(reporter: Client) -> None:
    province = make_place("Khyber Pakhtunkhwa", kind="division")
    make_place("Tank", province, population=40_000)
    person = make_person("Tanveer Ahmed", description="A judge of the High Court. Born in Tank.")
    organisation = make_organisation("Tank Press Club")
    tag = make_tag("tankers")
    article = published("Rain in Tank")
    for entity in (person, organisation):
        make_mention(article, entity)
    article.tags.add(tag)
    editing.record([article])

    assert [tuple(each.values()) for each in found(reporter, "tan")] == [
        ("place", "Tank", "city, Khyber Pakhtunkhwa", "/places/tank/"),
        ("person", "Tanveer Ahmed", person.description, "/people/tanveer-ahmed/"),
        ("organisation", "Tank Press Club", "", "/organisations/tank-press-club/"),
        ("tag", "tankers", "", "/tags/tankers/"),
    ]
    assert found(reporter, "rain tank")[-1] == {
        "kind": "article",
        "label": "Rain in Tank",
        "detail": "1 February 2026",
        "url": article.path,
    }


def test_other_spellings_and_scripts_find_a_place_and_the_largest_comes_first(
    reporter: Client,
) -> None:
    make_place("Quetta", names=["کوئٹہ"], population=1_000_000)
    make_place("Quetta Mills", population=10)

    assert [each["label"] for each in found(reporter, "quetta")] == ["Quetta", "Quetta Mills"]
    assert [each["label"] for each in found(reporter, "كوئٹہ")] == ["Quetta"]


def test_who_has_no_page_yet_is_offered_and_it_is_said(reporter: Client) -> None:
    make_person("Amna Bibi")

    assert found(reporter, "amna")[0]["detail"] == "no page until a public article names it"


def test_an_article_without_an_address_or_of_somebody_else_is_not_offered(
    reporter: Client,
) -> None:
    make_article("Secret plans", published=None)
    later = published(
        "Secret talks", published=timezone.now() + timedelta(days=1), status="scheduled"
    )

    assert found(reporter, "secret") == []
    editor = Client()
    editor.force_login(make_staff("Editor", "ann"))
    assert [(each["url"], each["detail"]) for each in found(editor, "secret")] == [
        (later.path, "not public yet")
    ]


@pytest.mark.parametrize("q", ["", "a", " q ", "«»", '"', "-", "%", "\x00", "tag:"])
def test_words_that_find_nothing_are_no_error(reporter: Client, q: str) -> None:
    assert found(reporter, q) == []


def test_only_those_who_write_may_search(client: Client, db: None) -> None:
    client.force_login(make_staff("Moderator", "mo"))

    assert client.get(SEARCH, {"q": "tank"}).status_code == 403
    assert Client().get(SEARCH, {"q": "tank"}).status_code == 302


def test_what_a_search_costs_does_not_grow_with_what_it_finds(
    reporter: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(8):
        make_place(f"Tank {_}")
        make_person(f"Tanveer {_}")
        published(f"Tank and Tanveer {_}")

    with django_assert_max_num_queries(16):
        assert len(found(reporter, "tan")) == 10
    with django_assert_max_num_queries(16):
        assert len(found(reporter, "tank")) == 10
