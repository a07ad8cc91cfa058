"""How the desk is guarded, whatever the role: nothing happens by being looked at or from another
site, no page opens for whoever may not read it, and who guesses passwords is shut out.

Which role may do what is in ``tests/test_roles.py``.
"""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.admin.article.urls import PAGES
from articles.models import Article, Comment, CommentState
from tests.factories import make_article, make_comment, make_staff

pytestmark = pytest.mark.django_db

#: What each address changes when it is posted to.
CHANGES: dict[str, dict[str, Any]] = {
    "/admin/articles/article/{public}/withdraw/": {"notice": "It was wrong."},
    "/admin/articles/article/": {"action": "publish", "_selected_action": "{draft}", "index": "0"},
    "/admin/articles/article/{draft}/bin/": {},
    "/admin/articles/comment/{comment}/decide/": {"decision": "approved"},
    "/admin/articles/comment/": {"action": "approve", "_selected_action": "{comment}"},
}
PASSWORD = "a quiet newsroom"


@pytest.fixture
def ids() -> dict[str, int]:
    public, draft = make_article(), make_article(published=None)
    editing.record([public, draft])
    return {
        "public": public.pk,
        "draft": draft.pk,
        "comment": make_comment(public, state=CommentState.PENDING).pk,
    }


@pytest.fixture
def staff() -> User:
    return make_staff("Editor", "staff", password=PASSWORD)


def state() -> tuple[list[str], list[str]]:
    return (
        list(Article.objects.order_by("pk").values_list("status", flat=True)),
        list(Comment.objects.order_by("pk").values_list("state", flat=True)),
    )


def filled(data: dict[str, Any], ids: dict[str, int]) -> dict[str, str]:
    return {name: value.format(**ids) for name, value in data.items()}


@pytest.mark.parametrize("address", CHANGES)
def test_what_is_posted_happens(client: Client, staff: User, ids: Any, address: str) -> None:
    before = state()
    client.force_login(staff)

    answer = client.post(address.format(**ids), filled(CHANGES[address], ids))

    assert answer.status_code == 302
    assert state() != before


@pytest.mark.parametrize("address", CHANGES)
def test_nothing_changes_by_being_looked_at_or_from_another_site(
    staff: User, ids: Any, address: str
) -> None:
    data = filled(CHANGES[address], ids)
    before = state()
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff)

    client.get(address.format(**ids), data)
    assert client.post(address.format(**ids), data).status_code == 403

    assert state() == before


@pytest.mark.parametrize("address", [*CHANGES, "/admin/", "/admin/search/"])
def test_who_has_not_signed_in_is_asked_to(client: Client, ids: Any, address: str) -> None:
    before = state()

    for answer in (client.get(address.format(**ids)), client.post(address.format(**ids))):
        assert answer["Location"].startswith("/admin/login/?next=/admin/")
    assert state() == before


@pytest.mark.parametrize("name", [name for route, _, name in PAGES if "<int:pk>" in route])
def test_no_page_about_a_draft_opens_for_whoever_may_not_read_it(
    client: Client, ids: Any, name: str
) -> None:
    more = {"version": {"number": 1}, "revert": {"number": 1}, "revoke": {"link": 1}}
    address = reverse(
        f"admin:articles_article_{name}", kwargs={"pk": ids["draft"], **more.get(name, {})}
    )
    for role in ("Reporter", "Moderator"):
        client.force_login(make_staff(role))

        for answer in (client.get(address), client.post(address)):
            assert answer.status_code in {403, 405}


# Signing in


def sign_in(client: Client, password: str, **fields: str) -> Any:
    return client.post("/admin/login/", {"username": "staff", "password": password, **fields})


def test_who_guesses_passwords_is_shut_out_and_nobody_else(staff: User) -> None:
    guesser, owner = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")

    for _ in range(8):
        sign_in(guesser, "wrong")

    assert sign_in(guesser, PASSWORD).status_code == 429
    assert sign_in(owner, PASSWORD).status_code == 302


def test_who_guesses_cannot_hide_behind_a_header(staff: User) -> None:
    for number in range(8):
        guesser = Client(headers={"X-Forwarded-For": f"198.51.100.{number}"})
        sign_in(guesser, "wrong")

    assert sign_in(guesser, PASSWORD).status_code == 429


def test_signing_in_leads_nowhere_else_and_leaves_a_guarded_cookie(
    client: Client, staff: User
) -> None:
    answer = sign_in(client, PASSWORD, next="//evil.example/")

    assert answer["Location"] == "/admin/"
    cookie = answer.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
