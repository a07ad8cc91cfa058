"""Making and changing accounts, and every way in which somebody might give themselves more."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from articles.models import AuditEntry
from tests.factories import make_section, make_staff, make_user

pytestmark = pytest.mark.django_db

ADD = "/admin/auth/user/add/"
PASSWORD = "a quiet newsroom"


@pytest.fixture
def administrator() -> User:
    return make_staff("Administrator", "admin")


@pytest.fixture
def office(administrator: User) -> Client:
    """An administrator, who is no superuser, at the desk."""
    client = Client()
    client.force_login(administrator)
    return client


def page_of(account: User | Group) -> str:
    return reverse(f"admin:auth_{account._meta.model_name}_change", args=[account.pk])


def role(name: str) -> Group:
    return Group.objects.get(name=name)


def form(**fields: Any) -> dict[str, Any]:
    return {
        "username": "sana",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "is_active": "on",
    } | fields


def changed(account: User, **fields: Any) -> dict[str, Any]:
    return {
        "username": account.username,
        "first_name": account.first_name,
        "email": account.email,
        "is_active": "on",
        "groups": [group.pk for group in account.groups.all()],
        "sections": [section.pk for section in account.desk_sections.all()],
    } | fields


def test_an_administrator_makes_an_account_with_roles_and_sections(office: Client) -> None:
    make_staff("Editor")
    sport = make_section("Sport")

    office.post(
        ADD,
        form(
            first_name="Sana",
            last_name="Baloch",
            email="sana@example.org",
            groups=[role("Editor").pk],
            sections=[sport.pk],
        ),
    )

    sana = User.objects.get(username="sana")
    assert (sana.get_full_name(), sana.email) == ("Sana Baloch", "sana@example.org")
    assert (sana.is_staff, sana.is_active, sana.is_superuser) == (True, True, False)
    assert [group.name for group in sana.groups.all()] == ["Editor"]
    assert list(sana.desk_sections.all()) == [sport]
    assert sana.check_password(PASSWORD)
    entry = AuditEntry.objects.get(action="add", kind="user")
    assert (entry.actor, entry.label, entry.detail) == ("admin", "sana", "now Editor, for Sport")


def test_an_account_without_a_role_cannot_come_to_the_desk(office: Client) -> None:
    account = make_staff("Reporter")

    office.post(page_of(account), changed(account, groups=[]))

    account.refresh_from_db()
    assert not account.is_staff


def test_an_account_is_switched_off_and_the_log_says_so(office: Client) -> None:
    account = make_staff("Reporter", "gone")

    office.post(page_of(account), changed(account, is_active=""))

    account.refresh_from_db()
    assert not account.is_active
    entry = AuditEntry.objects.get(action="change", kind="user")
    assert entry.detail == "Active; now Reporter, switched off"


def test_who_has_been_at_the_desk_is_not_deleted(office: Client) -> None:
    new, known = make_staff("Reporter"), make_staff("Reporter")
    Client().force_login(known)

    for account in (new, known):
        office.post(
            reverse("admin:auth_user_delete", args=[account.pk]), {"post": "yes"}, follow=True
        )

    assert not User.objects.filter(pk=new.pk).exists()
    assert User.objects.filter(pk=known.pk).exists()


@pytest.mark.parametrize("name", ["Reporter", "Editor", "Moderator", "Archivist"])
def test_only_administrators_see_accounts(client: Client, name: str) -> None:
    client.force_login(make_staff(name))

    for address in ("/admin/auth/user/", ADD, "/admin/auth/group/"):
        assert client.get(address).status_code == 403


def test_an_administrator_makes_no_superuser(office: Client) -> None:
    account = make_staff("Reporter")

    office.post(ADD, form(is_superuser="on", is_staff="on"))
    office.post(page_of(account), changed(account, is_superuser="on"))

    assert not User.objects.filter(is_superuser=True).exists()
    assert b"is_superuser" not in office.get(page_of(account)).content


def test_an_administrator_gives_no_single_permission(office: Client) -> None:
    account = make_staff("Reporter")
    permission = Permission.objects.get(codename="publish_article")

    office.post(page_of(account), changed(account, user_permissions=[permission.pk]))
    office.post(page_of(role("Reporter")), {"name": "Reporter", "permissions": [permission.pk]})

    assert not User.objects.get(pk=account.pk).has_perm("articles.publish_article")


def test_an_administrator_gives_no_role_that_can_do_more(office: Client) -> None:
    account = make_staff("Reporter")
    guests = Group.objects.create(name="Keepers of the logs")
    guests.permissions.add(Permission.objects.get(codename="delete_accessattempt"))

    answer = office.post(page_of(account), changed(account, groups=[guests.pk]))

    assert "groups" in answer.context["adminform"].form.errors
    assert [group.name for group in account.groups.all()] == ["Reporter"]


@pytest.mark.parametrize("kind", ["superuser", "more permissions"])
def test_an_administrator_takes_over_no_account_that_can_do_more(office: Client, kind: str) -> None:
    if kind == "superuser":
        account = User.objects.create_superuser("root", password=PASSWORD)
    else:
        account = make_staff("Reporter", "root", password=PASSWORD)
        account.user_permissions.add(Permission.objects.get(codename="delete_accessattempt"))
    new = {"password1": "taken over 1", "password2": "taken over 1", "set-password": "1"}

    answers = [
        office.post(page_of(account), changed(account, email="mine@example.org")),
        office.post(reverse("admin:auth_user_password_change", args=[account.pk]), new),
        office.post(reverse("admin:auth_user_delete", args=[account.pk]), {"post": "yes"}),
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert User.objects.get(pk=account.pk).check_password(PASSWORD)


def test_nobody_changes_their_own_rights(office: Client, administrator: User) -> None:
    make_staff("Moderator")

    office.post(
        page_of(administrator),
        changed(administrator, first_name="Zia", is_active="", groups=[role("Moderator").pk]),
    )

    administrator.refresh_from_db()
    assert (administrator.first_name, administrator.is_active) == ("Zia", True)
    assert [group.name for group in administrator.groups.all()] == ["Administrator"]


def test_who_is_limited_to_a_section_gives_rights_in_it_only(
    office: Client, administrator: User
) -> None:
    sport, news = make_section("Sport"), make_section("News")
    everywhere, elsewhere = make_staff("Reporter"), make_staff("Reporter")
    elsewhere.desk_sections.add(news)
    administrator.desk_sections.add(sport)
    reporter = role("Reporter").pk

    refused = office.post(ADD, form(groups=[reporter]))
    assert "sections" in refused.context["adminform"].form.errors
    refused = office.post(ADD, form(groups=[reporter], sections=[news.pk]))
    assert "sections" in refused.context["adminform"].form.errors
    for account in (everywhere, elsewhere):
        assert office.post(page_of(account), changed(account)).status_code == 403

    office.post(ADD, form(groups=[reporter], sections=[sport.pk]))
    assert list(User.objects.get(username="sana").desk_sections.all()) == [sport]


def test_a_superuser_makes_another_and_changes_a_role(desk: Client) -> None:
    account = make_staff("Reporter")
    permission = Permission.objects.get(codename="add_place")

    desk.post(page_of(account), changed(account, is_superuser="on"))
    desk.post(page_of(role("Reporter")), {"name": "Reporter", "permissions": [permission.pk]})

    account.refresh_from_db()
    assert account.is_superuser
    assert list(role("Reporter").permissions.all()) == [permission]


def test_colleagues_are_named_by_editors_who_see_no_accounts(client: Client) -> None:
    make_user("zia", first_name="Zia", last_name="Ahmed")
    client.force_login(make_staff("Editor"))
    asked = {"app_label": "articles", "model_name": "author", "field_name": "user", "term": "zia"}

    answer = client.get("/admin/autocomplete/", asked).json()

    assert [result["text"] for result in answer["results"]] == ["Zia Ahmed (zia)"]


def test_the_list_of_accounts_costs_the_same_for_one_and_for_many(
    office: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(12):
        make_staff("Reporter").desk_sections.add(make_section())

    with django_assert_max_num_queries(12):
        office.get("/admin/auth/user/")
