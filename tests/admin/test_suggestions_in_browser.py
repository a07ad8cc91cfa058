"""The screen of suggestions in a browser: by keys, without JavaScript, for everybody."""

from collections.abc import Iterator
from typing import Any, Literal

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.models import EntityKind, Mention, MentionState, Person
from articles.text.folding import fold
from tests import browser as chromium
from tests.admin.conftest import Window
from tests.browser import violations
from tests.factories import make_article, make_mention, make_person, make_place, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREEN = "/admin/suggestions/"


@pytest.fixture
def ann() -> User:
    return make_staff("Editor", "ann")


@pytest.fixture
def cookie(ann: User, live_server: LiveServer, client: Client) -> Any:
    client.force_login(ann)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}


@pytest.fixture
def desk(browser_page: Page, cookie: Any) -> Page:
    browser_page.context.add_cookies([cookie])
    return browser_page


@pytest.fixture
def plain(browser: Browser, live_server: LiveServer, cookie: Any) -> Iterator[Page]:
    """A window that runs no scripts."""
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies([cookie])
    page = context.new_page()
    problems = chromium.watch(page, live_server.url)
    yield page
    context.close()
    assert problems == []


def suggest(words: str, *candidates: Person, number: int = 1) -> list[Mention]:
    return [
        Mention.objects.create(
            article=make_article(),
            kind=EntityKind.PERSON,
            state=MentionState.SUGGESTED,
            quote=words,
            folded=fold(words),
            sentence=f"So said {words} on Monday.",
            reason="two people of this name",
            candidates=[one.pk for one in candidates],
        )
        for _ in range(number)
    ]


def in_front(page: Page, words: str) -> None:
    """Waits until a name is in front and the screen listens to keys."""
    expect(page.locator("#name-title")).to_have_text(words)
    expect(page.locator("#in-front")).to_be_focused()
    expect(page.locator("#front")).not_to_have_attribute("aria-busy", "true")


def decided() -> dict[str, list[tuple[str, str]]]:
    """Of each name, what became of its suggestions."""
    found: dict[str, list[tuple[str, str]]] = {}
    for mention in Mention.objects.select_related("person").order_by("pk"):
        found.setdefault(mention.quote, []).append((mention.state, str(mention.person or "")))
    return found


def test_an_editors_whole_way_by_keys(desk: Page) -> None:
    zia, imran = make_person("Zia Khan"), make_person("Imran Khan")
    make_person("Sarfraz Bugti")
    suggest("Khan", zia, imran, number=3)
    suggest("Bugti", number=2)
    suggest("Monday")

    desk.goto(SCREEN)
    in_front(desk, "Khan")
    desk.keyboard.press("2")
    expect(desk.get_by_role("radio", name="Imran Khan")).to_be_checked()
    desk.keyboard.press("a")
    in_front(desk, "Bugti")
    expect(desk.locator("#said")).to_contain_text("3 articles: “Khan” is Imran Khan.")

    desk.keyboard.press("f")
    desk.keyboard.type("sarfraz")
    expect(desk.get_by_role("radio", name="Sarfraz Bugti")).to_be_checked()
    desk.keyboard.press("Escape")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("x")
    expect(desk.get_by_label("those ticked (1)")).to_be_checked()
    desk.keyboard.press("a")
    expect(desk.locator("#said")).to_contain_text("1 article: “Bugti” is Sarfraz Bugti.")
    in_front(desk, "Bugti")
    desk.keyboard.press("n")
    desk.keyboard.press("a")

    in_front(desk, "Monday")
    desk.keyboard.press("w")
    desk.keyboard.type("A day")
    desk.keyboard.press("Enter")
    desk.keyboard.press("r")
    expect(desk.get_by_text("Nothing waits here.")).to_be_visible()

    bugti = decided()["Bugti"]
    assert sorted(name for _, name in bugti) == ["Bugti", "Sarfraz Bugti"]
    assert decided()["Khan"] == [("confirmed", "Imran Khan")] * 3
    assert decided()["Monday"] == [("rejected", "")]
    assert Mention.objects.get(quote="Monday").reason == "A day"


def test_the_last_step_is_undone_and_its_name_comes_back(desk: Page) -> None:
    suggest("Khan", make_person("Zia Khan"), number=2)
    suggest("Bano")

    desk.goto(SCREEN)
    in_front(desk, "Khan")
    desk.keyboard.press("r")
    in_front(desk, "Bano")
    desk.keyboard.press("u")
    in_front(desk, "Khan")

    expect(desk.locator("#said")).to_contain_text("Taken back: 2 suggestions are as before.")
    assert {state for state, _ in decided()["Khan"]} == {"suggested"}


def test_names_are_passed_over_and_come_up_again(desk: Page) -> None:
    suggest("Khan", number=2)
    suggest("Bano")

    desk.goto(SCREEN)
    in_front(desk, "Khan")
    desk.keyboard.press("j")
    in_front(desk, "Bano")
    desk.keyboard.press("k")
    in_front(desk, "Khan")


def test_single_keys_can_be_switched_off(desk: Page) -> None:
    suggest("Khan", make_person("Zia Khan"))
    desk.goto(SCREEN)
    in_front(desk, "Khan")
    desk.keyboard.press("?")
    desk.get_by_label("Decide by single keys").uncheck()
    desk.get_by_role("button", name="Close").click()

    desk.keyboard.press("r")
    desk.reload()
    in_front(desk, "Khan")
    desk.keyboard.press("r")

    expect(desk.locator("#name-title")).to_have_text("Khan")
    assert decided()["Khan"] == [("suggested", "")]


def test_without_javascript_the_buttons_do_all_of_it(plain: Page) -> None:
    make_person("Zia Khan")
    suggest("Khan", number=2)
    suggest("Bano")

    plain.goto(SCREEN)
    plain.get_by_label("Somebody or something else").fill("zia")
    plain.get_by_role("button", name="Find").click()
    plain.get_by_role("radio", name="Zia Khan").check()
    plain.get_by_role("button", name="Confirm").click()
    expect(plain.locator("#name-title")).to_have_text("Bano")
    plain.get_by_role("button", name="Undo").click()
    expect(plain.locator("#name-title")).to_have_text("Khan")
    plain.get_by_role("button", name="Reject").click()

    assert [state for state, _ in decided()["Khan"]] == ["rejected", "rejected"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_screen_is_for_everybody(
    window: Window, ann: User, scheme: Literal["light", "dark"], width: int
) -> None:
    suggest("Khan", make_person("Zia Khan", title="Governor"), number=3)
    quetta = make_place("Quetta", latitude=30.2, longitude=67.0, names=["کوئٹہ"])
    make_mention(make_article(), quetta, is_adrift=True, sentence="In Quetta.")
    page = window(ann, scheme, width)

    for address in (SCREEN, f"{SCREEN}?kind=adrift", f"/admin/articles/place/{quetta.pk}/change/"):
        page.goto(address)
        # The first column of Django's tables of rows has no head.
        assert violations(page, {"rules": {"empty-table-header": {"enabled": False}}}) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
