"""Administrators see what mail was sent and what could not be, and have it tried again."""

import pytest
from django.test import Client
from django.utils import timezone

from articles.mailing import Letter, post
from articles.models import OutgoingMail
from tests.factories import make_staff

LIST = "/admin/articles/outgoingmail/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_staff("Administrator"))
    return client


def write(to: str = "reader@example.org", **fields: object) -> OutgoingMail:
    post(Letter(to=to, subject="Hello", text="http://127.0.0.1/mail/stop/secret/", kind="reply"))
    mail = OutgoingMail.objects.latest("pk")
    OutgoingMail.objects.filter(pk=mail.pk).update(**fields)
    return mail


def test_what_could_not_be_sent_says_why(administrator):
    write(given_up_at=timezone.now(), attempts=1, fault="550 No such user")
    write("other@example.org", sent_at=timezone.now())

    page = administrator.get(LIST).content.decode()
    assert "550 No such user" in page
    assert "given up" in page

    page = administrator.get(LIST, {"state": "given-up"}).content.decode()
    assert "reader@example.org" in page
    assert "other@example.org" not in page


def test_what_a_mail_says_is_for_its_recipient_alone(administrator):
    mail = write()

    for address in (LIST, f"{LIST}{mail.pk}/change/"):
        assert "secret" not in administrator.get(address).content.decode()


def test_mails_that_were_not_sent_are_tried_again(administrator):
    lost = write(given_up_at=timezone.now(), attempts=6, fault="550 No such user")
    sent = write(sent_at=timezone.now(), attempts=1)

    page = administrator.post(
        LIST, {"action": "try_again", "_selected_action": [lost.pk, sent.pk]}, follow=True
    )

    assert "1 mail is tried again" in page.content.decode()
    lost.refresh_from_db()
    sent.refresh_from_db()
    assert (lost.given_up_at, lost.attempts) == (None, 0)
    assert sent.attempts == 1


def test_nobody_changes_adds_or_deletes_mail_there(administrator):
    mail = write()

    assert administrator.get(f"{LIST}add/").status_code == 403
    assert administrator.post(f"{LIST}{mail.pk}/delete/", {"post": "yes"}).status_code == 403
    assert administrator.post(f"{LIST}{mail.pk}/change/", {"to": "a@b.org"}).status_code == 403
    mail.refresh_from_db()
    assert mail.to == "reader@example.org"


@pytest.mark.parametrize("role", ["Editor", "Moderator", "Reporter"])
def test_other_roles_do_not_see_it(client: Client, role):
    client.force_login(make_staff(role))

    assert client.get(LIST).status_code == 403


def test_the_queries_do_not_grow_with_the_mail(administrator, django_assert_max_num_queries):
    for number in range(30):
        write(f"reader{number}@example.org")

    with django_assert_max_num_queries(6):
        administrator.get(LIST)
