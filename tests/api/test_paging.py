"""Moving through lists by cursor."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from articles.models import Article, Status
from tests import factories
from tests.api.conftest import Get, index, make_public

pytestmark = pytest.mark.django_db

START = datetime(2000, 1, 1, tzinfo=UTC)


def make_days(number: int) -> list[int]:
    """Ids of articles, three at each moment so that the moment alone is no position."""
    articles = [
        factories.make_article(published=START + timedelta(days=day // 3)) for day in range(number)
    ]
    index(*articles)
    return [article.pk for article in articles]


def ids(answer: Any) -> list[int]:
    return [article["id"] for article in answer["results"]]


def walk(get: Get, params: dict[str, Any]) -> list[int]:
    answer = get("articles/", params)
    found = ids(answer)
    while answer["next"]:
        answer = get(answer["next"])
        found += ids(answer)
    return found


@pytest.mark.parametrize("params", [{}, {"language": "en"}, {"updated_since": "2000"}])
@pytest.mark.parametrize("size", [1, 4, 100])
def test_every_article_comes_once(get: Get, params: dict[str, str], size: int) -> None:
    expected = make_days(10)
    if params.get("updated_since"):
        params = {"updated_since": "2000-01-01"}
    else:
        expected = expected[::-1]
    assert walk(get, params | {"page_size": size}) == expected


@pytest.mark.parametrize("params", [{}, {"order": "oldest"}, {"language": "en"}])
def test_the_way_back_leads_through_the_same_pages(get: Get, params: dict[str, str]) -> None:
    make_days(11)
    answer = get("articles/", params | {"page_size": 3})
    assert answer["previous"] is None
    pages = [ids(answer)]
    while answer["next"]:
        answer = get(answer["next"])
        pages.append(ids(answer))
    back = [ids(answer)]
    while answer["previous"]:
        answer = get(answer["previous"])
        back.append(ids(answer))
    assert back == pages[::-1]


@pytest.mark.parametrize("params", [{}, {"language": "en"}])
def test_what_is_added_or_withdrawn_meanwhile_moves_nothing(
    get: Get, params: dict[str, str]
) -> None:
    made = make_days(9)[::-1]
    first = get("articles/", params | {"page_size": 3})
    added = make_public(published=START + timedelta(days=50))
    last_shown = Article.objects.get(pk=made[2])
    last_shown.status = Status.WITHDRAWN
    last_shown.save()
    index(last_shown)
    second = get(first["next"])
    assert ids(second) == made[3:6]
    assert ids(get(second["previous"])) == [added.pk, *made[:2]]


def test_the_other_parameters_stay_in_the_links(get: Get) -> None:
    make_days(3)
    answer = get("articles/", {"page_size": 1, "fields": "id", "language": "en|ur"})
    assert list(get(answer["next"])["results"][0]) == ["id"]


def test_a_cursor_that_was_altered_or_is_of_another_list_is_refused(get: Get) -> None:
    make_days(3)
    cursor = get("articles/", {"page_size": 1})["next"].partition("cursor=")[2].split("&")[0]
    for wrong in (cursor[:-1], cursor.swapcase(), "", "a.b", "=" * 500):
        assert list(get("articles/", {"cursor": wrong}, status=400)) == ["cursor"]
    get("articles/", {"cursor": cursor, "order": "oldest"}, status=400)
    get("places/", {"cursor": cursor}, status=400)


def test_a_page_holds_twenty_unless_it_is_asked_for_more(get: Get) -> None:
    make_days(21)
    assert len(ids(get("articles/"))) == 20
    assert len(ids(get("articles/", {"page_size": 100}))) == 21


def test_a_long_list_is_counted_to_its_bound_unless_it_must_be_exact(
    get: Get, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("articles.api.pagination.COUNTED_EXACTLY", 2)
    for _ in range(3):
        factories.make_place()
    bounded, exact = get("places/"), get("places/", {"count": "exact"})
    assert (bounded["count"], bounded["count_relation"]) == (2, "gte")
    assert (exact["count"], exact["count_relation"]) == (3, "eq")
