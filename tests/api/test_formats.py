"""The forms of answers besides JSON: ninjs, JSON Feed, CSV, and how one is chosen."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from pytest_django import DjangoAssertNumQueries
from referencing import Registry, Resource

from articles.models import MentionRole, WireDetails
from tests import factories
from tests.api.conftest import Archive, Get, index, make_public

pytestmark = pytest.mark.django_db


def table(response: Any) -> list[dict[str, str]]:
    """The rows of an answer in CSV, by the names of its columns."""
    content = response.getvalue().decode()
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(content, newline="")))


class TestChoosing:
    @pytest.mark.parametrize(
        ("accept", "kind"),
        [
            ("*/*", "application/json"),
            ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
            ("application/ninjs+json", "application/ninjs+json"),
            ("application/feed+json, application/json;q=0.5", "application/feed+json"),
            ("application/json;q=0.5, text/csv", "text/csv; charset=utf-8"),
            ("text/*", "text/csv; charset=utf-8"),
            ("application/json;q=0, application/*", "application/ninjs+json"),
        ],
    )
    def test_by_what_is_accepted(self, client: Client, accept: str, kind: str) -> None:
        response = client.get("/api/v1/articles/", headers={"Accept": accept})
        assert response["Content-Type"] == kind
        assert "Accept" in response["Vary"]

    def test_a_format_in_the_address_goes_before_what_is_accepted(self, client: Client) -> None:
        response = client.get("/api/v1/articles/?format=feed", headers={"Accept": "text/csv"})
        assert response["Content-Type"] == "application/feed+json"

    def test_an_unknown_format_is_refused_with_those_there_are(self, get: Get) -> None:
        answer = get("articles/?format=xml", status=400)
        assert answer == {"format": ["“xml” is none of: json, ninjs, feed, csv."]}
        assert get("places/?format=ninjs", status=400) == {
            "format": ["“ninjs” is none of: json, csv."]
        }

    @pytest.mark.parametrize("accept", ["text/html", "application/json;q=0", "text/csv;q=2", ","])
    def test_what_accepts_none_of_the_forms_is_told_which_there_are(
        self, client: Client, archive: Archive, accept: str
    ) -> None:
        for path in ("articles/", "places/", "places/quetta/"):
            response = client.get(f"/api/v1/{path}", headers={"Accept": accept})
            assert response.status_code == 406
            assert "application/json" in response.json()["detail"]

    @pytest.mark.parametrize("form", ["ninjs", "feed", "csv"])
    def test_what_goes_wrong_is_said_in_json(self, client: Client, form: str) -> None:
        response = client.get(f"/api/v1/articles/?format={form}&tag=none-such")
        assert response.status_code == 400
        assert response["Content-Type"] == "application/json"
        assert "none-such" in response.json()["tag"][0]

    @pytest.mark.parametrize(
        "query",
        [
            "format=ninjs&fields=headline",
            "format=feed&fields=headline",
            "format=feed&facets=tag",
            "format=csv&facets=tag",
            "format=ninjs&include=comments",
            "format=csv&include=revisions",
        ],
    )
    def test_what_a_form_has_no_room_for_is_refused(self, get: Get, query: str) -> None:
        name = query.split("&")[1].split("=", maxsplit=1)[0]
        assert list(get(f"articles/?{query}", status=400)) == [name]

    @pytest.mark.parametrize("form", ["ninjs", "feed", "csv&page_size=5"])
    def test_an_answer_that_is_known_already_is_not_sent_again(
        self, client: Client, archive: Archive, form: str
    ) -> None:
        address = f"/api/v1/articles/?format={form}"
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
        assert client.get("/api/v1/articles/")["ETag"] != etag


class TestNinjs:
    def test_an_article_says_all_that_is_known(self, get: Get, archive: Archive) -> None:
        archive.person.wikidata_id = "Q7424133"
        archive.person.save()
        item = get(f"articles/{archive.article.pk}/?format=ninjs")
        plain = get(f"articles/{archive.article.pk}/")
        assert item["uri"] == plain["url"]
        assert item["standard"]["version"] == "2.2"
        assert item["representationtype"] == "full"
        assert item["pubstatus"] == "usable"
        assert item["versioncreated"] == plain["updated_at"]
        assert item["headlines"] == [
            {
                "role": "main",
                "contenttype": "text/plain",
                "value": "Attacks across Balochistan",
            }
        ]
        texts = {each["role"]: each["value"] for each in item["descriptions"]}
        assert texts == {
            "summary": "Attacks in several towns.",
            "dateline": "QUETTA:",
            "correction": "A number was wrong.",
        }
        bodies = {each["contenttype"]: each for each in item["bodies"]}
        assert bodies["text/plain"]["value"] == "First.\nSecond."
        assert bodies["text/plain"]["wordcount"] == 2
        assert bodies["text/html"]["value"] == plain["body"]
        assert (item["by"], item["located"]) == ("Sample Desk", "Quetta")
        assert item["places"] == [
            {
                "name": "Quetta",
                "rel": "about",
                "uri": plain["places"][0]["url"],
                "literal": "quetta",
                "geojson": {"type": "Point", "coordinates": [67.0, 30.18]},
            }
        ]
        assert item["people"] == [
            {
                "name": "Sarfraz Bugti",
                "rel": "speaker",
                "uri": "http://www.wikidata.org/entity/Q7424133",
                "literal": "sarfraz-bugti",
            }
        ]
        assert item["organisations"][0]["rel"] == "mentions"
        assert [subject["name"] for subject in item["subjects"]] == ["National", "security"]
        assert item["infosources"] == [{"name": "Wire"}]
        (picture,) = item["associations"]
        assert picture["type"] == "picture"
        assert picture["usageterms"] == "Not cleared for use by others."
        assert picture["renditions"][0]["href"] == plain["image"]["file"]

    def test_agencies_read_how_urgent_it_is(self, get: Get, archive: Archive) -> None:
        WireDetails.objects.create(
            article=archive.article, urgency=2, genre="Analysis", editors_note="Call the desk."
        )
        item = get(f"articles/{archive.article.pk}/?format=ninjs")
        assert (item["urgency"], item["genres"]) == (2, [{"name": "Analysis"}])
        assert "Call the desk" not in json.dumps(item)

    def test_an_article_and_the_one_it_updates_lead_to_each_other(self, get: Get) -> None:
        first = make_public("First")
        second = make_public("Second", updates=first)
        draft = factories.make_article("Draft", published=None, updates=first)
        index(draft)
        related = {
            name: [(each["name"], each["uri"]) for each in item.get("associations", [])]
            for name in ("First", "Second")
            for item in get("articles/?format=ninjs")["results"]
            if item["headlines"][0]["value"] == name
        }
        address = "http://testserver/api/v1/articles/{}/"
        assert related == {
            "First": [("updated by", address.format(second.pk))],
            "Second": [("updates", address.format(first.pk))],
        }

    def test_a_list_keeps_its_envelope_and_has_bodies_on_request(
        self, get: Get, archive: Archive
    ) -> None:
        answer = get("articles/?format=ninjs")
        assert (answer["count"], answer["count_relation"]) == (1, "eq")
        assert answer["results"][0]["representationtype"] == "partial"
        assert "bodies" not in answer["results"][0]
        (whole,) = get("articles/?format=ninjs&include=body")["results"]
        assert whole == get(f"articles/{archive.article.pk}/?format=ninjs")

    def test_takes_the_same_few_queries_for_any_number(
        self,
        client: Client,
        archive: Archive,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for number in range(5):
            article = factories.make_article(f"More {number}", tags=[archive.tag])
            factories.make_mention(article, archive.quetta, role=MentionRole.ABOUT)
            index(article)
        with django_assert_max_num_queries(9):
            client.get("/api/v1/articles/?format=ninjs&include=body")

    def test_is_valid_by_the_schema_of_iptc(
        self, get: Get, archive: Archive, data_dir: Path
    ) -> None:
        bare = make_public("Bare", updates=archive.article)
        schema = json.loads((data_dir / "schema" / "ninjs-schema_2.2.json").read_text())
        points = Resource.from_contents({"$schema": schema["$schema"], "type": "object"})
        registry = Registry().with_resource("https://geojson.org/schema/GeoJSON.json", points)
        validator = Draft202012Validator(
            schema, registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER
        )
        for pk in (archive.article.pk, bare.pk):
            validator.validate(get(f"articles/{pk}/?format=ninjs"))
        for item in get("articles/?format=ninjs")["results"]:
            validator.validate(item)


class TestFeed:
    def test_an_item_says_what_the_sites_own_feeds_say(self, get: Get, archive: Archive) -> None:
        feed = get("articles/?format=feed&tag=security")
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == "http://testserver/api/v1/articles/?format=feed&tag=security"
        plain = get(f"articles/{archive.article.pk}/")
        assert feed["items"] == [
            {
                "id": plain["html_url"],
                "url": plain["html_url"],
                "title": "Attacks across Balochistan",
                "summary": "Attacks in several towns.",
                "content_html": "Attacks in several towns.",
                "image": plain["image"]["file"],
                "date_published": plain["published_at"],
                "date_modified": plain["updated_at"],
                "authors": [{"name": "Sample Desk", "url": plain["authors"][0]["html_url"]}],
                "tags": ["National", "security"],
                "language": "en",
            }
        ]

    def test_has_the_whole_text_on_request(self, get: Get, archive: Archive) -> None:
        (item,) = get("articles/?format=feed&include=body")["items"]
        assert item["content_html"] == get(f"articles/{archive.article.pk}/")["body"]

    def test_a_summary_is_text_and_no_markup(self, get: Get) -> None:
        make_public("Marked", summary="<b>5 > 3</b>")
        (item,) = get("articles/?format=feed")["items"]
        assert item["summary"] == "<b>5 > 3</b>"
        assert item["content_html"] == "&lt;b&gt;5 &gt; 3&lt;/b&gt;"

    def test_leads_on_to_the_next_page(self, get: Get) -> None:
        for number in range(3):
            make_public(f"Article {number}")
        titles, address = [], "articles/?format=feed&page_size=2"
        while address:
            feed = get(address)
            titles += [item["title"] for item in feed["items"]]
            address = feed.get("next_url")
        assert titles == ["Article 2", "Article 1", "Article 0"]


class TestCSV:
    def test_a_row_for_each_article_with_slugs_for_what_it_names(
        self, client: Client, archive: Archive
    ) -> None:
        (row,) = table(client.get("/api/v1/articles/?format=csv"))
        assert row["headline"] == "Attacks across Balochistan"
        assert (row["tags"], row["section"], row["places"]) == ("security", "national", "quetta")
        assert (row["dateline_place"], row["dateline_text"]) == ("quetta", "QUETTA:")
        assert row["published_at"].startswith("2026-02-01T")
        assert row["corrections"] == "A number was wrong."
        assert row["image_file"].startswith("http://testserver/")
        assert row["comments_open"] == "true"
        assert "body" not in row

    def test_several_of_a_kind_stand_in_one_cell(self, client: Client) -> None:
        make_public("Two", tags=[factories.make_tag("gas"), factories.make_tag("mining")])
        response = client.get("/api/v1/articles/?format=csv&fields=id,tags")
        (row,) = table(response)
        assert list(row) == ["id", "tags"]
        assert row["tags"] == "gas|mining"

    def test_who_has_two_parts_in_an_article_stands_in_a_cell_once(
        self, client: Client, archive: Archive
    ) -> None:
        factories.make_mention(archive.article, archive.person, role=MentionRole.ABOUT)
        (row,) = table(client.get("/api/v1/articles/?format=csv"))
        assert row["people"] == "sarfraz-bugti"

    @pytest.mark.parametrize(
        "path",
        [
            "comments/",
            "places/",
            "people/",
            "organisations/",
            "tags/",
            "sections/",
            "authors/",
            "images/",
            "articles/{}/comments/",
            "articles/{}/revisions/",
        ],
    )
    def test_every_list_has_it(self, client: Client, archive: Archive, path: str) -> None:
        factories.make_comment(archive.article)
        address = f"/api/v1/{path.format(archive.article.pk)}"
        rows = table(client.get(f"{address}?format=csv"))
        assert len(rows) == client.get(address).json()["count"]
        assert rows == table(client.get(f"{address}?format=csv&page_size=100"))

    def test_a_list_with_nothing_in_it_still_has_its_header(self, client: Client) -> None:
        for path in ("articles", "places"):
            content = client.get(f"/api/v1/{path}/?format=csv&q=nowhere").getvalue().decode()
            assert content.startswith("id,url,html_url,")
            assert content.count("\r\n") == 1

    def test_the_whole_list_comes_as_it_is_read(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.api.formats.table._PAGE_SIZE", 2)
        for number in range(5):
            make_public(f"Article {number}")
        response = client.get("/api/v1/articles/?format=csv&fields=headline&order=oldest")
        assert response.streaming
        assert [row["headline"] for row in table(response)] == [f"Article {n}" for n in range(5)]

    def test_a_page_of_it_leads_on_by_a_header(self, client: Client) -> None:
        for number in range(3):
            make_public(f"Article {number}")
        response = client.get("/api/v1/articles/?format=csv&fields=headline&page_size=2")
        assert len(table(response)) == 2
        address = response["Link"].split(">")[0].removeprefix("<")
        following = client.get(address)
        assert [row["headline"] for row in table(following)] == ["Article 0"]
        assert following["Link"].endswith('rel="prev"')

    def test_a_list_too_long_for_one_answer_is_refused(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("articles.api.formats.table.LONGEST", 1)
        for number in range(2):
            make_public(f"Article {number}")
        response = client.get("/api/v1/articles/?format=csv")
        assert response.status_code == 400
        assert "Link" in response.json()["page_size"][0]
        assert len(table(client.get("/api/v1/articles/?format=csv&page_size=100"))) == 2

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
    def test_a_program_for_tables_takes_no_cell_for_a_formula(
        self, client: Client, start: str
    ) -> None:
        make_public("Plain", summary=f"{start}HYPERLINK(“x”)")
        factories.make_place("South", latitude=-3.5, longitude=9.0)
        (row,) = table(client.get("/api/v1/articles/?format=csv"))
        assert row["summary"] == f"'{start}HYPERLINK(“x”)"
        (place,) = table(client.get("/api/v1/places/?format=csv"))
        assert float(place["latitude"]) == -3.5

    def test_quotes_and_line_ends_come_back_as_they_were(self, client: Client) -> None:
        text = 'She said, “no”, or "no",\nand left.'
        make_public("Quoted", summary=text)
        (row,) = table(client.get("/api/v1/articles/?format=csv"))
        assert row["summary"] == text
