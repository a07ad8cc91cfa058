from datetime import UTC, datetime

import pytest

from articles import search
from tests.factories import make_person, make_place, make_tag
from tests.search.archive import counted, criteria, headlines, publish

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


def test_only_the_newest_are_counted_and_it_says_so():
    an_archive()
    found = search.facets(criteria(q="gas"), ["year"], sample=2)
    assert values(found) == {"year": [("2002", 2)]}
    assert not found.is_exact
