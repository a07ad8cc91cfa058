"""The moderators' queue in a browser: by keys, by mouse, without JavaScript, for everybody."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Literal

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from articles.comments import counts, moderation, threads
from articles.comments.judging import standings
from articles.models import (
    Article,
    Comment,
    CommentReport,
    CommentState,
    ErrorReport,
    Standing,
    StandingKind,
)
from tests import browser as chromium
from tests.admin.conftest import Window
from tests.browser import violations
from tests.factories import make_article, make_comment, make_staff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

QUEUE = "/admin/articles/comment/queue/"


@pytest.fixture
def moderator() -> User:
    return make_staff("Moderator", "sana", first_name="Sana")


@pytest.fixture
def cookie(moderator: User, live_server: LiveServer, client: Client) -> Any:
    client.force_login(moderator)
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


def held(article: Article, name: str, *, age: int = 0, **fields: Any) -> Comment:
    created = timezone.now() - timedelta(minutes=age)
    return make_comment(article, state="pending", author_name=name, created_at=created, **fields)


def a_hundred_held(article: Article) -> list[Comment]:
    now = timezone.now()
    comments = Comment.objects.bulk_create(
        Comment(
            article=article,
            state=CommentState.PENDING,
            author_name=f"Reader {number}",
            text="I was there.",
            html="<p>I was there.</p>",
            created_at=now - timedelta(minutes=number),
        )
        for number in range(100)
    )
    for comment in comments:
        threads.place(comment, None)
    Comment.objects.bulk_update(comments, threads.PLACED)
    counts.recount([article.pk])
    return comments


def in_front(page: Page, comment: Comment) -> Locator:
    return page.locator(f'.pane[data-comment="{comment.pk}"]')


def states() -> dict[str, str]:
    return dict(Comment.objects.values_list("author_name", "state"))


def test_a_hundred_decisions_by_keys(desk: Page) -> None:
    article = make_article()
    comments = a_hundred_held(article)
    verbs = {"a": CommentState.APPROVED, "s": CommentState.SPAM, "b": CommentState.BIN}
    pressed = {comment: "asb"[number % 3] for number, comment in enumerate(comments)}

    desk.goto(QUEUE)
    for comment, key in pressed.items():
        expect(in_front(desk, comment)).to_be_visible()
        expect(desk.locator("#front")).not_to_have_attribute("aria-busy", "true")
        desk.keyboard.press(key)
    expect(desk.get_by_text("Nothing waits here.")).to_be_visible()

    assert states() == {comment.author_name: verbs[key] for comment, key in pressed.items()}
    approved = Comment.objects.approved().count()
    assert Article.objects.get().comment_count == approved == 34


def test_a_moderators_whole_way_by_keys(desk: Page) -> None:
    article = make_article("Floods")
    zia = held(article, "Zia", text="I was there.", author_email="z@b.org")
    bano = held(article, "Bano", age=1, text="A rude word.")
    gul = held(article, "Gul", age=2)

    desk.goto("/admin/")
    desk.get_by_role("link", name="Held comments 3").click()
    expect(in_front(desk, zia)).to_be_visible()
    expect(desk.locator("#comment")).to_be_focused()

    # A reason first, then the decision; the next one comes up by itself and has the focus.
    desk.keyboard.press("w")
    desk.keyboard.type("Kind")
    desk.keyboard.press("Enter")
    desk.keyboard.press("a")
    expect(in_front(desk, bano)).to_be_visible()
    expect(desk.locator("#comment")).to_be_focused()
    expect(desk.get_by_role("status")).to_have_text("Zia: approved.")
    expect(desk.get_by_role("link", name="Held 2")).to_be_visible()

    # The text is put right; what is typed decides nothing.
    desk.keyboard.press("e")
    box = desk.get_by_label("The text; readers see that it was edited")
    expect(box).to_be_focused()
    box.fill("")
    desk.keyboard.type("sabotage")
    desk.get_by_role("button", name="Save the text").click()
    expect(desk.locator(".flags")).to_contain_text("edited")
    expect(in_front(desk, bano)).to_contain_text("sabotage")

    # A look at the next one, and back.
    desk.keyboard.press("j")
    expect(in_front(desk, gul)).to_be_visible()
    desk.keyboard.press("k")
    expect(in_front(desk, bano)).to_be_visible()

    desk.keyboard.press("s")
    expect(in_front(desk, gul)).to_be_visible()
    expect(desk.get_by_role("status")).to_have_text("Bano: marked as spam.")
    desk.keyboard.press("u")
    expect(in_front(desk, bano)).to_be_visible()
    expect(desk.get_by_role("status")).to_have_text("Taken back: 1 comment is as before.")
    desk.keyboard.press("r")
    desk.keyboard.type("Thank you.")
    desk.get_by_role("button", name="Approve and reply").last.click()
    expect(in_front(desk, gul)).to_be_visible()
    desk.keyboard.press("b")
    expect(desk.get_by_text("Nothing waits here.")).to_be_visible()

    assert states() == {
        "Zia": "approved",
        "Bano": "approved",
        "Gul": "bin",
        "Sana": "approved",
    }
    assert Comment.objects.get(author_name="Zia").reason == "Kind"


def test_a_commenter_is_banned_by_keys(desk: Page) -> None:
    zia = held(make_article(), "Zia", author_email="z@b.org", address="192.0.2.7")

    desk.goto(QUEUE)
    desk.keyboard.press("x")
    desk.get_by_label("192.0.2.0/24").check()
    desk.get_by_label("How long").select_option("1 month")
    desk.locator("#ban_reason").fill("Insults somebody")
    desk.get_by_role("button", name="Ban", exact=True).click()

    expect(desk.get_by_role("status")).to_contain_text("192.0.2.0/24 may not comment until")
    expect(in_front(desk, zia)).to_contain_text("May not comment")
    assert Standing.objects.get().network == "192.0.2.0/24"


def test_a_ban_is_imposed_and_lifted_in_the_list_of_bans(desk: Page) -> None:
    desk.goto("/admin/articles/standing/")
    desk.get_by_role("link", name="Add ban or trust").click()
    desk.get_by_label("Whom:").fill("@b.org")
    desk.get_by_label("Why:").fill("Advertises")
    desk.get_by_role("button", name="Impose it").click()
    desk.get_by_role("link", name="@b.org").click()
    desk.get_by_role("button", name="Lift it now").click()

    expect(desk.get_by_text("Lifted: @b.org: may not comment.")).to_be_visible()
    assert not Standing.objects.in_force().exists()


def test_who_is_second_is_told_and_the_work_goes_on(desk: Page) -> None:
    article = make_article()
    zia, bano, gul = held(article, "Zia"), held(article, "Bano", age=1), held(article, "Gul", age=2)

    desk.goto(QUEUE)
    expect(in_front(desk, zia)).to_be_visible()
    moderation.decide([zia], CommentState.SPAM, by=make_staff("Moderator", "ann"))
    desk.keyboard.press("a")

    expect(desk.get_by_role("status")).to_contain_text("ann was quicker")
    expect(in_front(desk, bano)).to_be_visible()
    desk.keyboard.press("a")
    expect(in_front(desk, gul)).to_be_visible()
    expect(desk.get_by_role("status")).to_have_text("Bano: approved.")
    assert states() == {"Zia": "spam", "Bano": "approved", "Gul": "pending"}


def test_what_cannot_be_sent_is_said_and_nothing_is_decided(desk: Page) -> None:
    article = make_article()
    zia, _ = held(article, "Zia"), held(article, "Bano", age=1)

    desk.goto(QUEUE)
    desk.route("**/queue/*/", lambda route: route.abort())
    desk.keyboard.press("a")

    expect(desk.get_by_role("status")).to_contain_text("the desk cannot be reached")
    desk.unroute("**/queue/*/")
    desk.get_by_role("link", name="Look at it again").click()
    expect(in_front(desk, zia)).to_be_visible()
    assert set(states().values()) == {"pending"}


def test_keys_are_listed_and_can_be_switched_off(desk: Page) -> None:
    held(make_article(), "Zia")

    desk.goto(QUEUE)
    desk.keyboard.press("?")
    keys = desk.get_by_role("dialog", name="Keys")
    expect(keys).to_contain_text("approve")
    keys.get_by_label("Decide by single keys").uncheck()
    keys.get_by_role("button", name="Close").click()
    desk.keyboard.press("a")
    desk.reload()
    desk.keyboard.press("a")
    expect(desk.get_by_role("status")).to_have_text("")
    desk.get_by_role("button", name="Approve", exact=False).first.click()

    expect(desk.get_by_role("status")).to_have_text("Zia: approved.")
    assert states() == {"Zia": "approved"}


def test_a_moderators_whole_way_without_javascript(plain: Page) -> None:
    article = make_article("Floods")
    zia = held(article, "Zia", author_email="z@b.org")
    bano = held(article, "Bano", age=1, text="A rude word.")

    plain.goto("/admin/articles/comment/")
    plain.get_by_role("link", name="Queue").click()
    expect(in_front(plain, zia)).to_be_visible()
    # Enter in the field for the reason decides nothing.
    plain.get_by_label("Why", exact=True).first.fill("Kind")
    plain.keyboard.press("Enter")
    assert set(states().values()) == {"pending"}
    plain.locator("button[value=approve]").click()
    expect(in_front(plain, bano)).to_be_visible()
    expect(plain.get_by_role("status")).to_have_text("Zia: approved.")
    plain.get_by_role("button", name="Undo").click()
    expect(in_front(plain, zia)).to_be_visible()
    plain.locator("button[value=spam]").click()
    plain.get_by_text("Edit", exact=False).first.click()
    plain.get_by_label("The text; readers see that it was edited").fill("[cut]")
    plain.get_by_role("button", name="Save the text").click()
    expect(in_front(plain, bano)).to_contain_text("[cut]")
    plain.locator("button[value=bin]").click()

    expect(plain.get_by_text("Nothing waits here.")).to_be_visible()
    assert states() == {"Zia": "spam", "Bano": "bin"}


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_everybody_can_use_these_pages(
    window: Window, scheme: Literal["light", "dark"], width: int
) -> None:
    administrator = make_staff("Administrator", "admin")
    article = make_article("کوئٹہ میں بارش", paragraphs=["It rained.", "On Monday."])
    parent = make_comment(article, author_name="Bano")
    comment = held(
        article,
        "Zia",
        parent=parent,
        author_email="z@b.org",
        address="192.0.2.7",
        rule="links",
        rule_reason="2 links in the text",
        text="See **here**.",
    )
    held(article, "Zia", author_email="z@b.org", age=3)
    reported = make_comment(article, reports_open=1, featured_at=timezone.now())
    CommentReport.objects.create(comment=reported, reason="abuse", text="Rude.")
    standing = standings.impose(
        StandingKind.HELD, email="z@b.org", reason="Quarrels", by=administrator
    )
    report = ErrorReport.objects.create(
        article=article, revision=1, paragraph="p2", quote="Monday", text="It was Tuesday."
    )
    page = window(administrator, scheme, width)
    problems = []
    for address, key in (
        (QUEUE, ""),
        (QUEUE, "r"),
        (QUEUE, "x"),
        (QUEUE, "?"),
        (f"{QUEUE}?tab=reported", ""),
        (f"{QUEUE}?tab=bin", ""),
        (f"/admin/articles/comment/{comment.pk}/change/", ""),
        ("/admin/articles/comment/?state=reported", ""),
        ("/admin/articles/standing/", ""),
        ("/admin/articles/standing/add/", ""),
        (f"/admin/articles/standing/{standing.pk}/change/", ""),
        ("/admin/articles/errorreport/", ""),
        (f"/admin/articles/errorreport/{report.pk}/change/", ""),
        (f"/admin/articles/article/{article.pk}/correct/?report={report.pk}", ""),
    ):
        page.goto(address)
        if key:
            page.keyboard.press(key)
        found = violations(page, {})
        problems += [(address, key, one["id"], one["nodes"][0]["html"]) for one in found]
        across = page.evaluate("document.documentElement.scrollWidth")
        if across > width:
            problems.append((address, key, "wider than the window", str(across)))
    assert problems == []


@pytest.mark.parametrize(("width", "height"), [(1200, 800), (390, 844)])
def test_an_open_panel_leaves_most_of_the_window_to_the_comment(
    desk: Page, width: int, height: int
) -> None:
    held(make_article(), "Zia", author_email="z@b.org", address="192.0.2.7", text="Long. " * 400)
    desk.set_viewport_size({"width": width, "height": height})
    desk.goto(QUEUE)

    desk.locator("summary", has_text="Ban").click()

    box = desk.locator(".verbs:has(details[open])").bounding_box()
    assert box is not None
    assert box["height"] <= height / 2.4
