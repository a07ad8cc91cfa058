import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.comments import tokens
from articles.comments.reporting.hourly import MOST
from articles.models import (
    Address,
    Article,
    Comment,
    CommentPolicy,
    CommentReport,
    CommentState,
    ErrorReport,
    Status,
)
from tests.comments.moments import NOON
from tests.factories import make_article, make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def token(subject: str) -> str:
    """The token of a form that was opened a minute ago."""
    with time_machine.travel(NOON - timedelta(minutes=1), tick=False):
        return tokens.issue(subject)


def report(client: Client, comment: Comment, **fields: Any) -> Any:
    typed = {"reason": "abuse", "text": "", "token": token(f"report-{comment.pk}"), "subject": ""}
    return client.post(f"/comments/{comment.pk}/report/", typed | fields)


def report_error(client: Client, article: Article, path: str = "", **fields: Any) -> Any:
    typed = {"text": "It was three.", "token": token(f"error-{article.pk}"), "subject": ""}
    return client.post(f"{path or article.path}report-error/", typed | fields)


def html_of(response: Any) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_reader_reports_a_comment_and_is_led_back_to_it(reader):
    comment = make_comment(make_article(), text="You fool")
    page = html_of(reader.get(f"/comments/{comment.pk}/report/"))
    assert "You fool" in page
    assert "It insults or threatens somebody" in page

    response = report(reader, comment, reason="hate", text="  Twice\x00 now ")

    assert response.status_code == 303
    assert not response.cookies
    thanks = html_of(reader.get(response["Location"]))
    assert "Your report of this comment is with the moderators." in thanks
    assert f'href="/comments/{comment.pk}/"' in thanks
    kept = CommentReport.objects.get()
    assert (kept.reason, kept.text, kept.address) == ("hate", "Twice now", "127.0.0.1")


def test_who_reports_a_comment_twice_is_thanked_twice(reader):
    comment = make_comment(make_article())
    for _ in range(2):
        assert report(reader, comment).status_code == 303
    assert CommentReport.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"reason": ""}, "Please choose a reason."),
        ({"reason": "dislike"}, "Please choose a reason."),
        ({"text": "x" * 1_001}, "This may have at most 1000 characters; it has 1001."),
        ({"subject": "shoes"}, "A field that should stay empty was filled in."),
        ({"token": "forged"}, tokens.TokenFault.FORGED),
        ({"token": token("1")}, tokens.TokenFault.FORGED),
    ],
)
def test_a_faulty_report_is_shown_again(reader, fields, told):
    page = report(reader, make_comment(make_article()), **{"text": "Kept words", **fields})
    assert page.status_code == 400
    assert told in html_of(page)
    assert "text" in fields or "Kept words" in html_of(page)
    assert not CommentReport.objects.exists()


def test_who_reports_too_much_is_told_when_to_come_back(reader):
    article = make_article()
    for _ in range(MOST):
        report(reader, make_comment(article))
    page = report(reader, make_comment(article), text="Kept words")
    assert (page.status_code, page["Retry-After"]) == (429, "3600")
    assert "Kept words" in html_of(page)


def test_what_readers_do_not_see_has_no_page_to_report_it(reader):
    hidden = [
        make_comment(make_article(), state=CommentState.PENDING),
        make_comment(make_article(), state=CommentState.BIN),
        make_comment(make_article(status=Status.DRAFT)),
        make_comment(make_article(embargo_until=NOON + timedelta(days=1))),
        make_comment(make_article(comment_policy=CommentPolicy.HIDDEN)),
        Comment(pk=999_999),
        Comment(pk=10**30),
    ]
    for comment in hidden:
        assert reader.get(f"/comments/{comment.pk}/report/").status_code == 404
        assert report(reader, comment).status_code == 404


def test_a_comment_can_be_reported_where_comments_are_closed(reader):
    comment = make_comment(make_article(comment_policy=CommentPolicy.CLOSED))
    assert report(reader, comment).status_code == 303


@pytest.fixture
def article():
    return make_article("Snow in Quetta", paragraphs=["It snowed for two days.", "It is cold."])


def test_a_reader_reports_an_error_and_is_thanked(reader, article):
    page = html_of(reader.get(f"{article.path}report-error/"))
    assert '<option value="p2">2. It is cold.</option>' in page

    response = report_error(reader, article, quote="two days", name="Zarina", email="Z@a.example")

    assert response.status_code == 303
    assert not response.cookies
    assert "Your report is with the editors." in html_of(reader.get(response["Location"]))
    kept = ErrorReport.objects.get()
    assert (kept.article, kept.quote, kept.paragraph) == (article, "two days", "p1")
    assert (kept.name, kept.email) == ("Zarina", "z@a.example")


def test_what_the_reader_marked_is_in_the_form(reader, article):
    page = html_of(
        reader.get(f"{article.path}report-error/", {"quote": "is <cold>", "paragraph": "p2"})
    )
    assert "is &lt;cold&gt;</textarea>" in page
    assert '<option value="p2" selected>' in page


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text": ""}, "Please say what is wrong."),
        ({"quote": "three weeks"}, "These words are not in the article."),
        ({"quote": "It " * 300}, "This may have at most 500 characters;"),
        ({"paragraph": "p9"}, "This paragraph is no longer there."),
        ({"email": "zarina"}, "This is not an e-mail address."),
        ({"name": "***"}, "A name needs a letter or a digit."),
        ({"text": "x" * 5_001}, "This may have at most 5000 characters;"),
        ({"subject": "shoes"}, "A field that should stay empty was filled in."),
        ({"token": "forged"}, tokens.TokenFault.FORGED),
    ],
)
def test_a_faulty_report_of_an_error_is_shown_again(reader, article, fields, told):
    page = report_error(reader, article, **fields)
    assert page.status_code == 400
    assert told in html_of(page)
    assert "text" in fields or "It was three." in html_of(page)
    assert not ErrorReport.objects.exists()


def test_who_finds_too_many_errors_is_told_when_to_come_back(reader, article):
    for number in range(MOST):
        report_error(reader, article, text=f"Error {number}")
    page = report_error(reader, article, text="Another")
    assert (page.status_code, page["Retry-After"]) == (429, "3600")
    assert "Another" in html_of(page)


def test_only_in_a_public_article_readers_find_errors(reader, article):
    draft = make_article("A secret plan", status=Status.DRAFT)
    withdrawn = make_article(status=Status.WITHDRAWN)
    for subject, status in ((draft, 404), (withdrawn, 410)):
        assert reader.get(f"{subject.path}report-error/").status_code == status
        assert report_error(reader, subject).status_code == status
    Address.objects.create(path="/2025/01/01/old/", article=article)
    moved = report_error(reader, article, path="/2025/01/01/old/")
    assert (moved.status_code, moved["Location"]) == (308, f"{article.path}report-error/")


def test_the_article_leads_to_the_form(reader, article):
    assert f'href="{article.path}report-error/"' in html_of(reader.get(article.path))
