"""An editor who has signed in, and the forms as the desk sends them out."""

from collections.abc import Callable, Iterator
from typing import Any, Literal

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from lxml import html
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_staff

Window = Callable[[User, Literal["light", "dark"], int], Page]


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


@pytest.fixture
def desk_page(browser_page: Page, live_server: LiveServer, client: Client) -> Page:
    """A window in which an editor of the staff has signed in."""
    client.force_login(make_staff("Editor", "ann"))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    browser_page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return browser_page


@pytest.fixture
def window(browser: Browser, live_server: LiveServer, client: Client) -> Iterator[Window]:
    """Opens a window of somebody's, so wide and in light or dark colours, in which the checker of
    accessibility can work: it puts styles of its own into the page, which the security policy
    would refuse."""
    opened = []

    def open_window(user: User, scheme: Literal["light", "dark"], width: int) -> Page:
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        context = browser.new_context(
            base_url=live_server.url,
            color_scheme=scheme,
            viewport={"width": width, "height": 900},
            bypass_csp=True,
        )
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        opened.append(context)
        return context.new_page()

    yield open_window
    for context in opened:
        context.close()
