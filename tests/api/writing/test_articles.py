"""Articles written over the API: by the verbs of the desk, and by its rules."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import (
    Article,
    AuditEntry,
    Change,
    CommentPolicy,
    MentionRole,
    MentionState,
    Scope,
    Status,
    Tag,
)
from tests import factories
from tests.api.conftest import make_public
from tests.api.writing.calling import Caller

pytestmark = pytest.mark.django_db

COPY = """Floods cut off Quetta

QUETTA, Feb 1 (Wire): Floods cut off Quetta on Sunday.

Help is on its way from Islamabad, a minister said.
"""


@pytest.fixture
def editor(db: None) -> Caller:
    return Caller("Editor")


def draft(**fields: Any) -> Article:
    return factories.make_article(
        "Rain", published=None, status=Status.DRAFT, paragraphs=["It rained."], **fields
    )


class TestANewArticle:
    def test_is_a_draft_of_the_account_with_all_that_was_sent(self, editor: Caller) -> None:
        quetta = factories.make_place("Quetta")
        person = factories.make_person("Sarfraz Bugti")
        section, author = factories.make_section("National"), factories.make_author("A Desk")
        image, earlier = factories.make_image(), make_public("Before the rain")
        answer = editor.ask(
            "post",
            "articles/",
            {
                "headline": "Rain  at last",
                "body": "<p onclick='x()'>It rained.</p><script>alert(1)</script>",
                "dateline": {"place": "quetta", "text": "QUETTA:", "date": "2026-02-01"},
                "language": "en-GB",
                "section": section.slug,
                "authors": [author.pk],
                "tags": [{"name": "Weather"}],
                "people": [{"id": person.pk, "role": "speaker", "title": "Chief Minister"}],
                "image": image.pk,
                "comment_policy": "closed",
                "source": "Wire",
                "source_id": "w-1",
                "updates": earlier.pk,
                "reason": "It rains",
            },
            201,
        )
        assert answer["status"] == "draft"
        assert answer["html_url"] is None
        assert answer["headline"] == "Rain at last"
        assert answer["slug"] == "rain-at-last"
        assert answer["summary"] == "It rained."
        assert answer["body"] == '<p id="p1">It rained.</p>'
        assert answer["dateline"]["place"]["slug"] == "quetta"
        assert answer["dateline"]["date"] == "2026-02-01"
        assert answer["section"]["id"] == section.pk
        assert [one["id"] for one in answer["authors"]] == [author.pk]
        assert [one["name"] for one in answer["tags"]] == ["Weather"]
        assert [(one["id"], one["role"]) for one in answer["people"]] == [(person.pk, "speaker")]
        assert [(one["id"], one["role"]) for one in answer["places"]] == [(quetta.pk, "filed_from")]
        assert answer["image"]["id"] == image.pk
        assert answer["comment_policy"] == CommentPolicy.CLOSED
        assert (answer["source"], answer["source_id"]) == ("Wire", "w-1")
        assert answer["updates"] == earlier.pk
        article = Article.objects.get(pk=answer["id"])
        assert article.created_by == editor.account
        (revision,) = article.revisions.all()
        assert (revision.actor, revision.reason) == (editor.account.username, "It rains")
        (said,) = AuditEntry.objects.filter(kind="article", object_id=article.pk)
        assert (said.actor, said.action) == (editor.account.username, "create")

    def test_says_where_it_is_and_which_version(self, editor: Caller) -> None:
        made = editor.send("post", "articles/", {"headline": "Rain"})
        assert made.status_code == 201
        read = editor.send("get", made["Location"])
        assert read.json() == made.json()
        assert read["ETag"] == made["ETag"]
        assert made["Last-Modified"] == read["Last-Modified"]
        assert made["Cache-Control"] == "private, no-store"

    def test_is_made_of_raw_copy_as_the_desk_makes_it(self, editor: Caller) -> None:
        quetta = factories.make_place("Quetta", population=1_000_000)
        answer = editor.ask("post", "articles/", {"copy": COPY, "source": "Wire"}, 201)
        assert answer["headline"] == "Floods cut off Quetta"
        assert answer["dateline"]["text"] == "QUETTA, Feb 1 (Wire)"
        assert answer["dateline"]["place"]["id"] == quetta.pk
        assert answer["source"] == "Wire"
        assert answer["status"] == "draft"

        again = editor.ask("post", "articles/", {"copy": COPY}, 409)
        assert answer["url"] in again["detail"]

    def test_of_copy_that_only_another_may_read_says_no_more_than_that_it_is_there(self) -> None:
        made = Caller("Editor").ask("post", "articles/", {"copy": COPY}, 201)
        again = Caller("Reporter").ask("post", "articles/", {"copy": COPY}, 409)
        assert again == {"detail": "The archive has this copy already."}
        assert str(made["id"]) not in again["detail"]

    @pytest.mark.parametrize(
        ("body", "field"),
        [
            ({}, "headline"),
            ({"headline": " "}, "headline"),
            ({"headline": "x" * 301}, "headline"),
            ({"headline": ["x"]}, "headline"),
            ({"headline": "Rain", "status": "published"}, "status"),
            ({"headline": "Rain", "language": "english!"}, "language"),
            ({"headline": "Rain", "section": "none-such"}, "section"),
            ({"headline": "Rain", "section": {"name": "New"}}, "section"),
            ({"headline": "Rain", "tags": ["none-such"]}, "tags"),
            ({"headline": "Rain", "tags": "rain"}, "tags"),
            ({"headline": "Rain", "tags": [2**70]}, "tags"),
            ({"headline": "Rain", "authors": [{"slug": " "}]}, "authors.0"),
            ({"headline": "Rain", "places": [{"role": "about"}]}, "places.0"),
            ({"headline": "Rain", "places": [{"id": 10**18}]}, "places"),
            ({"headline": "Rain", "image": "a-slug"}, "image"),
            ({"headline": "Rain", "image": 10**18}, "image"),
            ({"headline": "Rain", "dateline": {"place": "none-such"}}, "dateline.place"),
            ({"headline": "Rain", "dateline": {"day": "2026-02-01"}}, "dateline.day"),
            ({"headline": "Rain", "published_at": "tomorrow"}, "published_at"),
            ({"headline": "Rain", "updates": 10**18}, "updates"),
            ({"copy": ""}, "copy"),
            ({"copy": "  \n "}, "copy"),
            ({"copy": COPY, "headline": "Rain"}, "headline"),
            ({"copy": COPY, "source": "example.org/2026/02/31/"}, "source"),
            ({"copy": COPY, "year": 12}, "year"),
            ([], "non_field_errors"),
            (7, "non_field_errors"),
        ],
    )
    def test_with_a_fault_names_the_field_and_makes_nothing(
        self, editor: Caller, body: Any, field: str
    ) -> None:
        faults = editor.ask("post", "articles/", body, 400)
        assert list(faults) == [field]
        assert not Article.objects.exists()

    def test_with_what_cannot_be_printed_is_cleaned(self, editor: Caller) -> None:
        body = {"headline": "Ra\x07in", "summary": "a\x07b", "body": "<p>a\x07b</p>"}
        answer = editor.ask("post", "articles/", body, 201)
        assert (answer["headline"], answer["summary"]) == ("Rain", "ab")

    def test_of_a_source_id_that_another_has_is_refused(self, editor: Caller) -> None:
        body = {"headline": "Rain", "source": "Wire", "source_id": "1"}
        editor.ask("post", "articles/", body, 201)
        assert list(editor.ask("post", "articles/", body, 400)) == ["source_id"]

    def test_makes_no_tag_for_an_account_that_may_make_none(self) -> None:
        body = {"headline": "Rain", "tags": [{"name": "Weather"}]}
        refused = Caller("Reporter").ask("post", "articles/", body, 403)
        assert "Weather" in refused["detail"]
        assert not Tag.objects.exists()
        assert not Article.objects.exists()

    def test_takes_a_tag_by_a_name_that_is_there_and_follows_a_merger(self, editor: Caller) -> None:
        rain = factories.make_tag("rain")
        merged = factories.make_tag("rainfall")
        Tag.objects.filter(pk=merged.pk).update(merged_into=rain)
        body = {"headline": "Rain", "tags": [{"name": "Rain"}, "rainfall", merged.pk]}
        answer = editor.ask("post", "articles/", body, 201)
        assert [tag["id"] for tag in answer["tags"]] == [rain.pk]


class TestAChange:
    def test_leaves_what_is_not_sent(self, editor: Caller) -> None:
        article = draft(tags=[factories.make_tag("rain")], source="Wire")
        answer = editor.ask("patch", f"articles/{article.pk}/", {"headline": "Rain at last"})
        assert answer["headline"] == "Rain at last"
        assert answer["body"] == article.body
        assert [tag["slug"] for tag in answer["tags"]] == ["rain"]
        assert answer["source"] == "Wire"
        assert answer["revision"] == article.revision + 1

    def test_by_put_empties_what_is_not_sent(self, editor: Caller) -> None:
        article = draft(tags=[factories.make_tag("rain")], source="Wire", slug="wet")
        answer = editor.ask("put", f"articles/{article.pk}/", {"headline": "Rain at last"})
        assert (answer["body"], answer["tags"], answer["source"]) == ("", [], "")
        assert answer["slug"] == "wet"
        assert list(editor.ask("put", f"articles/{article.pk}/", {}, 400)) == ["headline"]

    def test_takes_back_what_was_answered(self, editor: Caller) -> None:
        place, tag = factories.make_place("Quetta"), factories.make_tag("rain")
        article = draft(tags=[tag], dateline_place=place)
        factories.make_mention(article, place, role=MentionRole.ABOUT, state=MentionState.LINKED)
        editor.ask("patch", f"articles/{article.pk}/", {})
        read = editor.ask("get", f"articles/{article.pk}/")
        sent = {name: read[name] for name in ("headline", "dateline", "tags", "places", "image")}
        answer = editor.ask("patch", f"articles/{article.pk}/", sent)
        for name in sent:
            assert answer[name] == read[name], name

    def test_of_a_public_article_is_seen_at_once_and_stands_in_its_history(
        self, editor: Caller, client: Client
    ) -> None:
        article = make_public("Rain")
        editor.ask(
            "patch", f"articles/{article.pk}/", {"headline": "Rain at last", "reason": "It lasted"}
        )
        assert client.get(f"/api/v1/articles/{article.pk}/").json()["headline"] == "Rain at last"
        newest = article.revisions.order_by("-number")[0]
        assert newest.reason == "It lasted"

    @pytest.mark.parametrize(
        ("sent", "field"), [({"body": ""}, "body"), ({"published_at": None}, "published_at")]
    )
    def test_takes_nothing_from_a_public_article_that_its_readers_need(
        self, editor: Caller, sent: Any, field: str
    ) -> None:
        article = make_public("Rain")
        assert list(editor.ask("patch", f"articles/{article.pk}/", sent, 400)) == [field]
        article.refresh_from_db()
        assert article.body
        assert article.published_at

    def test_confirms_the_names_that_are_sent_and_rejects_the_others(self, editor: Caller) -> None:
        article = draft()
        kept, other, new = (factories.make_place(name) for name in ("Kech", "Gwadar", "Turbat"))
        factories.make_mention(article, kept, state=MentionState.LINKED)
        factories.make_mention(article, other, state=MentionState.LINKED)
        places = [{"slug": "kech", "role": "about"}, {"id": new.pk}]
        answer = editor.ask("patch", f"articles/{article.pk}/", {"places": places})
        assert {(one["slug"], one["role"]) for one in answer["places"]} == {
            ("kech", "about"),
            ("turbat", "mentioned"),
        }
        states = dict(article.mentions.values_list("place__name", "state"))
        assert states == {"Kech": "confirmed", "Gwadar": "rejected", "Turbat": "confirmed"}

    def test_that_changes_nothing_is_noted_nowhere(self, editor: Caller) -> None:
        author, person = factories.make_author("A Desk"), factories.make_person("Sarfraz Bugti")
        address = f"articles/{make_public('Rain').pk}/"
        everything = {"authors": [author.pk], "people": [person.pk], "tags": [{"name": "Flood"}]}
        was = editor.ask("patch", address, everything)
        noted = Change.objects.count(), AuditEntry.objects.count()
        names = ("headline", "body", "summary", "authors", "people", "tags", "dateline")
        for sent in ({}, {"reason": "None"}, {name: was[name] for name in names}):
            answer = editor.send("patch", address, sent)
            assert (answer.status_code, answer.json()) == (200, was), sent
        assert (Change.objects.count(), AuditEntry.objects.count()) == noted

    def test_of_names_alone_is_noted(self, editor: Caller) -> None:
        article, person = make_public("Rain"), factories.make_person("Sarfraz Bugti")
        before = Change.objects.count()
        editor.ask("patch", f"articles/{article.pk}/", {"people": [person.pk]})
        assert Change.objects.count() == before + 1

    def test_cannot_make_an_article_update_itself(self, editor: Caller) -> None:
        article = draft()
        sent = {"updates": article.pk}
        assert list(editor.ask("patch", f"articles/{article.pk}/", sent, 400)) == ["updates"]

    def test_costs_the_same_however_much_it_names(
        self, editor: Caller, django_assert_max_num_queries: Any
    ) -> None:
        article = draft()
        tags = [factories.make_tag() for _ in range(20)]
        authors = [factories.make_author() for _ in range(20)]
        places = [factories.make_place() for _ in range(20)]
        sent = {
            "tags": [tag.pk for tag in tags],
            "authors": [author.slug for author in authors],
            "places": [{"id": place.pk} for place in places],
        }
        editor.ask("patch", f"articles/{article.pk}/", {"headline": "Warm"})
        with django_assert_max_num_queries(90):
            editor.ask("patch", f"articles/{article.pk}/", sent)


class TestTheVerbs:
    def test_lead_an_article_from_draft_to_withdrawal(self, editor: Caller, client: Client) -> None:
        reporter = Caller("Reporter")
        body = {"headline": "Rain", "body": "<p>It rained on Monday.</p>"}
        address = reporter.ask("post", "articles/", body, 201)["url"]

        assert reporter.ask("post", f"{address}submit/", {})["status"] == "in_review"
        sent_back = editor.ask("post", f"{address}send-back/", {"reason": "On which day?"})
        assert sent_back["status"] == "draft"
        assert reporter.ask("post", f"{address}submit/")["status"] == "in_review"
        assert editor.ask("post", f"{address}publish/", {})["status"] == "published"
        assert client.get(address).json()["headline"] == "Rain"

        note = {"wrong": "Monday", "text": "Tuesday", "paragraph": "p1"}
        printed = editor.ask("post", f"{address}correct/", note, 201)
        assert client.get(address).json()["corrections"] == [printed]

        assert editor.ask("post", f"{address}deindex/", {"reason": "Asked"})["deindexed_at"]
        assert client.get(address).status_code == 404
        assert editor.ask("post", f"{address}reindex/", {})["deindexed_at"] is None

        taken = editor.ask("post", f"{address}withdraw/", {"notice": "It was dry."})
        assert taken["status"] == "withdrawn"
        gone = client.get(address)
        assert (gone.status_code, gone.json()["detail"]) == (410, "It was dry.")

    def test_schedule_with_a_time_ahead(self, editor: Caller, client: Client) -> None:
        article = draft()
        at = timezone.now() + timedelta(days=1)
        answer = editor.ask("post", f"articles/{article.pk}/publish/", {"at": at.isoformat()})
        assert answer["status"] == "scheduled"
        assert client.get(f"/api/v1/articles/{article.pk}/").status_code == 404

    def test_bring_back_an_earlier_version(self, editor: Caller) -> None:
        address = editor.ask("post", "articles/", {"headline": "Rain"}, 201)["url"]
        editor.ask("patch", address, {"headline": "Sun"})
        assert editor.ask("post", f"{address}revert/", {"revision": 1})["headline"] == "Rain"
        missing = editor.ask("post", f"{address}revert/", {"revision": 9}, 400)
        assert missing == {"revision": ["The article has no version 9."]}

    def test_say_what_an_earlier_version_had_that_is_no_longer_there(self, editor: Caller) -> None:
        body = {"headline": "Rain", "tags": [{"name": "Weather"}]}
        address = editor.ask("post", "articles/", body, 201)["url"]
        editor.ask("patch", address, {"headline": "Sun", "tags": []})
        Tag.objects.all().delete()
        refused = editor.ask("post", f"{address}revert/", {"revision": 1}, 409)
        assert "“Weather” is no longer there" in refused["detail"]
        sent = {"revision": 1, "anyway": True}
        assert editor.ask("post", f"{address}revert/", sent)["headline"] == "Rain"

    def test_put_into_the_bin_and_take_out_again(self, editor: Caller) -> None:
        article = draft()
        address = f"articles/{article.pk}/"
        assert editor.ask("delete", address)["status"] == "bin"
        refused = editor.ask("delete", address, status=403)
        assert "may not delete" in refused["detail"]
        assert editor.ask("post", f"{address}restore/", {})["status"] == "draft"

        administrator = Caller("Administrator")
        administrator.ask("delete", address)
        assert administrator.send("delete", address).status_code == 204
        assert not Article.objects.filter(pk=article.pk).exists()

    @pytest.mark.parametrize("status", [Status.PUBLISHED, Status.WITHDRAWN])
    def test_delete_nothing_that_readers_have_seen(self, editor: Caller, status: str) -> None:
        article = make_public("Rain", status=status)
        refused = editor.ask("delete", f"articles/{article.pk}/", status=409)
        assert "ithdr" in refused["detail"]
        assert Article.objects.get().status == status

    def test_say_why_the_state_forbids_it(self, editor: Caller) -> None:
        article = make_public("Rain")
        refused = editor.ask("post", f"articles/{article.pk}/submit/", {}, 409)
        assert refused == {"detail": "Only a draft can be submitted for review."}

    def test_say_what_stands_against_publishing(self, editor: Caller) -> None:
        address = editor.ask("post", "articles/", {"headline": "Rain"}, 201)["url"]
        refused = editor.ask("post", f"{address}publish/", {}, 400)
        assert refused == {"detail": "An article needs a body before it is published."}

    @pytest.mark.parametrize(
        ("verb", "sent", "field"),
        [
            ("withdraw", {}, "notice"),
            ("withdraw", {"notice": " "}, "notice"),
            ("correct", {"text": "Tuesday"}, "wrong"),
            ("correct", {"wrong": "Monday"}, "text"),
            ("correct", {"kind": "withdrawal", "text": "x"}, "kind"),
            ("correct", {"wrong": "a", "text": "b", "paragraph": "p99"}, "paragraph"),
            ("publish", {"at": "soon"}, "at"),
            ("submit", {"why": "x"}, "why"),
            ("revert", {}, "revision"),
            ("revert", {"revision": 0}, "revision"),
        ],
    )
    def test_name_what_is_missing_or_wrong(
        self, editor: Caller, verb: str, sent: Any, field: str
    ) -> None:
        article = make_public("Rain")
        before = article.revisions.count()
        assert list(editor.ask("post", f"articles/{article.pk}/{verb}/", sent, 400)) == [field]
        assert article.revisions.count() == before

    def test_are_only_posted_to(self, editor: Caller) -> None:
        article = make_public("Rain")
        for method in ("get", "put", "patch", "delete"):
            answer = editor.send(method, f"articles/{article.pk}/publish/")
            assert answer.status_code == 405
            assert answer["Allow"] == "POST, OPTIONS"


class TestWhoMay:
    def test_nobody_writes_without_a_key(self, client: Client) -> None:
        article = make_public("Rain")
        client.force_login(factories.make_staff("Administrator"))
        for method, path in (
            ("post", "articles/"),
            ("patch", f"articles/{article.pk}/"),
            ("delete", f"articles/{article.pk}/"),
            ("post", f"articles/{article.pk}/withdraw/"),
        ):
            answer = getattr(client, method)(
                f"/api/v1/{path}", {"headline": "x"}, content_type="application/json"
            )
            assert answer.status_code == 401, path
            assert answer["WWW-Authenticate"].startswith("Bearer")
        assert Article.objects.get().headline == "Rain"

    def test_a_key_needs_the_scope(self) -> None:
        reading = Caller("Editor", Scope.READ_DRAFTS)
        assert "“write”" in reading.ask("post", "articles/", {"headline": "x"}, 403)["detail"]

    def test_a_role_that_may_not_at_the_desk_may_not_here(self) -> None:
        for role in ("Moderator", "Archivist"):
            refused = Caller(role).ask("post", "articles/", {"headline": "x"}, 403)
            assert "may not create" in refused["detail"]
        article = make_public("Rain")
        refused = Caller("Reporter").ask("patch", f"articles/{article.pk}/", {}, 403)
        assert "may not edit" in refused["detail"]
        refused = Caller("Reporter").ask("delete", f"articles/{article.pk}/", status=409)
        assert "Withdraw" in refused["detail"]

    def test_what_the_account_may_not_read_is_not_there(self) -> None:
        mine, other = Caller("Reporter"), draft()
        unknown = mine.ask("patch", f"articles/{other.pk + 1}/", {}, 404)
        assert mine.ask("patch", f"articles/{other.pk}/", {}, 404) == unknown
        assert mine.ask("delete", f"articles/{other.pk}/", status=404) == unknown
        assert mine.ask("post", f"articles/{other.pk}/submit/", {}, 404) == unknown

    def test_a_key_that_reads_no_drafts_writes_what_is_public(self) -> None:
        writing, article = Caller("Editor", Scope.WRITE), make_public("Sun")
        changed = writing.send("patch", f"articles/{article.pk}/", {"headline": "Sunshine"})
        assert changed["ETag"] == Client().get(f"/api/v1/articles/{article.pk}/")["ETag"]
        assert "embargo_until" not in changed.json()
        refused = writing.ask("patch", f"articles/{draft().pk}/", {}, 404)
        assert "read_drafts" in refused["detail"]

    def test_a_key_that_reads_no_drafts_finds_what_it_made(self) -> None:
        writing = Caller("Editor", Scope.WRITE)
        made = writing.send("post", "articles/", {"headline": "Rain", "body": "<p>It rained.</p>"})
        assert made.json()["status"] == "draft"
        read = writing.send("GET", made["Location"])
        assert read.status_code == 200, read.content
        assert read["ETag"] == made["ETag"]
        assert read["Cache-Control"] == "private, no-store"
        Caller("Editor", Scope.WRITE).ask("get", made["Location"], status=404)
        published = writing.ask("post", f"{made['Location']}publish/", {}, 200)
        assert published["status"] == "published"

    def test_who_gives_an_article_out_of_hand_is_answered_it_a_last_time(self) -> None:
        news, sport = factories.make_section("News"), factories.make_section("Sport")
        limited = Caller("Editor")
        limited.account.desk_sections.add(news)
        address = f"articles/{draft(section=news).pk}/"
        given = limited.send("patch", address, {"section": sport.pk})
        assert given.json()["section"]["slug"] == "sport"
        assert "ETag" not in given
        limited.ask("get", address, status=404)

    def test_anybody_is_told_what_can_be_asked(self, client: Client) -> None:
        article = make_public("Rain")
        for path, allowed in (
            ("articles/", "GET, POST, HEAD, OPTIONS"),
            (f"articles/{article.pk}/", "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"),
            (f"articles/{article.pk}/withdraw/", "POST, OPTIONS"),
        ):
            answer = client.options(f"/api/v1/{path}")
            assert (answer.status_code, answer["Allow"]) == (200, allowed)

    def test_a_long_article_is_taken_and_a_longer_one_is_refused(self) -> None:
        editor = Caller("Editor")
        paragraph = f"<p>{'Rain. ' * 100}</p>"
        long = {"headline": "Rain", "body": paragraph * 1600}
        assert editor.ask("post", "articles/", long, 201)["word_count"] == 160_000
        editor.ask("post", "articles/", {"headline": "Rain", "body": paragraph * 16_000}, 413)
