from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from articles.admin.comments import changelist
from articles.models import Article, AuditEntry, Comment, CommentState
from tests.factories import make_article, make_comment

QUEUE = "/admin/articles/comment/"


def decide(desk: Client, comment: Comment, decision: str) -> None:
    desk.post(reverse("admin:articles_comment_decide", args=[comment.pk]), {"decision": decision})
    comment.refresh_from_db()


def test_the_queue_shows_what_waits_in_full_with_who_sent_it(desk: Client) -> None:
    article = make_article("Floods")
    make_comment(article, text="Seen by all.")
    make_comment(article, state="pending", text="A <b>long</b> wait.", author_email="a@b.org")

    page = desk.get(QUEUE).content.decode()

    assert "A &lt;b&gt;long&lt;/b&gt; wait." in page
    assert "a@b.org" in page
    assert f'<a href="{article.path}">Floods</a>' in page
    assert "Seen by all." not in page
    assert "Seen by all." in desk.get(QUEUE, {"state": "approved"}).content.decode()


def test_an_approved_comment_stands_on_the_articles_page_at_once(desk: Client) -> None:
    article = make_article()
    comment = make_comment(article, state="pending", text="I was there.")

    decide(desk, comment, "approved")

    assert comment.state == CommentState.APPROVED
    assert str(comment.decided_by) == "editor"
    assert Article.objects.get().comment_count == 1
    assert b"I was there." in desk.get(article.get_absolute_url()).content


def test_a_decision_returns_to_the_page_of_the_list_it_was_made_on(desk: Client) -> None:
    comment = make_comment(make_article(), state="pending")
    address = reverse("admin:articles_comment_decide", args=[comment.pk])
    here = f"http://testserver{QUEUE}?state=pending&p=2"

    back = desk.post(address, {"decision": "spam"}, headers={"referer": here})
    away = desk.post(address, {"decision": "bin"}, headers={"referer": "https://evil.example/"})

    assert back["Location"] == here
    assert away["Location"] == QUEUE


def test_many_comments_are_decided_about_at_once(desk: Client) -> None:
    article = make_article()
    held = [make_comment(article, state="pending") for _ in range(3)]
    data = {"action": "approve", "_selected_action": [c.pk for c in held[:2]], "index": "0"}

    desk.post(QUEUE, data)

    assert Comment.objects.approved().count() == 2
    assert Article.objects.get().comment_count == 2


def test_the_page_of_a_comment_has_the_same_verbs_and_puts_its_sender_right(desk: Client) -> None:
    comment = make_comment(make_article(), state="pending", text="Rude word.")
    page = reverse("admin:articles_comment_change", args=[comment.pk])
    act = reverse("admin:articles_comment_act", args=[comment.pk])

    back = desk.post(act, {"verb": "edit", "text": "[cut] <i>"})
    desk.post(act, {"verb": "approve"})
    data = {"author_name": "Zia", "author_email": "Z@b.org", "author_website": ""}
    desk.post(page, data | {"_continue": "1"})

    comment.refresh_from_db()
    assert back["Location"] == page
    assert comment.html == "<p>[cut] &lt;i&gt;</p>"
    assert comment.state == CommentState.APPROVED
    assert (comment.author_name, comment.author_email) == ("Zia", "z@b.org")


def test_who_sent_a_comment_is_cleaned_like_a_readers_own_words_and_noted(desk: Client) -> None:
    comment = make_comment(make_article(), author_name="Zai")
    page = reverse("admin:articles_comment_change", args=[comment.pk])
    data = {"author_email": "", "author_website": ""}

    refused = desk.post(page, data | {"author_name": "\u202e!"})
    desk.post(page, {**data, "author_name": "Z\u202eia", "author_email": "zia@example.org"})

    assert refused.status_code == 200
    comment.refresh_from_db()
    assert comment.author_name == "Zia"
    noted = AuditEntry.objects.get(action="change")
    assert noted.detail == "Name: “Zai” → “Zia”; E-mail"


def test_what_was_decided_in_the_list_is_taken_back_with_the_button_beside_what_was_said(
    desk: Client,
) -> None:
    article = make_article()
    held = [make_comment(article, state="pending") for _ in range(3)]
    data = {"action": "spam", "_selected_action": [c.pk for c in held], "index": "0"}

    page: Any = html.fromstring(desk.post(QUEUE, data, follow=True).content)
    (button,) = page.xpath("//button[@form='undo']")
    desk.post(page.get_element_by_id("undo").get("action"), {"key": button.get("value")})

    assert "3 comments: spam." in page.text_content()
    assert Comment.objects.filter(state="pending", decided_at__isnull=True).count() == 3


def test_what_only_a_rule_approved_is_confirmed_in_the_list(desk: Client) -> None:
    comment = make_comment(make_article(), rule="known")
    assert b'value="approved"' in desk.get(QUEUE, {"state": "new"}).content

    decide(desk, comment, "approved")

    assert str(comment.decided_by) == "editor"


def test_the_list_has_tabs_of_what_was_reported_and_of_what_only_a_rule_has_seen(
    desk: Client,
) -> None:
    article = make_article()
    make_comment(article, text="Reported.", reports_open=2)
    make_comment(article, text="Seen by a rule.", rule="known")
    make_comment(article, text="Imported.")

    def found(state: str) -> list[str]:
        page = desk.get(QUEUE, {"state": state})
        return [comment.text for comment in page.context["cl"].result_list]

    assert found("reported") == ["Reported."]
    assert found("new") == ["Seen by a rule."]
    assert "Reported: 2." in desk.get(QUEUE, {"state": "reported"}).content.decode()


def test_a_deleted_comment_is_no_longer_counted(desk: Client) -> None:
    article = make_article(comment_count=1)
    comment = make_comment(article)

    desk.post(reverse("admin:articles_comment_delete", args=[comment.pk]), {"post": "yes"})

    article.refresh_from_db()
    assert article.comment_count == 0


def test_the_queue_is_searched_by_e_mail_network_address_and_name(desk: Client) -> None:
    article = make_article()
    for name, mail, address in [
        ("Zia", "z@b.org", "192.0.2.1"),
        ("Bano", "b@b.org", "2001:db8::1"),
    ]:
        make_comment(article, state="pending", author_name=name, author_email=mail, address=address)

    def found(words: str) -> list[str]:
        page = desk.get(QUEUE, {"q": words})
        return [comment.author_name for comment in page.context["cl"].result_list]

    assert found("Z@b.org") == ["Zia"]
    assert found("2001:db8::1") == ["Bano"]
    assert found("ban") == ["Bano"]


def test_the_queue_is_narrowed_by_article_and_by_date(desk: Client) -> None:
    floods, ports = make_article("Floods"), make_article("Ports")
    for article, day in ((floods, "1998-05-28"), (floods, "2016-08-08"), (ports, "2016-08-09")):
        moment = datetime.fromisoformat(f"{day}T12:00+00:00")
        make_comment(article, state="pending", created_at=moment, text=day)
    make_comment(floods, created_at=datetime(1935, 5, 31, tzinfo=UTC))

    def found(**filters: str | int) -> list[str]:
        page = desk.get(QUEUE, filters)
        return [comment.text for comment in page.context["cl"].result_list]

    assert found(article=floods.pk) == ["2016-08-08", "1998-05-28"]
    assert found(date="2016-08") == ["2016-08-09", "2016-08-08"]
    years = desk.get(QUEUE).content.decode()
    assert "?date=1998" in years
    assert "?date=1935" not in years


def test_a_name_is_looked_for_among_the_newest_comments(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changelist, "SEARCHED", 2)
    article = make_article()
    for state in ("pending", "pending", "pending", "spam"):
        make_comment(article, state=state, author_name="Bano")

    page = desk.get(QUEUE, {"q": "bano"})

    assert len(page.context["cl"].result_list) == 2


def test_the_list_and_a_comments_page_cost_the_same_for_one_and_for_many(desk: Client) -> None:
    comment = make_comment(make_article(), state="pending", author_email="a@b.org")
    page = reverse("admin:articles_comment_change", args=[comment.pk])

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(address)
        return len(queries)

    addresses = (QUEUE, page)
    for address in addresses:
        desk.get(address)
    first = [count(address) for address in addresses]
    for _ in range(10):
        make_comment(make_article(), state="pending", author_email="a@b.org")

    assert [count(address) for address in addresses] == first
    assert max(first) <= 20
