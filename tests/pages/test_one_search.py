"""A search finds the same articles on its page, in its feed and over the API."""

import re
from datetime import UTC, datetime

import pytest

from tests.factories import (
    make_article,
    make_author,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db

SEARCHES = [
    "q=gas",
    'q="gas field"',
    "q=gas OR port",
    "q=gas -field",
    "q=gas*&order=oldest",
    "q=gas&order=relevance",
    "q=کوئٹہ",
    "q=place:quetta gas",
    'q=person:"Mohsin Naqvi"',
    "q=nothing at all",
    "place=pakistan",
    "place=quetta,pakistan",
    "place=quetta|gwadar&order=oldest",
    "dateline=quetta",
    "person=mohsin-naqvi&q=gas",
    "organisation=ogdcl",
    "tag=-energy",
    "section=business&from=2001",
    "author=quetta-desk&to=2001-12",
    "language=ur",
    "from=2001&to=2002",
]


@pytest.fixture
def archive(listed):
    pakistan = make_place("Pakistan")
    quetta = make_place("Quetta", pakistan, names=["کوئٹہ"])
    gwadar = make_place("Gwadar", pakistan)
    person, company = make_person("Mohsin Naqvi"), make_organisation("OGDCL")
    tag, section, author = make_tag("energy"), make_section("Business"), make_author("Quetta Desk")
    articles = [
        make_article(
            headline,
            slug=f"article-{number}",
            paragraphs=[f"{headline}, they say."],
            published=datetime(2000 + number // 3, 1 + number, 1, tzinfo=UTC),
            language="ur" if number == 7 else "en",
            section=section if number % 2 else None,
            authors=[author] if number % 3 else [],
            tags=[tag] if number % 4 else [],
            dateline_place=quetta if number % 3 == 0 else None,
        )
        for number, headline in enumerate(
            [
                "Gas field",
                "Gas",
                "Port",
                "Gas pipe",
                "Gas field closed",
                "Ports",
                "Gasfields",
                "کوئٹہ",
            ]
        )
    ]
    for number, article in enumerate(articles):
        make_mention(article, quetta if number % 2 else gwadar)
        if number % 3 == 1:
            make_mention(article, person)
            make_mention(article, company)
    listed(*articles)


@pytest.mark.parametrize("search", SEARCHES)
def test_page_feed_and_api_find_the_same(client, archive, search):
    page = client.get(f"/search/?{search}")
    feed = client.get(f"/search/feed/?{search}")
    answer = client.get(f"/api/v1/articles/?{search}&count=exact")

    assert [one.status_code for one in (page, feed, answer)] == [200, 200, 200]
    found = [result["slug"] for result in answer.json()["results"]]
    assert re.findall(r'<h3><a href="/[\d/]+/([^/]+)/"', page.content.decode()) == found
    entries = feed.content.decode().split("<entry>")[1:]
    assert [re.findall(r"/(article-\d+)/", entry)[0] for entry in entries] == found
    assert answer.json()["count"] == len(found)
    assert bool(found) != (search == "q=nothing at all")


@pytest.mark.parametrize(
    "search", ["place=nowhere", "from=yesterday", "order=best", "colour=red", "order=relevance"]
)
def test_page_feed_and_api_refuse_the_same(client, archive, search):
    for address in ("/search/", "/search/feed/", "/api/v1/articles/"):
        assert client.get(f"{address}?{search}").status_code == 400, address
