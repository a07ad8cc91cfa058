import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.search import mark
from tests.search.archive import criteria, headlines, publish

pytestmark = pytest.mark.django_db


def test_a_word_is_found_in_every_form_that_the_archive_has():
    publish("Floods")
    publish("Flooded")
    publish("Flooding")
    publish("Flour")
    assert headlines(q="flood") == ["Flooding", "Flooded", "Floods"]
    assert headlines(q="floods sui") == []


def test_forms_are_those_of_the_language_of_the_articles():
    publish("Zeitungen", language="de")
    publish("Zeitung", language="de")
    publish("سیلاب", language="ur")
    assert headlines(q="zeitung") == ["Zeitung", "Zeitungen"]
    assert headlines(q="سیلاب") == ["سیلاب"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="it walks a small table anyhow")
def test_forms_are_looked_up_and_not_searched_for_among_all_words():
    with CaptureQueriesContext(connection) as captured:
        criteria(q="flood drought")

    (sql,) = (query["sql"] for query in captured if "articles_searchword" in query["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        steps = [step for *_, step in cursor.fetchall()]
    assert any("search_word_by_stem" in step for step in steps)
    assert not any(step.startswith(("SCAN shared", "SCAN articles_searchword")) for step in steps)


def test_what_is_quoted_or_excluded_is_meant_as_it_is_typed():
    publish("Floods")
    publish("Flood waters")
    assert headlines(q='"flood"') == ["Flood waters"]
    assert headlines(q='"flood water"') == []
    assert headlines(q="waters OR floods -flood") == ["Floods"]


def test_by_relevance_the_form_that_was_typed_comes_first():
    publish("Flood levels", paragraphs=["A flood."])
    publish("Minister speaks", paragraphs=["Of the floods."])
    publish("Flood", paragraphs=["Flood flood flood."])
    assert headlines(q="floods", order="relevance") == ["Minister speaks", "Flood", "Flood levels"]
    assert headlines(q="floods") == ["Flood", "Minister speaks", "Flood levels"]


@pytest.mark.parametrize("typed", ["al-Qaeda", "alqaeda", "Al‑Qaeda"])
def test_what_is_joined_is_found_as_one_word_and_as_several(typed):
    publish("Alqaeda")
    publish("Qaeda")
    publish("The al-Qaeda network")
    assert headlines(q=typed) == ["The al-Qaeda network", "Alqaeda"]


@pytest.mark.parametrize(
    ("printed", "typed"),
    [
        ("F-16", "F16"),
        ("F16", "f 16"),
        ("Covid-19", "covid19"),
        ("Tehrik-e-Taliban", "Tehrik e Taliban"),
        ("e-mails", "email"),
        ("Email", "e-mail"),
        ("U.S.", "US"),
        ("US", "U.S."),
        ("AT&T", "att"),
        ("60 km/h", "kmh"),
        ("Rs1,50,000", "150000"),
        ("1500", "1,500"),
        ("2.5", "2.5"),
    ],
)
def test_numbers_and_names_are_found_as_people_type_them(printed, typed):
    publish(f"About {printed} again")
    assert headlines(q=typed) == [f"About {printed} again"]


def test_other_forms_are_marked():
    publish("Floods at the U.S. border")
    query = criteria(q="flood us").query
    assert mark("Floods at the U.S. border", query) == (
        "<mark>Floods</mark> at the <mark>U.S</mark>. border"
    )


def test_headline_words_are_found_in_every_form_and_near_ones_as_typed():
    publish("Floods", paragraphs=["Rain came."])
    publish("Rain", paragraphs=["Floods came."])
    assert headlines(q="headline:flood") == ["Floods"]
    assert headlines(q="flood NEAR came") == []
    assert headlines(q="floods NEAR came") == ["Rain"]


def test_the_forms_of_one_word_take_no_room_from_those_of_another(monkeypatch):
    monkeypatch.setattr("articles.search.asking.forms._MOST_READ", 2)
    for headline in ("Flooded minister", "Flooding ministers", "Floods ministering"):
        publish(headline)
    assert {len(of_one) for of_one in criteria(q="flood minister").forms.values()} == {1, 2}
