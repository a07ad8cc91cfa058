"""Who may do what at the desk, tried at the addresses that the desk adds to Django's."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from articles.models import Article, Comment, CommentState
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

#: What each address changes when it is posted to, and the permission that this takes.
CHANGES: dict[str, tuple[dict[str, Any], str]] = {
    "/admin/articles/article/{public}/withdraw/": ({"notice": "It was wrong."}, "change_article"),
    "/admin/articles/article/": (
        {"action": "publish", "_selected_action": "{draft}"},
        "change_article",
    ),
    "/admin/articles/comment/{comment}/decide/": ({"decision": "approved"}, "change_comment"),
    "/admin/articles/comment/": (
        {"action": "approve", "_selected_action": "{comment}"},
        "change_comment",
    ),
}
HISTORY = "/admin/articles/article/{public}/history/"


@pytest.fixture
def ids() -> dict[str, int]:
    public = make_article()
    return {
        "public": public.pk,
        "draft": make_article(published=None).pk,
        "comment": make_comment(public, state=CommentState.PENDING).pk,
    }


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("staff", password="a quiet newsroom", is_staff=True)


def permit(user: User, *names: str) -> User:
    user.user_permissions.set(Permission.objects.filter(codename__in=names))
    return User.objects.get(pk=user.pk)


def state() -> tuple[list[str], list[str]]:
    return (
        list(Article.objects.order_by("pk").values_list("status", flat=True)),
        list(Comment.objects.order_by("pk").values_list("state", flat=True)),
    )


def filled(data: dict[str, Any], ids: dict[str, int]) -> dict[str, str]:
    return {name: value.format(**ids) for name, value in data.items()}


@pytest.mark.parametrize("address", CHANGES)
def test_what_changes_something_takes_a_permission(client, staff, ids, address):
    data, needed = CHANGES[address]
    before = state()

    client.force_login(permit(staff, needed.replace("change", "view")))
    client.post(address.format(**ids), filled(data, ids))
    assert state() == before

    client.force_login(permit(staff))
    assert client.post(address.format(**ids), filled(data, ids)).status_code == 403
    assert state() == before

    client.force_login(permit(staff, needed))
    assert client.post(address.format(**ids), filled(data, ids)).status_code == 302
    assert state() != before


@pytest.mark.parametrize("address", CHANGES)
def test_nothing_changes_by_being_looked_at_or_from_another_site(staff, ids, address):
    data, needed = CHANGES[address]
    before = state()
    client = Client(enforce_csrf_checks=True)
    client.force_login(permit(staff, needed))

    client.get(address.format(**ids), filled(data, ids))
    assert client.post(address.format(**ids), filled(data, ids)).status_code == 403

    assert state() == before


@pytest.mark.parametrize("address", [*CHANGES, HISTORY])
def test_who_has_not_signed_in_is_asked_to(client, ids, address):
    before = state()

    for answer in (client.get(address.format(**ids)), client.post(address.format(**ids))):
        assert answer["Location"].startswith("/admin/login/?next=/admin/articles/")
    assert state() == before


def test_the_record_of_an_article_is_for_those_who_may_see_it(client, staff, ids):
    client.force_login(permit(staff, "change_comment"))
    assert client.get(HISTORY.format(**ids)).status_code == 403

    client.force_login(permit(staff, "view_article"))
    assert client.get(HISTORY.format(**ids)).status_code == 200


def sign_in(client: Client, password: str, **fields: str) -> Any:
    return client.post("/admin/login/", {"username": "staff", "password": password, **fields})


def test_who_guesses_passwords_is_shut_out_and_nobody_else(staff):
    guesser, owner = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    for _ in range(8):
        sign_in(guesser, "wrong")

    assert sign_in(guesser, "a quiet newsroom").status_code == 429
    assert sign_in(owner, "a quiet newsroom").status_code == 302


def test_who_guesses_cannot_hide_behind_a_header(staff):
    for number in range(8):
        guesser = Client(headers={"X-Forwarded-For": f"198.51.100.{number}"})
        sign_in(guesser, "wrong")

    assert sign_in(guesser, "a quiet newsroom").status_code == 429


def test_signing_in_leads_nowhere_else_and_leaves_a_guarded_cookie(client, staff):
    answer = sign_in(client, "a quiet newsroom", next="//evil.example/")

    assert answer["Location"] == "/admin/"
    cookie = answer.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
