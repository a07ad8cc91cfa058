"""Comments are moderated as at the moderators' desk, and nobody is told who sent them."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.models import Article, AuditEntry, Comment, CommentPolicy, CommentState, Scope
from tests import factories
from tests.api.conftest import make_public
from tests.api.writing.calling import Caller

pytestmark = pytest.mark.django_db

PRIVATE: dict[str, Any] = {
    "author_email": "amina@example.org",
    "address": "192.0.2.7",
    "user_agent": "Browser 7",
}


@pytest.fixture
def article(db: None) -> Article:
    return make_public()


@pytest.fixture
def moderator(db: None) -> Caller:
    return Caller("Moderator")


def held(article: Article, **fields: Any) -> Comment:
    return factories.make_comment(article, state=CommentState.PENDING, **PRIVATE, **fields)


def state_of(comment: Comment) -> str:
    return Comment.objects.get(pk=comment.pk).state


class TestReading:
    def test_a_moderator_lists_what_is_in_a_state_with_why_it_is(
        self, moderator: Caller, article: Article
    ) -> None:
        waiting = held(article, text="Buy <b>now</b>.", reason="A link", rule="links")
        factories.make_comment(article)
        response = moderator.send("GET", "comments/?state=pending")
        assert response["Cache-Control"].startswith("private")
        answer = response.json()
        assert answer["count"] == 1
        one = answer["results"][0]
        assert (one["id"], one["state"], one["text"]) == (waiting.pk, "pending", "Buy <b>now</b>.")
        assert (one["reason"], one["rule"], one["html_url"]) == ("A link", "links", None)
        assert moderator.ask("GET", f"comments/{waiting.pk}/") == one
        for secret in PRIVATE.values():
            assert secret not in response.content.decode()

    def test_what_is_said_of_drafts_is_moderated_too(self, moderator: Caller) -> None:
        comment = factories.make_comment(factories.make_article(published=None))
        results = moderator.ask("GET", "comments/?state=approved")["results"]
        assert [(one["id"], one["html_url"]) for one in results] == [(comment.pk, None)]

    def test_each_state_is_a_list_of_its_own_at_a_constant_cost(
        self,
        moderator: Caller,
        article: Article,
        django_assert_max_num_queries: DjangoAssertNumQueries,
    ) -> None:
        spam = [factories.make_comment(article, state=CommentState.SPAM) for _ in range(3)]
        with django_assert_max_num_queries(8):
            first = moderator.ask("GET", "comments/?state=spam&page_size=2")
        rest = moderator.ask("GET", first["next"])
        ids = [one["id"] for one in first["results"] + rest["results"]]
        assert ids == [comment.pk for comment in reversed(spam)]
        assert moderator.ask("GET", "comments/?state=bin")["count"] == 0
        unknown = moderator.ask("GET", "comments/?state=lost", status=400)
        assert "pending, approved, spam, bin" in unknown["state"][0]

    def test_nobody_else_learns_of_what_is_not_approved(
        self, client: Client, article: Article
    ) -> None:
        comment = held(article)
        reporter, reader = Caller("Reporter"), Caller("Moderator", Scope.READ_DRAFTS)
        assert client.get("/api/v1/comments/?state=pending").status_code == 401
        for caller in (reporter, reader):
            caller.ask("GET", "comments/?state=pending", status=403)
            caller.ask("GET", f"comments/{comment.pk}/", status=404)
            assert caller.ask("GET", "comments/")["count"] == 0
        assert client.get(f"/api/v1/comments/{comment.pk}/").status_code == 404


class TestDeciding:
    def test_a_decision_is_seen_counted_and_recorded(
        self, moderator: Caller, article: Article, client: Client
    ) -> None:
        comment = held(article)
        answer = moderator.ask(
            "PATCH", f"comments/{comment.pk}/", {"state": "approved", "reason": "It is fair."}
        )
        login = moderator.account.get_username()
        assert (answer["state"], answer["decided_by"]) == ("approved", login)
        assert answer["html_url"] == f"http://testserver{article.path}#comment-{comment.pk}"
        assert client.get(f"/api/v1/articles/{article.pk}/").json()["comments"]["count"] == 1
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.detail) == ("approve", "It is fair.")
        assert "amina" not in client.get(f"/api/v1/comments/{comment.pk}/").content.decode()

    @pytest.mark.parametrize("state", ["pending", "spam", "bin"])
    def test_it_is_taken_down(
        self, moderator: Caller, article: Article, client: Client, state: str
    ) -> None:
        comment = factories.make_comment(article)
        moderator.ask("PATCH", f"comments/{comment.pk}/", {"state": state})
        assert client.get("/api/v1/comments/").json()["count"] == 0

    def test_it_is_edited_and_featured(self, moderator: Caller, article: Article) -> None:
        comment = factories.make_comment(article)
        address = f"comments/{comment.pk}/"
        answer = moderator.ask("PATCH", address, {"text": "Put <b>right</b>.", "featured": True})
        assert answer["html"] == "<p>Put &lt;b&gt;right&lt;/b&gt;.</p>"
        assert answer["edited_at"]
        assert answer["featured"] is True
        assert moderator.ask("PATCH", address, {"featured": True})["featured"] is True
        assert moderator.ask("PATCH", address, {"featured": False})["featured"] is False
        actions = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
        assert list(actions) == ["edit", "feature", "unfeature"]

    def test_what_cannot_be_is_refused(self, moderator: Caller, article: Article) -> None:
        waiting = held(article)
        address = f"comments/{waiting.pk}/"
        featured = moderator.ask("PATCH", address, {"featured": True, "text": "X"}, status=409)
        assert featured == {"detail": "Only an approved comment can be featured."}
        assert Comment.objects.get(pk=waiting.pk).text != "X"
        Comment.objects.filter(pk=waiting.pk).update(withdrawn_at=timezone.now())
        taken_back = moderator.ask("PATCH", address, {"state": "approved"}, status=409)
        assert "taken the comment back" in taken_back["detail"]

    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ({"state": "lost"}, "state"),
            ({"reason": "Why"}, "reason"),
            ({"text": "  "}, "text"),
            ({"text": "a" * 70_000}, "text"),
            ({"state": "spam", "reason": "a" * 301}, "reason"),
            ({"author_email": "a@example.org"}, "author_email"),
            ({"featured": "perhaps"}, "featured"),
            ([], "non_field_errors"),
        ],
        ids=str,
    )
    def test_what_is_wrong_is_named(
        self, moderator: Caller, article: Article, body: Any, named: str
    ) -> None:
        comment = factories.make_comment(article)
        answer = moderator.ask("PATCH", f"comments/{comment.pk}/", body, status=400)
        assert set(answer) == {named}

    def test_a_colleague_who_was_quicker_is_not_overruled(
        self, moderator: Caller, article: Article
    ) -> None:
        comment = held(article)
        address = f"comments/{comment.pk}/"
        seen = moderator.send("GET", address)["ETag"]
        Caller("Editor").ask("PATCH", address, {"state": "bin"}, If_Match=seen)
        moderator.ask("PATCH", address, {"state": "approved"}, status=412, If_Match=seen)
        assert state_of(comment) == CommentState.BIN

    def test_a_dry_run_decides_nothing(self, moderator: Caller, article: Article) -> None:
        comment = held(article)
        address = f"comments/{comment.pk}/?dry_run=true"
        assert moderator.ask("PATCH", address, {"state": "approved"})["state"] == "approved"
        moderator.ask("DELETE", address, status=204)
        assert state_of(comment) == CommentState.PENDING
        assert not AuditEntry.objects.exists()

    def test_it_is_deleted_for_good(self, moderator: Caller, article: Article) -> None:
        comment = factories.make_comment(article)
        answer = factories.make_comment(article, parent=comment)
        moderator.ask("DELETE", f"comments/{comment.pk}/", status=204)
        assert Comment.objects.get() == answer
        assert Article.objects.get(pk=article.pk).comment_count == 1
        assert AuditEntry.objects.get().action == "delete"
        moderator.ask("DELETE", f"comments/{comment.pk}/", status=404)


class TestManyAtOnce:
    def test_several_are_decided_about_in_one_request(
        self, moderator: Caller, article: Article
    ) -> None:
        comments = [held(article) for _ in range(3)]
        moderator.ask("PATCH", f"comments/{comments[0].pk}/", {"state": "spam"})
        ids = [comment.pk for comment in comments]
        answer = moderator.ask("POST", "comments/moderate/", {"ids": ids, "state": "spam"})
        assert answer == {"state": "spam", "changed": ids[1:], "unchanged": ids[:1]}
        assert {state_of(comment) for comment in comments} == {"spam"}

    @pytest.mark.parametrize(
        ("body", "named"),
        [
            ({"ids": [], "state": "spam"}, "ids"),
            ({"ids": list(range(1, 102)), "state": "spam"}, "ids"),
            ({"ids": ["first"], "state": "spam"}, "ids.0"),
            ({"ids": [0], "state": "spam"}, "ids.0"),
            ({"ids": [1]}, "state"),
        ],
    )
    def test_what_is_wrong_is_named(self, moderator: Caller, body: Any, named: str) -> None:
        assert named in moderator.ask("POST", "comments/moderate/", body, status=400)

    def test_where_one_is_missing_none_is_decided_about(
        self, moderator: Caller, article: Article
    ) -> None:
        comment = held(article)
        body = {"ids": [comment.pk, 999], "state": "spam"}
        answer = moderator.ask("POST", "comments/moderate/", body, status=400)
        assert answer == {"ids": ["There is no comment 999."]}
        assert state_of(comment) == CommentState.PENDING


class TestAnswering:
    def test_the_newsroom_answers_with_its_badge_where_readers_may_not(
        self, moderator: Caller, client: Client
    ) -> None:
        closed = make_public(comment_policy=CommentPolicy.CLOSED)
        comment = factories.make_comment(closed)
        response = moderator.send(
            "POST",
            f"articles/{closed.pk}/comments/",
            {"comment": "Thank you.", "parent": comment.pk},
        )
        assert response.status_code == 201, response.content
        answer = response.json()
        assert (answer["state"], answer["badge"], answer["parent"]) == (
            "approved",
            "staff",
            comment.pk,
        )
        public = client.get(response["Location"]).json()
        assert (public["html"], public["badge"]) == ("<p>Thank you.</p>", "staff")
        assert (
            moderator.account.get_username()
            not in client.get(response["Location"]).content.decode()
        )

    def test_what_is_wrong_is_named(self, moderator: Caller, article: Article) -> None:
        address = f"articles/{article.pk}/comments/"
        waiting, elsewhere = held(article), factories.make_comment(make_public())
        assert set(moderator.ask("POST", address, {"comment": "A"}, status=400)) == {"parent"}
        body = {"comment": "A", "parent": elsewhere.pk}
        assert set(moderator.ask("POST", address, body, status=400)) == {"parent"}
        moderator.ask("POST", address, {"comment": "A", "parent": waiting.pk}, status=409)
        moderator.ask("POST", "articles/999/comments/", body, status=404)

    def test_an_article_that_is_not_public_is_answered_like_one_that_is_not_there(
        self, moderator: Caller
    ) -> None:
        draft, nowhere = factories.make_article(published=None), 999_999
        for body in ({"comment": "A", "parent": 1}, {"comment": "A"}):
            answers = [
                moderator.send("POST", f"articles/{key}/comments/", body)
                for key in (draft.pk, nowhere)
            ]
            assert answers[0].status_code == answers[1].status_code
            assert answers[0].content == answers[1].content

    def test_a_key_that_does_not_moderate_comments_as_a_reader(self, article: Article) -> None:
        body = {"author": "Amina", "email": "amina@example.org", "comment": "I was there."}
        writer = Caller("Moderator", Scope.WRITE)
        answer = writer.ask("POST", f"articles/{article.pk}/comments/", body, status=202)
        assert Comment.objects.get(pk=answer["id"]).badge == ""
        tried = writer.ask(
            "POST", f"articles/{article.pk}/comments/?dry_run=true", body, status=400
        )
        assert set(tried) == {"dry_run"}


class TestRights:
    @pytest.mark.parametrize(
        ("role", "may"),
        [
            ("Reporter", False),
            ("Editor", True),
            ("Moderator", True),
            ("Archivist", False),
            ("Administrator", True),
        ],
    )
    def test_a_role_may_what_it_may_at_the_desk(
        self, article: Article, role: str, may: bool
    ) -> None:
        caller = Caller(role)
        comment = factories.make_comment(article)
        many = {"ids": [comment.pk], "state": "spam"}
        attempts: list[tuple[str, str, Any, int]] = [
            ("PATCH", f"comments/{comment.pk}/", {"state": "spam"}, 200),
            ("POST", "comments/moderate/", many, 200),
            ("DELETE", f"comments/{comment.pk}/", None, 204),
        ]
        for method, address, body, status in attempts:
            caller.ask(method, address, body, status=status if may else 403)
        if not may:
            caller.ask("PATCH", "comments/999/", {"state": "spam"}, status=403)
            assert state_of(comment) == CommentState.APPROVED

    def test_without_a_key_or_its_scope_nothing_is_decided(
        self, article: Article, client: Client
    ) -> None:
        comment = factories.make_comment(article)
        writer = Caller("Administrator", Scope.WRITE, Scope.READ_DRAFTS)
        for address, method in (
            (f"comments/{comment.pk}/", "patch"),
            (f"comments/{comment.pk}/", "delete"),
            ("comments/moderate/", "post"),
        ):
            bare = getattr(client, method)(
                f"/api/v1/{address}", {"state": "spam"}, content_type="application/json"
            )
            assert bare.status_code == 401
            writer.ask(method.upper(), address, {"state": "spam"}, status=403)
        assert state_of(comment) == CommentState.APPROVED
