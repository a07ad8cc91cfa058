"""The whole way of a reply, on the pages as a reader without JavaScript and cookies gets them."""

from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser

import pytest
import time_machine
from django.test import Client

from articles.comments.moderation import decide
from articles.models import Comment, CommentState
from tests.factories import make_article, make_comment

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


class Form(HTMLParser):
    """The comment form of a page, filled in as it came."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action = ""
        self.values: dict[str, str] = {}
        self._is_open = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {key: value or "" for key, value in attrs}
        if tag == "form" and attributes.get("id") == "respond":
            self.action = attributes["action"]
            self._is_open = True
        elif tag in ("input", "textarea") and self._is_open:
            if attributes.get("type") == "checkbox" and "checked" not in attributes:
                return
            self.values[attributes["name"]] = attributes.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_open = False


def read(path: str | None) -> str:
    """The page as somebody sees it who comes for the first time."""
    assert path, "only a public article has an address"
    response = Client().get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def reply(page: str, **typed: str) -> str:
    """Posts the form of a page a minute after it was read; the address that this leads to."""
    form = Form(page)
    with time_machine.travel(NOON + timedelta(minutes=1)):
        response = Client(enforce_csrf_checks=True).post(form.action, form.values | typed)
    assert response.status_code == 303
    assert not response.cookies
    return response["Location"]


def test_a_reply_is_held_then_approved_then_seen_by_everybody():
    article = make_article()
    with time_machine.travel(NOON):
        page = read(article.path)
        assert "Leave a reply" in page
    place = reply(page, comment="Well said.", author="Zarina", email="zarina@example.org")
    with time_machine.travel(NOON + timedelta(minutes=2)):
        own = read(place)
        assert "Well said." in own
        assert "Waiting for a moderator: only you see this" in own
        assert "Well said." not in read(article.path)

        decide(Comment.objects.all(), CommentState.APPROVED, by=None)

        everybodys = read(article.path)
        assert "Well said." in everybodys
        assert "1 comment<" in everybodys
        assert "Waiting for a moderator" not in read(place)


def test_a_reply_to_a_comment_goes_below_it():
    article = make_article()
    first = make_comment(article, author_name="Sana", created_at=NOON)
    with time_machine.travel(NOON):
        page = read(f"{article.path}?replytocom={first.pk}")
    assert "Leave a reply to <bdi>Sana</bdi>" in page
    reply(page, comment="Indeed.", author="Zarina", email="zarina@example.org")
    assert Comment.objects.get(text="Indeed.").parent == first
