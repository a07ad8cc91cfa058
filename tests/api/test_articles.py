"""Articles over the API: their shape, their filters, and what is not shown."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date
from pytest_django import DjangoAssertNumQueries

from articles.api import keys
from articles.api.pagination import Cursor
from articles.api.selection import Changed
from articles.models import (
    Address,
    Article,
    CommentPolicy,
    CommentState,
    CorrectionKind,
    MentionState,
    Status,
)
from articles.search import Patience
from tests import factories
from tests.api.conftest import Archive, Get, index, make_public

pytestmark = pytest.mark.django_db

KEYS = [
    "id", "url", "html_url", "headline", "slug", "summary", "body", "dateline", "status",
    "published_at", "updated_at", "language", "section", "authors", "tags", "places", "people",
    "organisations", "image", "corrections", "comments", "revision", "source", "word_count",
]  # fmt: skip


def headlines(answer: Any) -> list[str]:
    return [article["headline"] for article in answer["results"]]


def test_an_article_has_the_promised_keys_in_their_order(get: Get, archive: Archive) -> None:
    assert list(get(f"articles/{archive.article.pk}/")) == KEYS
    in_list = get("articles/")["results"][0]
    assert list(in_list) == [key for key in KEYS if key != "body"]


def test_an_article_says_all_that_is_known_of_it(get: Get, archive: Archive) -> None:
    article = archive.article
    answer = get(f"articles/{article.pk}/")
    assert answer["url"] == f"http://testserver/api/v1/articles/{article.pk}/"
    assert answer["html_url"] == f"http://testserver{article.path}"
    assert answer["body"] == article.body
    assert answer["status"] == "published"
    assert answer["published_at"] == "2026-02-01T12:00:00+00:00"
    assert answer["section"] == {
        "id": archive.section.pk,
        "url": f"http://testserver/api/v1/sections/{archive.section.pk}/",
        "html_url": "http://testserver/sections/national/",
        "name": "National",
        "slug": "national",
    }
    assert [author["name"] for author in answer["authors"]] == ["Sample Desk"]
    assert [tag["slug"] for tag in answer["tags"]] == ["security"]
    assert [(place["name"], place["role"]) for place in answer["places"]] == [("Quetta", "about")]
    assert list(answer["people"][0]) == ["id", "url", "html_url", "name", "slug", "role", "title"]
    assert answer["people"][0]["title"] == "Chief Minister"
    assert answer["organisations"][0]["role"] == "mentioned"
    assert answer["dateline"]["place"]["slug"] == "quetta"
    assert answer["dateline"]["text"] == "QUETTA:"
    assert answer["image"]["file"].startswith("http://testserver/media/")
    assert answer["corrections"][0]["text"] == "A number was wrong."
    assert answer["comments"] == {
        "open": True,
        "count": 0,
        "url": f"http://testserver/api/v1/articles/{article.pk}/comments/",
    }


def test_an_article_with_nothing_around_it_has_every_key_too(get: Get) -> None:
    answer = get(f"articles/{make_public().pk}/")
    assert list(answer) == KEYS
    assert answer["section"] is None
    assert answer["image"] is None
    assert answer["dateline"] == {"place": None, "text": "", "date": None, "year_is_guess": False}
    assert answer["places"] == answer["people"] == answer["authors"] == []


def test_links_are_readable_by_machines_whatever_the_script(get: Get) -> None:
    article = make_public("کوئٹہ میں بارش")
    answer = get(f"articles/{article.pk}/")
    assert answer["html_url"].isascii()
    assert answer["headline"] == "کوئٹہ میں بارش"


@pytest.mark.parametrize(
    ("parameter", "entity"),
    [
        ("place", "quetta"),
        ("place", "balochistan"),
        ("dateline", "quetta"),
        ("person", "person"),
        ("organisation", "organisation"),
        ("tag", "tag"),
        ("section", "section"),
        ("author", "author"),
    ],
)
def test_articles_are_found_by_what_they_are_listed_under(
    get: Get, archive: Archive, parameter: str, entity: str
) -> None:
    make_public("Elsewhere")
    found = getattr(archive, entity)
    for value in (found.slug, found.pk):
        answer = get("articles/", {parameter: value})
        assert headlines(answer) == ["Attacks across Balochistan"]
        assert (answer["count"], answer["count_relation"]) == (1, "eq")


def test_articles_are_found_by_date_words_and_language(get: Get) -> None:
    make_public("Floods in Sibi", published=datetime(2010, 8, 1, tzinfo=UTC))
    make_public("Snow in Ziarat", published=datetime(2012, 1, 5, tzinfo=UTC), language="ur")
    assert headlines(get("articles/", {"from": "2012"})) == ["Snow in Ziarat"]
    assert headlines(get("articles/", {"to": "2010-08"})) == ["Floods in Sibi"]
    assert headlines(get("articles/", {"q": "floods"})) == ["Floods in Sibi"]
    assert headlines(get("articles/", {"language": "ur"})) == ["Snow in Ziarat"]


def test_several_values_are_both_with_a_comma_and_either_with_a_bar(get: Get) -> None:
    gas, coal = factories.make_tag("gas"), factories.make_tag("coal")
    make_public("Gas", tags=[gas])
    make_public("Coal", tags=[coal])
    make_public("Gas and coal", tags=[gas, coal])
    assert headlines(get("articles/", {"tag": "gas,coal"})) == ["Gas and coal"]
    assert sorted(headlines(get("articles/", {"tag": "gas|coal"}))) == [
        "Coal",
        "Gas",
        "Gas and coal",
    ]


@pytest.mark.parametrize(
    ("order", "expected"), [("newest", ["New", "Old"]), ("oldest", ["Old", "New"])]
)
def test_the_order_is_chosen(get: Get, order: str, expected: list[str]) -> None:
    make_public("Old", published=datetime(1999, 1, 1, tzinfo=UTC))
    make_public("New", published=datetime(2020, 1, 1, tzinfo=UTC))
    assert headlines(get("articles/", {"order": order})) == expected
    assert headlines(get("articles/", {"order": order, "language": "en"})) == expected


def test_an_article_is_found_by_its_address_and_by_the_ones_it_had(get: Get) -> None:
    article = make_public()
    Address.objects.create(path="/?p=123", article=article)
    Address.objects.create(path="/archives/کوئٹہ/", article=article)
    for path in (
        article.path,
        f"http://testserver{article.path}",
        "/?p=123",
        "/archives/%DA%A9%D9%88%D8%A6%D9%B9%DB%81/",
    ):
        answer = get("articles/", {"path": path})
        assert [found["id"] for found in answer["results"]] == [article.pk]
    assert list(get("articles/", {"path": "/nothing/"}, status=400)) == ["path"]


def test_what_changed_since_comes_in_the_order_of_change(get: Get) -> None:
    hour = datetime(2026, 3, 1, 12, tzinfo=UTC)
    for headline, hours in (("Second", 2), ("First", 1), ("Before", -1)):
        make_public(headline, updated_at=hour + timedelta(hours=hours))
    first = get("articles/", {"updated_since": "2026-03-01T12:00:00Z", "page_size": 1})
    assert (headlines(first), first["count"]) == (["First"], 2)
    assert headlines(get(first["next"])) == ["Second"]


def test_what_the_clock_makes_public_has_changed_then(get: Get, client: Client) -> None:
    now = timezone.now().replace(microsecond=0)
    scheduled, due = now - timedelta(hours=3), now - timedelta(hours=1)
    article = make_public("Scheduled", status=Status.SCHEDULED, published=due, updated_at=scheduled)
    make_public("Ahead", status=Status.SCHEDULED, published=now + timedelta(hours=1))
    for headline, ago in (("Before", 2), ("After", 0)):
        make_public(headline, published=scheduled, updated_at=now - timedelta(hours=ago))
    polled = get("articles/", {"updated_since": due.isoformat(), "page_size": 1})
    assert (headlines(polled), polled["count"]) == (["Scheduled"], 2)
    assert polled["results"][0]["updated_at"] == timezone.localtime(due).isoformat()
    second = get(polled["next"])
    assert headlines(second) == ["After"]
    assert headlines(get(second["previous"])) == ["Scheduled"]
    assert len(get("articles/", {"updated_since": scheduled.isoformat()})["results"]) == 3
    assert client.get(f"/api/v1/articles/{article.pk}/")["Last-Modified"] == http_date(
        due.timestamp()
    )
    feed = get("articles/", {"format": "feed"})["items"]
    assert all(item["date_modified"] >= item["date_published"] for item in feed)
    ninjs = get(f"articles/{article.pk}/", {"format": "ninjs"})
    assert ninjs["versioncreated"] == timezone.localtime(due).isoformat()


def test_what_changed_is_a_range_of_an_index() -> None:
    changed = Changed(timezone.now() - timedelta(days=1))
    with CaptureQueriesContext(connection) as asked:
        changed.read(Cursor((timezone.now().isoformat(), 1)), 20, exact=False, patience=Patience())
    (page, _) = asked.captured_queries
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {page['sql']}")
        else:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute(f"EXPLAIN {page['sql']}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())
    assert "article_changed_for_readers" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_only_the_keys_asked_for_are_given(get: Get, archive: Archive) -> None:
    answer = get("articles/", {"fields": "word_count,headline"})
    assert answer["results"] == [{"headline": "Attacks across Balochistan", "word_count": 2}]
    assert list(get(f"articles/{archive.article.pk}/", {"fields": "slug"})) == ["slug"]


def test_more_is_included_on_request(get: Get, archive: Archive) -> None:
    article = archive.article
    factories.make_comment(article, text="Well said.")
    article.revisions.create(
        number=1,
        created_at=timezone.now(),
        public_from=article.public_from,
        snapshot={
            "headline": "Attacks", "summary": "", "body": "<p>First.</p>", "language": "en",
            "section": "", "authors": [], "tags": [], "embargo_until": "secret",
        },
    )  # fmt: skip
    answer = get("articles/", {"include": "body,comments,revisions"})["results"][0]
    assert answer["body"] == article.body
    assert [comment["html"] for comment in answer["comments"]["results"]] == ["<p>Well said.</p>"]
    assert [revision["headline"] for revision in answer["revisions"]] == ["Attacks"]
    assert "embargo_until" not in answer["revisions"][0]


def test_facets_count_what_narrows_the_list(get: Get, archive: Archive) -> None:
    facets = get("articles/", {"facets": "place,year"})["facets"]
    assert (facets["counted"], facets["is_complete"]) == (1, True)
    quetta = next(value for value in facets["values"]["place"] if value["slug"] == "quetta")
    assert (quetta["name"], quetta["count"]) == ("Quetta", 1)
    assert headlines(get(quetta["url"])) == ["Attacks across Balochistan"]
    assert [year["slug"] for year in facets["values"]["year"]] == ["2026"]


def test_each_facet_asked_for_is_there_with_nothing_to_count_too(
    get: Get, archive: Archive
) -> None:
    asked = {"facets": "section,organisation,section", "section": "national"}
    values = get("articles/", asked)["facets"]["values"]
    assert (list(values), values["section"]) == (["section", "organisation"], [])
    nothing = get("articles/", {"facets": "place,year", "q": "unheardof"})["facets"]
    assert nothing["values"] == {"place": [], "year": []}


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"places": "quetta"}, "places"),
        ({"place": "atlantis"}, "place"),
        ({"from": "yesterday"}, "from"),
        ({"order": "random"}, "order"),
        ({"order": "relevance"}, "order"),
        ({"fields": "headline,password"}, "fields"),
        ({"include": "everything"}, "include"),
        ({"facets": "colour"}, "facets"),
        ({"page_size": "101"}, "page_size"),
        ({"page_size": "0"}, "page_size"),
        ({"page_size": "many"}, "page_size"),
        ({"count": "all"}, "count"),
        ({"cursor": "nonsense"}, "cursor"),
        ({"updated_since": "2026-02-30"}, "updated_since"),
        ({"updated_since": "0001-01-01T00:00:00+14:00"}, "updated_since"),
        ({"updated_since": "2026-01-01", "tag": "gas"}, "updated_since"),
        ({"path": "/", "q": "gas"}, "path"),
        ({"path": "http://[/"}, "path"),
        ({"path": "/%00/"}, "path"),
        ({"path": "/", "facets": "place"}, "path"),
        ({"tag": "\0"}, "tag"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(
    get: Get, params: dict[str, str], named: str
) -> None:
    answer = get("articles/", params, status=400)
    assert list(answer) == [named]
    assert answer[named][0]


@pytest.mark.parametrize("typed", ["|", "||", ",", "| ,"])
def test_words_that_say_nothing_find_nothing(get: Get, typed: str) -> None:
    assert get("articles/", {"q": typed})["results"] == []


@pytest.mark.parametrize("typed", ["\0", "quake\0", "qua\0ke", "place:\0", "place:que\0tta", '"\0'])
def test_a_nul_is_searched_for_as_on_the_search_page(get: Get, client: Client, typed: str) -> None:
    article = make_public("Quake in Quetta")
    page = client.get("/search/", {"q": typed})
    assert page.status_code == 200
    found = headlines(get("articles/", {"q": typed}))
    assert (article.get_absolute_url() in page.content.decode()) == (found == [article.headline])


def test_what_was_taken_otherwise_than_meant_is_said(get: Get, archive: Archive) -> None:
    answer = get("articles/", {"q": "attacks place:atlantis"})
    (note,) = answer["notes"]
    assert "atlantis" in note
    assert "notes" not in get("articles/", {"q": "attacks place:quetta"})
    assert "notes" not in get("articles/")


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("fields=id&fields=slug", "fields"),
        ("page_size=5&page_size=7", "page_size"),
        ("order=newest&order=oldest", "order"),
        ("q=a&q=b", "q"),
        ("from=2025&from=2026", "from"),
        ("format=json&format=csv", "format"),
        ("tag=,", "tag"),
        ("tag=security&tag=|", "tag"),
        ("language=%20|%20", "language"),
        ("fields=", "fields"),
        ("updated_since=", "updated_since"),
        ("path=", "path"),
        ("status=", "status"),
    ],
)
def test_nothing_that_is_sent_is_passed_over(
    get: Get, archive: Archive, query: str, named: str
) -> None:
    answer = get(f"articles/?{query}", status=400)
    assert list(answer) == [named]
    assert answer[named][0].startswith(("Given twice", "It has no value"))


def test_several_filters_by_one_name_are_all_met(get: Get, archive: Archive) -> None:
    gas = factories.make_tag("gas")
    make_public("Only gas", tags=[gas])
    make_public("Both", tags=[gas, archive.tag])
    assert headlines(get("articles/?tag=security&tag=gas")) == ["Both"]


def test_what_a_form_leaves_empty_is_not_asked_for(get: Get, archive: Archive) -> None:
    assert get("articles/?q=&tag=&place=%20&from=&to=&order=")["count"] == 1


def test_an_unknown_parameter_is_told_the_known_ones(get: Get) -> None:
    message = get("articles/", {"places": "quetta"}, status=400)["places"][0]
    assert "place," in message
    assert "updated_since" in message


@pytest.mark.parametrize(
    "hidden",
    [
        {"published": None},
        {"status": Status.IN_REVIEW},
        {"status": Status.SCHEDULED, "published": timezone.now() + timedelta(days=1)},
        {"embargo_until": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_is_not_public_is_nowhere(get: Get, hidden: dict[str, Any]) -> None:
    tag = factories.make_tag("secret")
    person = factories.make_person("Whistle Blower")
    article = factories.make_article("Secret", tags=[tag], lead_image=factories.make_image(),
                                     **hidden)  # fmt: skip
    factories.make_mention(article, person)
    comment = factories.make_comment(article)
    index(article)
    for listed in ("articles", "tags", "people", "images", "comments"):
        answer = get(f"{listed}/")
        assert (answer["count"], answer["results"]) == (0, [])
    get("articles/", {"person": person.slug}, status=400)
    for params in ({"q": "secret"}, {"count": "exact"}):
        answer = get("articles/", params)
        assert (answer["count"], answer["results"]) == (0, [])
    assert get("articles/", {"facets": "tag,person"})["facets"]["values"] == {
        "tag": [],
        "person": [],
    }
    if article.path:
        get("articles/", {"path": article.path}, status=400)
    get("comments/", {"article": article.pk}, status=400)
    for path in (
        f"articles/{article.pk}/",
        f"articles/{article.pk}/comments/",
        f"articles/{article.pk}/revisions/",
        f"comments/{comment.pk}/",
        f"images/{article.lead_image_id}/",
        "tags/secret/",
        "people/whistle-blower/",
    ):
        assert get(path, status=404) == {"detail": "Not found."}


def test_a_withdrawn_article_answers_with_its_notice(get: Get) -> None:
    article = make_public("Wrong")
    Article.objects.filter(pk=article.pk).update(status=Status.WITHDRAWN)
    article.corrections.create(kind=CorrectionKind.WITHDRAWAL, text="It was not so.")
    index(article)
    for path in ("", "comments/", "revisions/"):
        answer = get(f"articles/{article.pk}/{path}", status=410)
        assert answer == {"detail": "It was not so."}
    assert get("articles/")["results"] == []


def test_suggested_and_rejected_mentions_are_not_shown(get: Get) -> None:
    article = make_public()
    factories.make_mention(article, factories.make_place(), state=MentionState.SUGGESTED)
    factories.make_mention(article, factories.make_person(), state=MentionState.REJECTED)
    answer = get(f"articles/{article.pk}/")
    assert answer["places"] == answer["people"] == []


def test_a_hidden_discussion_has_no_comments(get: Get) -> None:
    article = make_public(comment_policy=CommentPolicy.HIDDEN, comment_count=1)
    comment = factories.make_comment(article, state=CommentState.APPROVED)
    answer = get("articles/", {"include": "comments"})["results"][0]["comments"]
    assert (answer["open"], answer["count"], answer["results"]) == (False, 0, [])
    assert get(f"articles/{article.pk}/comments/")["results"] == []
    get(f"comments/{comment.pk}/", status=404)


def make_many(number: int) -> None:
    """Articles that have several of everything."""
    places = [factories.make_place() for _ in range(5)]
    people = [factories.make_person() for _ in range(3)]
    tags = [factories.make_tag() for _ in range(4)]
    authors = [factories.make_author() for _ in range(2)]
    section = factories.make_section()
    articles = []
    for _ in range(number):
        article = factories.make_article(
            "Many", section=section, tags=tags, authors=authors,
            lead_image=factories.make_image(), dateline_place=places[0],
        )  # fmt: skip
        for place in places:
            factories.make_mention(article, place)
        for person in people:
            factories.make_mention(article, person)
        article.corrections.create(text="A correction.")
        factories.make_comment(article)
        articles.append(article)
    index(*articles)


@pytest.mark.parametrize(
    "params",
    [
        {},
        {"include": "body"},
        {"include": "body,comments,revisions"},
        {"fields": "headline"},
        {"from": "2000", "language": "en", "include": "body"},
        {"q": "many", "include": "body"},
    ],
)
def test_a_list_takes_few_queries_however_long_it_is(get: Get, params: dict[str, str]) -> None:
    def queries(page_size: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = get("articles/", params | {"page_size": page_size})
        assert len(answer["results"]) == page_size
        return len(captured)

    make_many(12)
    get("articles/", params)
    assert queries(1) == queries(12) <= 9


@pytest.mark.django_db(transaction=True)
def test_words_a_filter_and_bodies_take_eight_queries_in_an_archive_that_changes(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    make_many(12)
    _, text = keys.make("Partner", user=factories.make_staff())
    address = "/api/v1/articles/?q=many&language=en&include=body&count=exact"
    headers = {"Authorization": f"Bearer {text}"}
    client.get(address, headers=headers)
    make_many(1)
    with django_assert_max_num_queries(8):
        assert len(client.get(address, headers=headers).json()["results"]) == 13


def test_one_article_takes_three_queries(
    get: Get, archive: Archive, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        get(f"articles/{archive.article.pk}/")


def test_reading_sets_no_cookie(client: Client, archive: Archive) -> None:
    assert not client.get("/api/v1/articles/").cookies
