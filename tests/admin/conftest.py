"""An editor who has signed in, and the forms as the desk sends them out."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from lxml import html


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_superuser("editor", password="a quiet newsroom")


@pytest.fixture
def desk(editor: User, client: Client) -> Client:
    client.force_login(editor)
    return client


@pytest.fixture
def filled_in(desk: Client) -> Callable[[str], dict[str, Any]]:
    """The fields of the form at an address, with what they hold: what a browser would send."""

    def read(address: str) -> dict[str, Any]:
        page: Any = html.fromstring(desk.get(address).content)
        form = next(form for form in page.forms if (form.get("id") or "").endswith("_form"))
        data: dict[str, Any] = {}
        for field in form.inputs:
            if not field.name or "__prefix__" in field.name or field.get("type") == "submit":
                continue
            if field.tag == "select" and field.multiple:
                data[field.name] = list(field.value)
            elif field.value is not None:
                data[field.name] = field.value
        return data

    return read
