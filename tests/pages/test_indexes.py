"""The indexes of people, organisations, places and topics."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from articles.models import Organisation, Person, Status
from articles.pages.leafing import PAGE_SIZE
from tests.factories import (
    make_article,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_tag,
)

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


def lines(page: str) -> list[tuple[str, str]]:
    """The names on the page with the numbers beside them."""
    return re.findall(r'<li><a href="[^"]+">([^<]+)</a>.*?<span class="count ui">(\d+)<', page)


@pytest.fixture
def named(listed):
    """Brings an entity into so many articles."""

    def name(entity: Person | Organisation, times: int = 1, **fields: Any) -> None:
        articles = [make_article(**fields) for _ in range(times)]
        for article in articles:
            make_mention(article, entity)
        listed(*articles)

    return name


def test_the_most_written_about_come_first(client, named):
    named(make_person("Amina"), 1)
    named(make_person("Zahra"), 3)
    named(make_person("Bilal"), 1)

    assert lines(text(client.get("/people/"))) == [("Amina", "1"), ("Bilal", "1"), ("Zahra", "3")]
    assert lines(text(client.get("/people/?order=most"))) == [
        ("Zahra", "3"),
        ("Amina", "1"),
        ("Bilal", "1"),
    ]


def test_what_is_due_later_is_not_counted_and_names_nobody(client, named):
    later = {"published": timezone.now() + timedelta(days=1), "status": Status.SCHEDULED}
    amina = make_person("Amina")
    named(amina, 1)
    named(amina, 4, **later)
    named(make_person("Hidden"), 9, **later)

    for address in ("/people/", "/people/?order=most"):
        assert lines(text(client.get(address))) == [("Amina", "1")]


def test_a_long_index_is_leafed_through_from_name_to_name_and_back(client, listed):
    article = make_article()
    for number in range(2 * PAGE_SIZE + 1):
        make_mention(article, make_person(f"A {number:03}"))
    listed(article)

    for address in ("/people/?letter=a", "/people/?order=most"):
        first = text(client.get(address))
        second = text(client.get("/people/" + link(first, "next")))
        third = text(client.get("/people/" + link(second, "next")))

        pages = [lines(page) for page in (first, second, third)]
        assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 1]
        assert len({line for page in pages for line in page}) == 2 * PAGE_SIZE + 1
        assert lines(text(client.get("/people/" + link(third, "prev")))) == pages[1]
        assert lines(text(client.get("/people/" + link(second, "prev")))) == pages[0]
        assert 'rel="prev"' not in first
        assert 'rel="next"' not in third


def link(page: str, rel: str) -> str:
    found = re.search(f'<a rel="{rel}" href="([^"]+)"', page)
    assert found
    return found[1].replace("&amp;", "&")


@pytest.mark.parametrize(
    "query", ["order=x", "letter=1", "order=most&after=nobody", "letter=a&after=zzz"]
)
def test_a_part_that_there_is_not_is_not_found(client, named, query):
    named(make_person("Amina"))

    assert client.get(f"/people/?{query}").status_code == 404


def test_organisations_can_be_narrowed_to_a_kind(client, named):
    named(make_organisation("The bank", kind="bank"))
    named(make_organisation("The party", kind="political party"))

    page = text(client.get("/organisations/?kind=bank"))

    assert lines(page) == [("The bank", "1")]
    assert '<a href="/organisations/?kind=bank">Bank</a>' in text(
        client.get("/organisations/the-bank/")
    )


def test_people_and_organisations_can_be_narrowed_to_a_country(client, named):
    karachi, kabul = make_place(country_code="PK"), make_place(country_code="AF")
    for place, letter in ((karachi, "A"), (kabul, "B")):
        person = make_person(f"{letter} person")
        person.positions.create(title="Mayor", place=place)
        named(person)
        named(make_organisation(f"{letter} body", place=place))

    for address, name in (("/people/", "A person"), ("/organisations/", "A body")):
        for query in ("?country=pk", "?country=PK&order=most"):
            assert lines(text(client.get(address + query))) == [(name, "1")]
        assert "known to belong" in text(client.get(f"{address}?country=XX"))


def test_topics_are_ranked_too(client, listed):
    floods, cricket = make_tag("floods"), make_tag("cricket")
    listed(make_article(tags=[floods]), make_article(tags=[floods, cricket]))

    assert lines(text(client.get("/tags/?order=most"))) == [("floods", "2"), ("cricket", "1")]
