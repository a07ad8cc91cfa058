from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from articles.comments.addresses import own_page
from articles.comments.privacy import data
from articles.models import Comment, CommentState, Status
from tests.comments.moments import NOON
from tests.factories import make_article, make_comment, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def posted(**fields: Any) -> Comment:
    article = make_article("Snow in Quetta")
    return make_comment(article, **{"created_at": NOON, "text": "Wel said", **fields})


def html_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_is_for_nobody_else(reader):
    response = reader.get(own_page(posted()))
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert not response.cookies


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Everybody can read it."),
        ({"state": "pending"}, "It waits for a moderator."),
        ({"state": "bin"}, "It was not published."),
        ({"state": "spam"}, "It was not published."),
        ({"state": "bin", "withdrawn_at": NOON}, "You withdrew it."),
        ({"edited_at": NOON}, "You corrected it, last on"),
    ],
)
def test_the_page_says_what_became_of_the_comment(reader, fields, told):
    html = html_of(reader, own_page(posted(**fields)))
    assert told in html
    assert "Wel said" in html


def test_a_comment_that_was_made_anonymous_is_nobodys_any_more(reader):
    comment = posted(author_email="reader@example.org")
    path = own_page(comment)

    data.remove("reader@example.org")

    assert reader.get(path).status_code == 404
    assert reader.post(f"{path}withdraw/").status_code == 404
    comment.refresh_from_db()
    assert comment.withdrawn_at is None


@pytest.mark.parametrize("fields", [{"state": "pending"}, {"state": "bin"}, {"state": "spam"}])
def test_what_is_not_public_no_reader_sees_but_moderators_do(reader, fields):
    html = html_of(reader, own_page(posted(**fields)))
    assert "No reader sees it" in html
    assert "Nobody" not in html


def test_the_page_says_that_a_person_decided(reader):
    editor = make_user()
    binned = posted(state="bin", decided_by=editor, decided_at=NOON)
    assert "A moderator decided against it." in html_of(reader, own_page(binned))
    edited = posted(edited_by=editor, edited_at=NOON)
    assert "The newsroom edited it" in html_of(reader, own_page(edited))


def test_a_reader_corrects_what_was_just_posted(reader):
    comment = posted()
    page = own_page(comment)
    assert "Save the correction" in html_of(reader, page)

    response = reader.post(page, {"comment": "Well said"})

    assert (response.status_code, response["Location"]) == (303, page)
    html = html_of(reader, page)
    assert "<p>Well said</p>" in html
    assert "You corrected it" in html


def test_after_a_while_there_is_nothing_to_correct_with(reader, clock):
    page = own_page(posted())
    clock.shift(timedelta(minutes=11))
    html = html_of(reader, page)
    assert "Save the correction" not in html
    assert "It could be corrected for 10 minutes after it was posted." in html
    late = reader.post(page, {"comment": "Well said, and typed for long"})
    assert late.status_code == 403
    assert "The time for corrections is over" in late.content.decode()
    assert "typed for long" in late.content.decode()
    assert Comment.objects.get().text == "Wel said"


@pytest.mark.parametrize("typed", ["", "x" * 65_526])
def test_a_correction_has_the_limits_of_a_comment(reader, typed):
    page = reader.post(own_page(posted()), {"comment": typed})
    assert page.status_code == 400
    assert 'id="reply-comment_error"' in page.content.decode()


def test_withdrawing_asks_first(reader):
    comment = posted()
    page = own_page(comment)
    assert f'href="{page}withdraw/"' in html_of(reader, page)
    assert "Withdraw your comment?" in html_of(reader, f"{page}withdraw/")
    assert Comment.objects.get().state == CommentState.APPROVED

    response = reader.post(f"{page}withdraw/")

    assert (response.status_code, response["Location"]) == (303, page)
    assert Comment.objects.get().withdrawn_at == NOON
    html = html_of(reader, page)
    assert "Withdraw the comment" not in html
    assert "Save the correction" not in html
    assert reader.get(f"{page}withdraw/").status_code == 303


@pytest.mark.parametrize("key", ["12", "12.abc.def", "x" * 1_000, "%00", "٣"])
def test_without_the_key_there_is_no_page(reader, key):
    posted(pk=12)
    for path in (f"/comments/mine/{key}/", f"/comments/mine/{key}/withdraw/"):
        assert reader.get(path).status_code == 404
        assert reader.post(path, {"comment": "Mine"}).status_code == 404


def test_of_an_article_that_is_not_public_the_page_tells_nothing(reader):
    article = make_article("A secret plan", status=Status.DRAFT)
    html = html_of(reader, own_page(make_comment(article)))
    assert "A secret plan" not in html
    assert "once its article is there again" in html


def test_an_author_sees_the_links_to_the_page_beside_the_comment_and_nobody_else(reader):
    article = make_article()
    comment = make_comment(article)
    key = own_page(comment).split("/")[3]
    assert own_page(comment) in html_of(reader, f"{article.path}?mine={key}")
    assert "Correct or withdraw" not in html_of(reader, article.path or "")


def test_the_key_grows_no_younger_by_coming_back(reader, clock):
    address = own_page(posted())
    clock.shift(timedelta(days=300))
    page = html_of(reader, address)
    assert f'href="{address}withdraw/"' in page
    assert reader.post(f"{address}withdraw/")["Location"] == address
    clock.shift(timedelta(days=100))
    assert reader.get(address).status_code == 404
