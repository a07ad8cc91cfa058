"""Keys of the API at the desk: made for accounts one may manage, shown once, revoked for good."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from articles.api import keys
from articles.models import ApiKey, AuditEntry, Scope
from tests.factories import make_staff

LIST = "/admin/articles/apikey/"
KEY = re.compile(r"nr_[a-z0-9]{8}_[\w-]{43}")

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_staff("Administrator", "adam"))
    return client


def form(account: User, **fields: Any) -> dict[str, Any]:
    return {
        "name": "Partner",
        "user": account.pk,
        "scopes": ["write"],
        "days": "90",
        "requests_a_minute": "",
    } | fields


def test_a_key_is_made_shown_once_and_works(administrator: Client) -> None:
    ann = make_staff("Editor", "ann")
    answer = administrator.post(f"{LIST}add/", form(ann, requests_a_minute="50"))

    (text,) = set(KEY.findall(answer.content.decode()))
    assert "no-store" in answer["Cache-Control"]
    assert "messages" not in answer.cookies
    key = ApiKey.objects.get()
    assert (key.user, key.scopes, key.requests_a_minute) == (ann, ["write"], 50)
    assert key.expires_at is not None
    assert keys.find(text) == key

    secret = text.rpartition("_")[2]
    for address in (LIST, f"{LIST}{key.pk}/change/", f"{LIST}{key.pk}/revoke/"):
        page = administrator.get(address).content.decode()
        assert key.prefix in page
        assert secret not in page


def test_making_and_revoking_stand_in_the_audit_log(administrator: Client) -> None:
    administrator.post(f"{LIST}add/", form(make_staff("Editor", "ann")))
    key = ApiKey.objects.get()
    administrator.post(f"{LIST}{key.pk}/revoke/")

    entries = AuditEntry.objects.filter(kind="apikey").order_by("pk")
    assert [(e.actor, e.action, e.object_id) for e in entries] == [
        ("adam", "add", key.pk),
        ("adam", "revoke", key.pk),
    ]
    assert "ann" in entries[0].detail


def test_a_revoked_key_is_dead_and_stays_in_the_list(administrator: Client) -> None:
    key, text = keys.make("Lost", user=make_staff("Editor", "ann"))
    assert "Revoke" in administrator.get(f"{LIST}{key.pk}/revoke/").content.decode()
    assert keys.find(text) == key

    administrator.post(f"{LIST}{key.pk}/revoke/")

    assert keys.find(text) is None
    page = administrator.get(LIST).content.decode()
    assert "Lost" in page
    assert "revoked" in page
    assert administrator.post(f"{LIST}{key.pk}/delete/").status_code == 403
    answer = administrator.get("/api/v1/", headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 401


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_a_key_dies_with_the_account(client: Client, change: dict[str, bool]) -> None:
    ann = make_staff("Editor", "ann")
    _, text = keys.make("Partner", user=ann)
    headers = {"Authorization": f"Bearer {text}"}
    assert client.get("/api/v1/", headers=headers).status_code == 200

    User.objects.filter(pk=ann.pk).update(**change)

    assert client.get("/api/v1/", headers=headers).status_code == 401


def test_a_key_may_no_more_than_its_account_may_now(client: Client) -> None:
    ann = make_staff("Editor", "ann")
    _, text = keys.make("Partner", user=ann, scopes=list(Scope))
    headers = {"Authorization": f"Bearer {text}"}
    body = {"name": "Floods"}
    json = "application/json"
    assert client.post("/api/v1/tags/", body, json, headers=headers).status_code == 201

    ann.groups.clear()

    body = {"name": "Quakes"}
    assert client.post("/api/v1/tags/", body, json, headers=headers).status_code == 403


def test_nobody_makes_a_key_to_more_than_they_may(administrator: Client) -> None:
    root = User.objects.create_superuser("root")
    former = make_staff("Editor", "former")
    User.objects.filter(pk=former.pk).update(is_staff=False)
    page = administrator.get(f"{LIST}add/").content.decode()
    assert "root" not in page
    assert "former" not in page

    for account in (root, former):
        assert administrator.post(f"{LIST}add/", form(account)).status_code == 200
    assert not ApiKey.objects.exists()


@pytest.mark.parametrize("role", ["Reporter", "Moderator", "Archivist", "Editor"])
def test_others_of_the_staff_see_nothing_of_it(client: Client, role: str) -> None:
    key, _ = keys.make("Partner", user=make_staff("Editor", "ann"))
    client.force_login(make_staff(role, "joe"))

    assert "apikey" not in client.get("/admin/").content.decode()
    for address in (LIST, f"{LIST}add/", f"{LIST}{key.pk}/change/", f"{LIST}{key.pk}/revoke/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{LIST}{key.pk}/revoke/").status_code == 403
    key.refresh_from_db()
    assert key.revoked_at is None


def test_the_page_of_an_account_leads_to_its_keys(administrator: Client) -> None:
    ann = make_staff("Editor", "ann")
    keys.make("Partner", user=ann)
    keys.make("Other", user=make_staff("Editor", "bea"))

    assert (
        f"user__id__exact={ann.pk}"
        in administrator.get(f"/admin/auth/user/{ann.pk}/change/").content.decode()
    )
    page = administrator.get(LIST, {"user__id__exact": ann.pk}).content.decode()
    assert "Partner" in page
    assert "Other" not in page


def test_the_list_takes_few_queries(administrator: Client, django_assert_max_num_queries) -> None:
    for number in range(5):
        keys.make(f"Key {number}", user=make_staff("Editor", f"e{number}"))
    with django_assert_max_num_queries(9):
        administrator.get(LIST)
