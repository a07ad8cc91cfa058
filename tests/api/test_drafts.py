"""Reading what is not public, with a key that reads drafts; and that nobody else learns of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles import editing
from articles.models import Article, Scope, Status
from tests import factories
from tests.api.conftest import Get, index, make_public
from tests.api.writing.calling import Caller

pytestmark = pytest.mark.django_db


def in_state(status: str, **fields: Any) -> Article:
    article = factories.make_article(f"It is {status}", status=status, **fields)
    editing.record([article])
    return article


@pytest.fixture
def reading(db: None) -> Caller:
    return Caller("Editor", Scope.READ_DRAFTS)


class TestOneArticle:
    def test_is_read_as_the_desk_has_it(self, reading: Caller) -> None:
        article = in_state(Status.DRAFT, published=None, source_id="w-1")
        answer = reading.ask("get", f"articles/{article.pk}/")
        assert answer["status"] == "draft"
        assert (answer["html_url"], answer["published_at"]) == (None, None)
        assert answer["source_id"] == "w-1"
        assert answer["comment_policy"] == "open"
        for key in ("public_from", "embargo_until", "deindexed_at", "updates"):
            assert answer[key] is None

    def test_says_from_when_on_readers_see_it(self, reading: Caller) -> None:
        tomorrow = timezone.now() + timedelta(days=1)
        article = in_state(Status.PUBLISHED, embargo_until=tomorrow)
        answer = reading.ask("get", f"articles/{article.pk}/")
        assert answer["public_from"] == answer["embargo_until"] == tomorrow.isoformat()

    def test_that_was_taken_out_of_search_is_there_and_says_so(
        self, reading: Caller, get: Get
    ) -> None:
        article = in_state(Status.PUBLISHED, deindexed_at=timezone.now())
        assert reading.ask("get", f"articles/{article.pk}/")["deindexed_at"]
        get(f"articles/{article.pk}/", status=404)

    def test_has_keys_that_can_be_chosen(self, reading: Caller, get: Get) -> None:
        article = in_state(Status.PUBLISHED)
        address = f"articles/{article.pk}/?fields=public_from,headline"
        assert list(reading.ask("get", address)) == ["headline", "public_from"]
        assert "public_from" in get(address, status=400)["fields"][0]

    def test_has_all_its_versions(self, reading: Caller, get: Get) -> None:
        article = in_state(Status.DRAFT, published=None)
        listed = reading.ask("get", f"articles/{article.pk}/revisions/")["results"]
        assert [(one["number"], one["html_url"]) for one in listed] == [(1, None)]
        included = reading.ask("get", f"articles/{article.pk}/?include=revisions")
        assert included["revisions"] == listed
        get(f"articles/{article.pk}/revisions/", status=404)

    def test_that_the_account_may_not_read_is_not_there(self) -> None:
        mine = Caller("Reporter", Scope.READ_DRAFTS)
        theirs = in_state(Status.DRAFT, published=None)
        own = in_state(Status.DRAFT, published=None, created_by=mine.account)
        assert mine.ask("get", f"articles/{own.pk}/")["status"] == "draft"
        for path in ("", "revisions/"):
            absent = mine.ask("get", f"articles/{own.pk + theirs.pk}/{path}", status=404)
            assert mine.ask("get", f"articles/{theirs.pk}/{path}", status=404) == absent

    def test_in_another_form_is_what_everybody_sees(self, reading: Caller) -> None:
        article = in_state(Status.DRAFT, published=None)
        reading.ask("get", f"articles/{article.pk}/?format=ninjs", status=404)

    @pytest.mark.parametrize("scopes", [[Scope.WRITE], [Scope.MODERATE]])
    def test_is_what_everybody_sees_to_other_keys(
        self, client: Client, scopes: list[Scope]
    ) -> None:
        other = Caller("Administrator", *scopes)
        for article in (in_state(Status.DRAFT, published=None), in_state(Status.PUBLISHED)):
            mine = other.send("get", f"articles/{article.pk}/")
            theirs = client.get(f"/api/v1/articles/{article.pk}/")
            assert (mine.status_code, mine.content) == (theirs.status_code, theirs.content)
            assert mine.headers.get("ETag") == theirs.headers.get("ETag")

    def test_is_kept_by_nobody(self, reading: Caller) -> None:
        article = in_state(Status.PUBLISHED)
        for path in (f"articles/{article.pk}/", f"articles/{article.pk}/revisions/"):
            answer = reading.send("get", path)
            assert answer["Cache-Control"] == "private, no-store"
            assert "Authorization" in answer["Vary"]

    def test_costs_a_few_queries(self, reading: Caller, django_assert_max_num_queries: Any) -> None:
        article = in_state(Status.DRAFT, published=None)
        with django_assert_max_num_queries(11):  # five of them to know who asks
            reading.ask("get", f"articles/{article.pk}/")


class TestTheList:
    @pytest.fixture
    def everything(self, db: None) -> dict[str, Article]:
        tomorrow = timezone.now() + timedelta(days=1)
        articles = {
            status: in_state(status, published=None) for status in ("draft", "in_review", "bin")
        }
        articles["scheduled"] = in_state(Status.SCHEDULED, published=tomorrow)
        articles["published"] = in_state(Status.PUBLISHED)
        articles["withdrawn"] = in_state(Status.WITHDRAWN)
        # Its hour has come, and nobody has said so.
        articles["due"] = in_state(Status.SCHEDULED)
        return articles

    @pytest.mark.parametrize(
        ("asked", "found"),
        [
            ("draft", ["draft"]),
            ("bin", ["bin"]),
            ("scheduled", ["scheduled"]),
            ("withdrawn", ["withdrawn"]),
            ("in_review|draft", ["in_review", "draft"]),
            ("published|draft", ["due", "published", "draft"]),
            ("draft|draft", ["draft"]),
        ],
    )
    def test_is_of_a_status_the_newest_change_first(
        self, reading: Caller, everything: dict[str, Article], asked: str, found: list[str]
    ) -> None:
        answer = reading.ask("get", f"articles/?status={asked}")
        assert [one["id"] for one in answer["results"]] == [everything[name].pk for name in found]
        assert answer["count"] == len(found)
        states = [Status.PUBLISHED if name == "due" else name for name in found]
        assert [one["status"] for one in answer["results"]] == states

    def test_goes_on_by_cursor_without_skipping_while_others_write(self, reading: Caller) -> None:
        drafts = [in_state(Status.DRAFT, published=None) for _ in range(5)]
        page = reading.ask("get", "articles/?status=draft|bin&page_size=2&fields=id")
        seen = [one["id"] for one in page["results"]]
        editing.save(drafts[0], by=None)  # moves to the front
        in_state(Status.BIN, published=None)
        while page["next"]:
            page = reading.ask("get", page["next"])
            seen += [one["id"] for one in page["results"]]
        assert seen == [article.pk for article in reversed(drafts[1:])]
        back = reading.ask("get", page["previous"])
        assert [one["id"] for one in back["results"]] == [drafts[4].pk, drafts[3].pk]

    def test_counts_what_is_under_embargo_among_the_scheduled(
        self, reading: Caller, client: Client
    ) -> None:
        hour = timezone.now() + timedelta(hours=2)
        article = make_public("Not yet", embargo_until=hour)
        assert client.get(f"/api/v1/articles/{article.pk}/").status_code == 404
        assert reading.ask("get", f"articles/{article.pk}/")["status"] == "scheduled"
        for asked, number in (("scheduled", 1), ("published|draft", 0), ("published|scheduled", 1)):
            answer = reading.ask("get", f"articles/?status={asked}&fields=id,status")
            assert answer["count"] == number, asked
            assert answer["results"] == [{"id": article.pk, "status": "scheduled"}] * number, asked

    def test_of_what_is_published_is_the_public_list_for_everybody(
        self, reading: Caller, client: Client, everything: dict[str, Article]
    ) -> None:
        index(*everything.values())
        public = client.get("/api/v1/articles/")
        assert client.get("/api/v1/articles/?status=published").json() == public.json()
        for path in ("articles/", "articles/?status=published"):
            mine = reading.send("get", path)
            assert mine.json() == public.json()
        assert reading.send("get", "articles/").content == public.content
        assert reading.send("get", "articles/")["ETag"] == public["ETag"]

    def test_holds_what_the_account_may_read(self, everything: dict[str, Article]) -> None:
        mine = Caller("Reporter", Scope.READ_DRAFTS)
        own = in_state(Status.DRAFT, published=None, created_by=mine.account)
        answer = mine.ask("get", "articles/?status=draft|in_review|bin|withdrawn|scheduled")
        assert ([one["id"] for one in answer["results"]], answer["count"]) == ([own.pk], 1)

        limited = Caller("Editor", Scope.READ_DRAFTS)
        section = factories.make_section("News")
        limited.account.desk_sections.add(section)
        theirs = in_state(Status.DRAFT, published=None, section=section)
        answer = limited.ask("get", "articles/?status=draft")
        assert [one["id"] for one in answer["results"]] == [theirs.pk]

    def test_takes_a_key_that_reads_drafts(self, get: Get) -> None:
        assert "key" in get("articles/?status=draft", status=401)["detail"]
        writing = Caller("Administrator", Scope.WRITE)
        assert "read_drafts" in writing.ask("get", "articles/?status=draft", status=403)["detail"]

    @pytest.mark.parametrize("query", ["status=new", "status=draft,bin", "status=draft|"])
    def test_names_a_status_that_there_is_not(self, reading: Caller, query: str) -> None:
        faults = reading.ask("get", f"articles/?{query}", status=400)
        assert "in_review" in faults["status"][0]

    @pytest.mark.parametrize("other", ["q=rain", "order=oldest", "facets=tag", "format=csv"])
    def test_goes_with_no_other_filter(self, reading: Caller, other: str) -> None:
        faults = reading.ask("get", f"articles/?status=draft&{other}", status=400)
        assert "status" in faults

    def test_costs_the_same_for_any_number(
        self, reading: Caller, django_assert_max_num_queries: Any
    ) -> None:
        for _ in range(12):
            in_state(Status.DRAFT, published=None)
        make_public()
        with django_assert_max_num_queries(16):  # five of them to know who asks
            reading.ask("get", "articles/?status=draft|in_review|bin&include=body,revisions")
