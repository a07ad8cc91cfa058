"""The first start of a new archive says how to sign in."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db


def printed() -> str:
    out = StringIO()
    call_command("create_first_editor", stdout=out)
    return out.getvalue()


def test_the_first_editor_signs_in_with_what_is_printed(client):
    text = printed()

    password = re.search(r"password: (\S+)", text)
    assert "http://127.0.0.1:8000/admin/" in text
    assert password
    answer = client.post("/admin/login/", {"username": "editor", "password": password[1]})
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200


def test_later_starts_say_who_can_sign_in_and_change_nothing():
    printed()
    before = User.objects.get().password

    text = printed()

    assert "as editor;" in text
    assert "changepassword editor" in text
    assert User.objects.get().password == before


def test_an_archive_with_editors_gets_no_other_one():
    User.objects.create_user("maryam", is_staff=True)

    assert "as maryam;" in printed()
    assert not User.objects.filter(username="editor").exists()


def test_a_reader_who_took_the_name_is_not_let_in():
    User.objects.create_user("editor")

    with pytest.raises(CommandError, match="createsuperuser"):
        printed()
    assert not User.objects.filter(is_staff=True).exists()
