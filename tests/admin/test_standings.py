"""Bans, holds and trust at the desk: seen, imposed, lifted, and never changed or deleted."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from lxml import html

from articles.admin.standings import StandingForm
from articles.comments.judging import standings
from articles.models import AuditEntry, Standing, StandingKind
from tests.factories import make_staff

pytestmark = pytest.mark.django_db

LIST = "/admin/articles/standing/"


@pytest.fixture
def sana() -> User:
    return make_staff("Moderator", "sana")


@pytest.fixture
def desk(sana: User, client: Client) -> Client:
    client.force_login(sana)
    return client


def ban(*, email: str = "", network: str = "", **fields: Any) -> Standing:
    return standings.impose(
        StandingKind.BANNED, email=email, network=network, reason="Rude", by=None, **fields
    )


def found(desk: Client, **asked: str) -> list[str]:
    rows = desk.get(LIST, asked).context["cl"].result_list
    return [row.email or row.network for row in rows]


@pytest.mark.parametrize(
    ("whom", "email", "network"),
    [
        ("Z@B.org", "z@b.org", ""),
        ("@b.org", "@b.org", ""),
        ("192.0.2.7", "", "192.0.2.7/32"),
        ("2001:db8::/48", "", "2001:db8::/48"),
    ],
)
def test_somebody_is_banned_in_plain_words(
    desk: Client, sana: User, whom: str, email: str, network: str
) -> None:
    data = {"kind": "banned", "whom": whom, "days": "30", "reason": "Insults the staff"}

    answer = desk.post(LIST + "add/", data)

    assert answer["Location"] == LIST
    standing = Standing.objects.get()
    assert (standing.email, standing.network) == (email, network)
    assert (standing.reason, standing.created_by) == ("Insults the staff", sana)
    assert standing.until is not None
    assert standing.until > timezone.now() + timedelta(days=29)
    entry = AuditEntry.objects.get(kind="standing")
    assert (entry.action, entry.detail) == ("ban", "Insults the staff")


def test_the_form_stores_nothing_before_it_is_saved(sana: User) -> None:
    form = StandingForm({"kind": "banned", "whom": "a@b.org", "days": "1", "reason": "Rude"})
    form.by = sana

    assert form.is_valid()
    assert not Standing.objects.exists()
    assert form.save() == Standing.objects.get()


@pytest.mark.parametrize("whom", ["nobody", "a@", "999.1.1.1", "0.0.0.0/0", ""])
def test_what_is_no_address_is_refused_in_the_form(desk: Client, whom: str) -> None:
    data = {"kind": "banned", "whom": whom, "days": "0", "reason": "Rude"}

    answer = desk.post(LIST + "add/", data)

    assert answer.status_code == 200
    assert html.fromstring(answer.content.decode()).xpath("//ul[contains(@class, 'errorlist')]")
    assert not Standing.objects.exists()


def test_the_list_shows_those_in_force_and_those_that_have_ended(desk: Client, sana: User) -> None:
    ban(email="a@b.org")
    standings.lift(ban(email="c@d.org"), by=sana)
    over = ban(email="e@f.org", until=timezone.now() + timedelta(days=1))
    Standing.objects.filter(pk=over.pk).update(until=timezone.now() - timedelta(days=1))

    assert found(desk) == ["a@b.org"]
    assert found(desk, state="ended") == ["e@f.org", "c@d.org"]


def test_the_list_is_searched_by_whom_it_holds_for(desk: Client) -> None:
    ban(email="@b.org")
    ban(network="192.0.2.0/24")

    assert found(desk, q="Z@b.org") == ["@b.org"]
    assert found(desk, q="b.org") == ["@b.org"]
    assert found(desk, q="192.0.2.7") == ["192.0.2.0/24"]
    assert found(desk, q="198.51.100.1") == []


def test_a_ban_is_lifted_and_noted_and_stays_on_record(desk: Client, sana: User) -> None:
    standing = ban(email="a@b.org")
    page: Any = html.fromstring(desk.get(f"{LIST}{standing.pk}/change/").content.decode())
    (address,) = page.xpath("//form[contains(@action, '/lift/')]/@action")

    desk.post(address)

    standing.refresh_from_db()
    assert (standing.lifted_by, standing.reason) == (sana, "Rude")
    assert AuditEntry.objects.get(kind="standing").action == "lift"
    page = html.fromstring(desk.get(f"{LIST}{standing.pk}/change/").content.decode())
    assert not page.xpath("//form[contains(@action, '/lift/')]")


def test_nobody_changes_or_deletes_one(desk: Client) -> None:
    standing = ban(email="a@b.org")

    assert desk.post(f"{LIST}{standing.pk}/change/", {"reason": "x"}).status_code == 403
    assert desk.post(f"{LIST}{standing.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("role", ["Reporter", "Archivist"])
def test_others_have_nothing_to_do_with_them(client: Client, role: str) -> None:
    standing = ban(email="a@b.org")
    client.force_login(make_staff(role))

    assert client.get(LIST).status_code == 403
    assert client.get(LIST + "add/").status_code == 403
    assert client.post(f"{LIST}{standing.pk}/lift/").status_code == 403
