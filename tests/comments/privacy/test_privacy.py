"""What a copy has in it, what removal leaves, and what is forgotten without being asked."""

import json
import logging
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from articles import mailing
from articles.comments.judging import standings
from articles.comments.privacy import data, forgetting
from articles.comments.privacy.forgetting import forget, forget_unconfirmed
from articles.comments.privacy.requests import Wish, request
from articles.mailing import Letter
from articles.models import (
    Comment,
    CommentReport,
    CommentRules,
    CommentState,
    ErrorReport,
    OutgoingMail,
    ReaderAddress,
    Standing,
    StandingKind,
)
from tests.comments.mail.letters import make_reader
from tests.factories import make_article, make_comment

READER = "reader@example.org"
OTHER = "other@example.org"

pytestmark = pytest.mark.django_db


def everything_of(email: str) -> Comment:
    """All that can be kept under an address, a row of each; the comment."""
    article = make_article("Snow in Quetta")
    comment = make_comment(
        article,
        author_email=email,
        author_name="Zarina",
        author_website="https://z.example",
        address="192.0.2.7",
        network="192.0.2.0/24",
        user_agent="Browser/1",
        user=User.objects.create_user(f"login of {email}"),
        badge="staff",
        rule="word",
        rule_reason=f"{email} is on the list",
        reason=f"{email} is on the list",
        learned="ham",
        wants_replies=True,
        wants_decision=True,
        text="The snow was deep.",
    )
    ErrorReport.objects.create(
        article=article, revision=1, text="Not Sunday.", name="Zarina", email=email
    )
    mailing.post(Letter(to=email, subject="Hello", text="Text", kind="reply"))
    make_reader(email)
    standings.impose(StandingKind.BANNED, email=email, reason="rude", by=None)
    return comment


def copy_of(email: str) -> dict[str, list[dict[str, object]]]:
    copied: dict[str, list[dict[str, object]]] = json.loads("".join(data.copy(email)))
    return copied


def test_a_ban_of_the_box_concerns_whoever_asks_by_a_tag_of_it():
    standings.impose(StandingKind.BANNED, email="zia@b.org", reason="rude", by=None)
    standings.impose(StandingKind.BANNED, email="@b.org", reason="all of them", by=None)

    [ban] = copy_of("zia+news@b.org")["bans_and_trust"]
    assert ban["email"] == "zia@b.org"


def test_a_copy_has_all_that_is_kept_under_the_address_and_nothing_else():
    comment = everything_of(READER)
    everything_of(OTHER)

    copy = copy_of(READER)

    assert {name: len(rows) for name, rows in copy.items()} == {
        "comments": 1,
        "error_reports": 1,
        "choices_of_mail": 1,
        "mail": 1,
        "bans_and_trust": 1,
    }
    [copied] = copy["comments"]
    private = {"author_email": READER, "address": "192.0.2.7", "user_agent": "Browser/1"}
    assert copied.items() >= private.items()
    assert copied["article_path"] == comment.article.path
    assert OTHER not in json.dumps(copy)


def test_every_column_of_a_comment_that_is_about_its_author_is_in_the_copy():
    about_others = {"article", "parent", "root", "user", "edited_by", "decided_by"}
    about_its_place = {"path", "depth", "thread_size", "html"}
    columns = {field.name for field in Comment._meta.concrete_fields}

    everything_of(READER)

    assert columns - about_others - about_its_place <= set(copy_of(READER)["comments"][0])


def test_a_copy_of_many_comments_costs_no_more_queries(django_assert_max_num_queries):
    article = make_article()
    for _ in range(30):
        make_comment(article, author_email=READER)

    with django_assert_max_num_queries(5):
        assert len(copy_of(READER)["comments"]) == 30


def test_a_copy_of_nothing_is_still_one():
    assert copy_of(READER)["comments"] == []


def test_after_removal_the_thread_stands_and_nothing_says_whose_it_was(monkeypatch):
    comment = everything_of(READER)
    answer = make_comment(comment.article, parent=comment, author_email=OTHER)

    removed = data.remove(READER)

    assert removed == data.Removed(comments=1, error_reports=1, mails=1)
    comment.refresh_from_db()
    assert comment.author_name == "Anonymous"
    for column in ("author_email", "author_website", "network", "user_agent", "badge"):
        assert getattr(comment, column) == ""
    assert (comment.address, comment.user) == (None, None)
    assert not comment.wants_replies
    assert not comment.wants_decision
    assert comment.reason == comment.rule_reason == "… is on the list"
    assert (comment.text, comment.state, comment.learned) == (
        "The snow was deep.",
        CommentState.APPROVED,
        "ham",
    )
    assert list(comment.replies.all()) == [answer]
    report = ErrorReport.objects.get()
    assert (report.name, report.email, report.text) == ("", "", "Not Sunday.")
    assert not OutgoingMail.objects.exists()
    assert not ReaderAddress.objects.exists()


def test_mail_to_moderators_that_names_the_address_goes_too_sent_or_not():
    everything_of(READER)
    for email in (READER, OTHER):
        for sent_at in (None, timezone.now()):
            OutgoingMail.objects.create(
                to="desk@example.org", kind="held", text=f"E-mail: {email}", sent_at=sent_at
            )

    data.remove(READER)

    assert {mail.text for mail in OutgoingMail.objects.all()} == {f"E-mail: {OTHER}"}


def test_removal_leaves_a_ban_which_would_end_with_it_otherwise():
    everything_of(READER)

    data.remove(READER)

    assert Standing.objects.in_force().get().email == READER


def test_removal_concerns_nobody_else():
    everything_of(READER)
    other = everything_of(OTHER)

    data.remove(READER)

    other.refresh_from_db()
    assert (other.author_name, other.author_email) == ("Zarina", OTHER)
    assert ReaderAddress.objects.get().email == OTHER
    assert OutgoingMail.objects.get().to == OTHER


def test_removal_of_many_is_done_in_batches_and_goes_on_where_it_was_interrupted(monkeypatch):
    monkeypatch.setattr(data, "_BATCH", 3)
    article = make_article()
    for _ in range(8):
        make_comment(article, author_email=READER)
    whole, first = data._make_anonymous, min(Comment.objects.values_list("pk", flat=True))
    with monkeypatch.context() as patch:
        patch.setattr(
            data,
            "_make_anonymous",
            lambda ids, email: whole(ids, email) if first in ids else 1 / 0,
        )
        with pytest.raises(ZeroDivisionError):
            data.remove(READER)
    assert Comment.objects.filter(author_name="Anonymous").count() == 3

    assert data.remove(READER).comments == 5
    assert not Comment.objects.exclude(author_name="Anonymous").exists()


def test_the_log_does_not_keep_the_address_that_was_removed(caplog):
    everything_of(READER)

    with caplog.at_level(logging.INFO):
        data.remove(READER)

    assert "The data of a reader were removed: 1 comments" in caplog.text
    assert READER not in caplog.text


# Forgetting


def old_and_new(days: int) -> tuple[Comment, Comment]:
    article = make_article()
    private: dict[str, Any] = {
        "address": "192.0.2.7",
        "network": "192.0.2.0/24",
        "user_agent": "Browser/1",
    }
    now = timezone.now()
    return (
        make_comment(article, created_at=now - timedelta(days=days, hours=1), **private),
        make_comment(article, created_at=now - timedelta(days=days, hours=-1), **private),
    )


def private_columns(comment: Comment) -> tuple[str | None, str, str]:
    comment.refresh_from_db()
    return comment.address, comment.network, comment.user_agent


@pytest.mark.parametrize("days", [90, 30])
def test_network_addresses_and_browsers_are_forgotten_after_as_many_days_as_the_rules_say(days):
    CommentRules(pk=1, forget_after_days=days).save()
    old, new = old_and_new(days)

    assert not forget()

    assert private_columns(old) == (None, "", "")
    assert private_columns(new) == ("192.0.2.7", "192.0.2.0/24", "Browser/1")


def test_those_of_reports_are_forgotten_too():
    comment = make_comment(make_article())
    ago = timezone.now() - timedelta(days=91)
    report = CommentReport.objects.create(comment=comment, reason="spam", address="192.0.2.7")
    error = ErrorReport.objects.create(
        article=comment.article, revision=1, text="Not Sunday.", address="192.0.2.7"
    )
    fresh = CommentReport.objects.create(comment=comment, reason="spam", address="192.0.2.8")
    CommentReport.objects.filter(pk=report.pk).update(created_at=ago)
    ErrorReport.objects.update(created_at=ago)

    forget()

    for row, address in ((report, None), (error, None), (fresh, "192.0.2.8")):
        row.refresh_from_db()
        assert row.address == address


def test_forgetting_is_done_in_batches_until_nothing_is_left(monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 2)
    for _ in range(3):
        old_and_new(90)

    assert [forget(), forget()] == [True, False]
    assert Comment.objects.filter(address__isnull=False).count() == 3


def test_looking_for_what_to_forget_walks_no_table():
    days = CommentRules.objects.current().forget_after_days
    until = timezone.now() - timedelta(days=days)
    old = Comment.objects.filter(created_at__lt=until, address__isnull=False)
    if connection.vendor == "postgresql":  # which walks a small table rather than any index
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")

    assert "comment_with_address" in old.order_by("created_at").values("pk")[:500].explain()


def test_an_address_known_by_a_wish_alone_is_forgotten_after_a_year_too():
    make_comment(make_article(), author_email=READER)
    request(READER, Wish.COPY)
    assert ReaderAddress.objects.filter(email=READER).exists()

    with time_machine.travel(timezone.now() + timedelta(days=366)):
        forget_unconfirmed()

    assert not ReaderAddress.objects.exists()


def test_addresses_that_nobody_confirmed_are_forgotten_after_a_year_but_not_what_owners_said():
    ago = timezone.now() - timedelta(days=366)
    make_reader("asked@example.org", asked_at=ago, confirmed_at=None)
    make_reader("confirmed@example.org", asked_at=ago)
    make_reader("stopped@example.org", asked_at=ago, confirmed_at=None, unsubscribed_at=ago)
    make_reader("new@example.org", asked_at=timezone.now(), confirmed_at=None)

    assert not forget_unconfirmed()

    assert {one.email.partition("@")[0] for one in ReaderAddress.objects.all()} == {
        "confirmed",
        "stopped",
        "new",
    }


# Commands


def test_the_desk_exports_what_the_page_gives():
    everything_of(READER)
    out = StringIO()

    call_command("export_reader", READER.upper(), stdout=out)

    assert json.loads(out.getvalue()) == copy_of(READER)


def test_nothing_to_export_is_said():
    with pytest.raises(CommandError, match="Nothing is kept"):
        call_command("export_reader", READER)


def test_the_desk_erases_what_the_page_removes_and_can_repeat_it():
    everything_of(READER)
    out = StringIO()

    call_command("erase_reader", READER, stdout=out)
    call_command("erase_reader", READER, stdout=out)

    assert out.getvalue().splitlines() == [
        "Made anonymous: comments 1, error reports 1. Deleted: mails 1.",
        "Made anonymous: comments 0, error reports 0. Deleted: mails 0.",
    ]
