"""Slugs that no row has yet."""

import pytest

from articles.models import Person
from articles.models.free_slugs import free_slug, free_slugs
from tests.factories import make_person

pytestmark = pytest.mark.django_db


def test_a_number_tells_namesakes_apart() -> None:
    make_person("Imran Khan", slug="imran-khan")
    make_person("Imran Khan", slug="imran-khan-2")
    assert free_slugs(Person.objects, ["Imran Khan", "Imran Khan", "Asad Umar", "…"]) == [
        "imran-khan-3",
        "imran-khan-4",
        "asad-umar",
        "unnamed",
    ]


def test_it_costs_the_same_queries_however_many_are_taken(
    django_assert_max_num_queries: object,
) -> None:
    for number in range(2, 12):
        make_person("A B", slug=f"a-b-{number}")
    make_person("A B", slug="a-b")
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        assert free_slug(Person.objects, "A B") == "a-b-12"
