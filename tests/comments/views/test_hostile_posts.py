"""Whatever is posted is stored harmless and shown harmless, or refused with a reason."""

import json
from pathlib import Path

import pytest
from django.test import Client
from lxml import html

from articles.comments import tokens
from articles.comments.text.cleaning import clean_text
from articles.models import Article, Comment, CommentRules
from tests.factories import make_article

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

LINES_AT_ONCE = 25
ELEMENTS = {"p", "br", "blockquote", "ul", "ol", "li", "em", "strong", "code", "a", "span"}
ATTRIBUTES = {"href", "rel", "class", "value"}


@pytest.fixture
def article(monkeypatch: pytest.MonkeyPatch) -> Article:
    monkeypatch.setattr(tokens, "LEAST_AGE", 0)
    CommentRules.objects.create(
        pk=1, hold_first=0, seconds_between=0, hourly_of_address=0, hourly_of_network=0
    )
    return make_article()


def post(article: Article, text: str, author: str) -> Comment | None:
    """Posts the form: the comment that was stored, or None when the form page gives a reason."""
    typed = {
        "comment": text,
        "author": author,
        "email": "zarina@example.org",
        "token": tokens.issue(article.pk),
    }
    response = Client().post(f"{article.path}comments/", typed)
    if response.status_code == 303:
        return Comment.objects.latest("pk")
    assert response.status_code in (400, 409), (response.status_code, text)
    page = html.document_fromstring(response.content.decode())
    assert [reason for reason in page.iterfind(".//p[@class='error']") if reason.text], text
    assert not [script for script in page.iter("script") if not script.get("src")], text
    return None


def harmful_in(comment: Comment) -> list[str]:
    shown = html.fragment_fromstring(comment.html, create_parent="div")
    return [
        html.tostring(element).decode()
        for element in shown.iterdescendants()
        if element.tag not in ELEMENTS
        or not set(element.attrib) <= ATTRIBUTES
        or not element.get("href", "http:").lower().startswith(("http:", "https:"))
    ]


def test_naughty_strings(article, data_dir):
    for text in json.loads((data_dir / "hostile" / "blns.json").read_text()):
        comment = post(article, text, author=text or "Zarina")
        if comment is not None:
            assert comment.text == clean_text(text)
            assert harmful_in(comment) == []


def test_what_runs_scripts_elsewhere(article, data_dir: Path):
    lines = (data_dir / "hostile" / "xss-payload-list.txt").read_text().splitlines()
    for start in range(0, len(lines), LINES_AT_ONCE):
        text = "\n".join(lines[start : start + LINES_AT_ONCE])
        comment = post(article, text, author="Zarina")
        assert comment is not None, text
        assert comment.text == clean_text(text)
        assert harmful_in(comment) == []
