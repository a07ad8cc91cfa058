from datetime import UTC, datetime
from importlib import import_module
from typing import Any

import pytest

from articles import search
from articles.models import ArticleFacets, Person
from articles.search.finding.facets import Branch
from tests.factories import make_author, make_person, make_place, make_tag
from tests.search.archive import counted, criteria, headlines, index, publish

pytestmark = pytest.mark.django_db


def values(found: search.Facets) -> dict[str, list[tuple[str, int]]]:
    return {
        facet.parameter: [(value.choice.name, value.count) for value in facet.values]
        for facet in found.facets
    }


def an_archive() -> None:
    pakistan = make_place("Pakistan")
    quetta, gwadar = make_place("Quetta", pakistan), make_place("Gwadar", pakistan)
    person, tag = make_person("Mohsin Naqvi"), make_tag("ports")
    publish("Gas one", published=datetime(2001, 5, 1, tzinfo=UTC), about=[quetta, person])
    publish("Gas two", published=datetime(2002, 5, 1, tzinfo=UTC), about=[gwadar], tags=[tag])
    publish("Gas three", published=datetime(2002, 6, 1, tzinfo=UTC), about=[gwadar])
    publish("Oil", published=datetime(2002, 6, 1, tzinfo=UTC), about=[quetta], tags=[tag])


def test_counts_to_narrow_by():
    an_archive()
    found = search.facets(criteria(q="gas"))
    assert values(found) == {
        "place": [("Pakistan", 3), ("Gwadar", 2), ("Quetta", 1)],
        "person": [("Mohsin Naqvi", 1)],
        "tag": [("ports", 1)],
        "year": [("2002", 2), ("2001", 1)],
    }
    assert found.is_exact
    assert found.sample == 3


def test_a_value_leads_to_as_many_articles_as_it_says():
    an_archive()
    for facet in search.facets(criteria(q="gas")).facets:
        for value in facet.values:
            assert counted(value.criteria).number == value.count
            assert search.parse({k: [v] for k, v in value.criteria.params}) == value.criteria


def test_what_is_chosen_already_is_not_offered_again():
    an_archive()
    found = search.facets(criteria(q="gas", place="gwadar"), ["place"])
    assert values(found) == {"place": [("Pakistan", 2)]}
    assert headlines(q="gas", place="gwadar,pakistan") == ["Gas three", "Gas two"]


@pytest.mark.parametrize(
    ("span", "years"),
    [
        ({}, [("2014", 1), ("2013", 4), ("2012", 1)]),
        ({"from_": "2013-09"}, [("2014", 1), ("2013", 2)]),
        ({"to": "2013-09"}, [("2013", 2), ("2012", 1)]),
        ({"from_": "2012-06", "to": "2013"}, [("2013", 4), ("2012", 1)]),
        ({"from_": "2013-09", "to": "2013"}, []),
        ({"from_": "2013", "to": "2013"}, []),
        ({"from_": "2013-01", "to": "2013-12-31"}, []),
    ],
)
def test_a_year_narrows_the_time_asked_for_and_never_widens_it(span, years):
    for year, month in ((2012, 7), (2013, 2), (2013, 3), (2013, 10), (2013, 11), (2014, 1)):
        publish("Gas", published=datetime(year, month, 5, tzinfo=UTC))

    found = search.facets(criteria(q="gas", **span), ["year"])

    assert values(found) == ({"year": years} if years else {})
    for facet in found.facets:
        for value in facet.values:
            assert counted(value.criteria).number == value.count


def test_nothing_is_offered_that_could_not_be_asked_for():
    places = [make_place(f"Town {number}") for number in range(21)]
    publish("Gas", about=places, tags=[make_tag("ports")])
    asked = criteria(q="gas", place="|".join(place.slug for place in places[:20]))
    assert values(search.facets(asked, ["place", "tag"])) == {"tag": [("ports", 1)]}


def test_only_the_newest_are_counted_and_it_says_so():
    an_archive()
    found = search.facets(criteria(q="gas"), ["year"], sample=2)
    assert values(found) == {"year": [("2002", 2)]}
    assert not found.is_exact


def test_authors_are_counted():
    publish("Gas one", authors=[make_author("Quetta desk"), make_author("Somebody")])
    publish("Gas two", authors=[make_author("Somebody else")])
    (authors,) = search.facets(criteria(q="gas"), ["author"]).facets
    assert {value.choice.name for value in authors.values} == {
        "Quetta desk",
        "Somebody",
        "Somebody else",
    }


def test_places_stand_below_what_they_lie_in_and_after_it():
    pakistan = make_place("Pakistan", kind="country")
    balochistan = make_place("Balochistan", pakistan, kind="division")
    quetta, gwadar = make_place("Quetta", balochistan), make_place("Gwadar", balochistan)
    iran = make_place("Iran", kind="country")
    publish("Gas one", about=[quetta, pakistan])
    publish("Gas two", about=[quetta, balochistan])
    publish("Gas three", about=[gwadar, iran])
    publish("Gas four", about=[iran])

    (places,) = search.facets(criteria(q="gas"), ["place"]).facets

    assert shape(places.tree) == [
        ("Pakistan", 3, [("Balochistan", 3, [("Quetta", 2, []), ("Gwadar", 1, [])])]),
        ("Iran", 2, []),
    ]
    # The same in a row, in which equals stand as they lie in one another.
    assert [value.choice.name for value in places.values] == [
        "Pakistan",
        "Balochistan",
        "Iran",
        "Quetta",
        "Gwadar",
    ]


def test_a_town_stands_below_its_country_where_its_province_is_chosen():
    pakistan = make_place("Pakistan", kind="country")
    balochistan = make_place("Balochistan", pakistan, kind="division")
    publish("Gas", about=[make_place("Quetta", balochistan)])

    (places,) = search.facets(criteria(place="balochistan"), ["place"]).facets

    assert shape(places.tree) == [("Pakistan", 1, [("Quetta", 1, [])])]


def test_a_person_is_no_place_though_they_have_one_number():
    country = make_place("Country", pk=7001)
    town = make_place("Town", country, pk=7002)
    people = [make_person("Somebody", pk=7001), make_person("Somebody else", pk=7002)]
    publish("Gas", about=[town, *people])
    (found,) = search.facets(criteria(q="gas"), ["person"]).facets
    assert shape(found.tree) == [("Somebody", 1, []), ("Somebody else", 1, [])]


def test_an_article_is_counted_as_it_is_now():
    old, new = make_tag("old"), make_tag("new")
    article = publish("Gas", tags=[old])
    article.tags.set([new])
    index(article)
    assert values(search.facets(criteria(q="gas"), ["tag"])) == {"tag": [("new", 1)]}
    article.status = "draft"
    article.save()
    index(article)
    assert not ArticleFacets.objects.exists()


def test_what_was_merged_is_counted_as_what_it_was_merged_into_before_the_index_knows():
    source, target = make_person("M. Naqvi"), make_person("Mohsin Naqvi")
    publish("Gas one", about=[source])
    publish("Gas two", about=[target])
    Person.objects.filter(pk=source.pk).update(merged_into=target)
    found = search.facets(criteria(q="gas"), ["person"])
    assert values(found) == {"person": [("Mohsin Naqvi", 2)]}
    assert values(search.facets(criteria(q="gas", person="mohsin-naqvi"), ["person"])) == {}


def shape(tree: tuple[Branch, ...]) -> list[tuple[str, int, list[Any]]]:
    return [(branch.value.choice.name, branch.value.count, shape(branch.inside)) for branch in tree]


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
def test_of_values_as_frequent_those_are_shown_that_came_first(order, monkeypatch):
    monkeypatch.setattr(import_module("articles.search.finding.facets"), "VALUES", 2)
    tags = [make_tag(name) for name in ("b", "c", "a")]
    for number in order:
        publish("Gas", tags=[tags[number]])
    assert values(search.facets(criteria(q="gas"), ["tag"])) == {"tag": [("b", 1), ("c", 1)]}
