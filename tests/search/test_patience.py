"""A search looks so long and no longer, and says so."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any, Never

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from articles import search
from articles.search import Count, CriteriaError
from articles.search.finding.spelling import did_you_mean
from articles.search.index.backends import for_readers
from articles.search.index.backends.patience import (
    Patience,
    TooLongError,
    rows_of_postgresql,
    rows_of_sqlite,
)
from tests.factories import make_staff, make_tag
from tests.search.archive import counted, criteria, headlines, publish

WITHOUT_END = {
    "sqlite": "WITH RECURSIVE number AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM number) "
    "SELECT count(*) FROM number WHERE n = %s",
    "postgresql": "SELECT pg_sleep(%s + 3600)",
}


def rows(
    sql: str, values: Sequence[Any] = (), seconds: float | None = 0.01
) -> list[tuple[Any, ...]]:
    ask = {"sqlite": rows_of_sqlite, "postgresql": rows_of_postgresql}[connection.vendor]
    return ask(connection, sql, values, None if seconds is None else Patience(seconds))


def out_of_time(*_: object, **__: object) -> Never:
    raise TooLongError


def refused(*_: object) -> Never:
    raise CriteriaError({})


@pytest.fixture
def slow(monkeypatch):
    """Lets the time be up whenever the index is asked in one of these ways."""

    def of(*ways: str) -> None:
        for way in ways:
            monkeypatch.setattr(type(for_readers(connection, Patience())), way, out_of_time)

    return of


@pytest.fixture
def slow_beyond(monkeypatch):
    """Lets the time be up whenever so many positions or more are asked for."""
    backend = type(for_readers(connection, Patience()))
    positions = backend.positions

    def of(limit: int) -> None:
        def limited(*given: Any, **asked: Any) -> list[int]:
            if asked["limit"] >= limit:
                raise TooLongError
            return positions(*given, **asked)

        monkeypatch.setattr(backend, "positions", limited)

    return of


def ends_a_statement_and_goes_on() -> None:
    with pytest.raises(TooLongError):
        rows(WITHOUT_END[connection.vendor], [0])
    assert rows("SELECT 1 UNION ALL SELECT %s ORDER BY 1", [2], 60) == [(1,), (2,)]
    if connection.vendor == "postgresql":
        assert rows("SHOW statement_timeout", seconds=None) == [("0",)]
    else:
        counting = "WITH RECURSIVE number AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM number "
        assert rows(f"{counting} LIMIT 9999) SELECT max(n) FROM number", seconds=None) == [(9999,)]


@pytest.mark.django_db
def test_a_statement_ends_when_its_time_is_up_and_a_transaction_goes_on():
    publish("Gas")
    with transaction.atomic():
        ends_a_statement_and_goes_on()
        publish("Oil")
    assert headlines() == ["Oil", "Gas"]


@pytest.mark.django_db(transaction=True)
def test_a_statement_ends_when_its_time_is_up_where_there_is_no_transaction():
    ends_a_statement_and_goes_on()


@pytest.mark.django_db
def test_one_patience_is_for_all_that_is_asked_with_it():
    publish("Gas")
    patience = Patience(0.01)
    ask = {"sqlite": rows_of_sqlite, "postgresql": rows_of_postgresql}[connection.vendor]
    with pytest.raises(TooLongError):
        ask(connection, WITHOUT_END[connection.vendor], [0], patience)
    with pytest.raises(CriteriaError, match="looks through too much"):
        search.find(criteria(q="gas"), patience=patience)
    with pytest.raises(CriteriaError, match="looks through too much"):
        search.find_after(criteria(q="gas"), None, size=5, patience=patience)
    assert search.facets(criteria(q="gas"), patience=patience).sample == 0
    assert did_you_mean(criteria(q="gass"), patience) is None
    assert headlines(q="gas") == ["Gas"]


@pytest.mark.django_db
def test_a_page_and_an_answer_of_the_api_have_one_patience(monkeypatch, client: Client):
    publish("Gas", tags=[make_tag("fuel")])
    spent, patient = Patience.spent, set()

    def watched(self: Patience) -> Any:
        patient.add(self)
        return spent(self)

    monkeypatch.setattr(Patience, "spent", watched)
    for address in ("/search/?q=gas", "/search/?q=gass", "/api/v1/articles/?q=gas&facets=tag"):
        patient.clear()
        assert client.get(address).status_code == 200
        assert len(patient) == 1


@pytest.mark.django_db
def test_other_errors_stay_what_they_are():
    with pytest.raises(DatabaseError, match="nowhere"), transaction.atomic():
        rows("SELECT 1 FROM nowhere")


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
def test_what_looks_through_too_much_is_refused_with_what_to_do(order, slow, client: Client):
    publish("Gas")
    slow("positions", "newest")
    with pytest.raises(CriteriaError, match="Add a rarer word"):
        search.find(criteria(q="gas", order=order))
    with pytest.raises(CriteriaError, match="Add a rarer word"):
        search.find_after(criteria(q="gas", order=order), None, size=5)
    for address in ("/search/", "/search/feed/", "/api/v1/articles/"):
        answer = client.get(address, {"q": "gas", "order": order})
        assert answer.status_code == 400
        assert "looks through too much" in answer.content.decode()


@pytest.mark.django_db
def test_what_is_excluded_only_is_refused_by_the_name_of_its_parameter(slow):
    publish("Gas", tags=[make_tag("fuel")])
    slow("positions")
    with pytest.raises(CriteriaError) as caught:
        search.find(criteria(tag="-fuel"))
    assert list(caught.value.errors) == ["tag"]


@pytest.mark.django_db
def test_what_takes_too_long_to_count_is_at_least_what_was_found(slow, client: Client):
    for number in range(25):
        publish(f"Gas {number}")
    slow("count")
    assert counted(criteria(q="gas")) == Count(2, is_exact=False)
    answer = client.get("/api/v1/articles/", {"q": "gas"}).json()
    assert (answer["count"], answer["count_relation"]) == (21, "gte")


@pytest.mark.django_db
@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_a_page_is_found_by_itself_where_to_read_more_takes_too_long(
    order, slow_beyond, client: Client
):
    tag = make_tag("fuel")
    for number in range(25):
        publish(f"Gas {number}", tags=[tag])
    whole = search.find(criteria(q="gas", order=order), page=2, size=5)
    slow_beyond(100)
    patience = Patience()
    results = search.find(criteria(q="gas", order=order), page=2, size=5, patience=patience)
    assert results.articles == whole.articles
    assert (results.count, results.has_next) == (Count(10, is_exact=False), True)
    assert results.newest is None
    assert patience.is_at_end, "nothing else is looked for, and the page is not kept"
    last = search.find(criteria(q="gas", order=order), page=5, size=5)
    assert (last.count, last.has_next) == (Count(25), False)
    with pytest.raises(CriteriaError, match="looks through too much"):
        search.find(criteria(q="gas", order=order), page=6, size=5)
    page = client.get("/search/", {"q": "gas", "order": order}).content.decode()
    assert "More than 20 articles" in page
    assert "takes too long to count" in page


@pytest.mark.django_db
def test_half_of_the_time_stays_for_what_cannot_be_done_without():
    publish("Gas")
    patience = Patience(0.5)
    ask = {"sqlite": rows_of_sqlite, "postgresql": rows_of_postgresql}[connection.vendor]
    with pytest.raises(TooLongError), patience.halved():
        ask(connection, WITHOUT_END[connection.vendor], [0], patience)
    assert not patience.is_at_end


@pytest.mark.django_db
def test_an_exact_count_that_takes_too_long_is_refused(slow, client: Client):
    publish("Gas")
    slow("count")
    answer = client.get("/api/v1/articles/", {"q": "gas", "count": "exact"})
    assert answer.status_code == 400
    assert "takes too long" in answer.json()["count"][0]


@pytest.mark.django_db
def test_without_time_there_are_no_facets_and_no_suggestion(slow, client: Client):
    publish("Quetta", tags=[make_tag("fuel")])
    asked = criteria(q="queta")
    slow("counts", "count")
    assert did_you_mean(asked) is None
    slow("positions")
    found = search.facets(criteria(q="quetta"))
    assert (found.facets, found.sample, found.is_exact) == ((), 0, False)


@pytest.mark.django_db
def test_the_page_says_why_there_is_nothing_to_narrow_it_by(monkeypatch, client: Client):
    publish("Gas", tags=[make_tag("fuel")])
    monkeypatch.setattr(import_module("articles.search.finding.facets"), "newest_matches", refused)
    page = client.get("/search/", {"tag": "fuel"})
    assert page.status_code == 200
    assert "takes too long to count" in page.content.decode()


@pytest.mark.django_db
def test_the_desk_is_told_what_looks_through_too_much(slow, client: Client):
    publish("Gas")
    client.force_login(make_staff())
    slow("positions")
    page = client.get("/admin/articles/article/", {"q": "gas"})
    assert page.status_code == 200
    assert "looks through too much" in page.content.decode()
