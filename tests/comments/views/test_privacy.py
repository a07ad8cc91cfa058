"""The page on what is kept of readers, and the way to a copy of it or its removal."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from articles.comments.mail import subscriptions
from articles.comments.privacy.requests import MOST_MAILS, MOST_OF_ADDRESS, MOST_OF_NETWORK
from articles.models import Comment, CommentRules, ReaderAddress
from tests.comments.mail.letters import last_mail, link, written
from tests.factories import make_article, make_comment

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
READER = "reader@example.org"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    cache.clear()
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def reader() -> Client:
    return Client(enforce_csrf_checks=True)


def ask(client: Client, wish: str = "copy", email: str = READER, address: str = "192.0.2.1"):
    return client.post("/privacy/", {"email": email, "wish": wish}, REMOTE_ADDR=address)


def test_the_page_says_what_is_kept_and_for_how_long(reader):
    CommentRules(pk=1, forget_after_days=45).save()

    response = reader.get("/privacy/")

    assert "forgotten after 45 days" in response.content.decode()
    assert not response.cookies


@pytest.mark.parametrize(("key", "is_told"), [("", False), ("a-key", True)])
def test_that_an_outside_service_is_asked_is_said_where_it_is(reader, settings, key, is_told):
    settings.AKISMET_KEY = key

    assert ("Akismet" in reader.get("/privacy/").content.decode()) == is_told


def test_every_page_leads_there(reader):
    assert '<a href="/privacy/">Privacy</a>' in reader.get("/").content.decode()


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(reader):
    make_comment(make_article(), author_email=READER)

    known = ask(reader).content.decode()
    unknown = ask(reader, email="unknown@example.org").content.decode()

    assert known.replace(READER, "") == unknown.replace("unknown@example.org", "")
    assert written() == [(READER, "data")]
    assert [one.email for one in ReaderAddress.objects.all()] == [READER]


def test_however_the_address_is_typed_it_is_the_same(reader):
    make_comment(make_article(), author_email=READER)

    ask(reader, email=" Reader@Example.ORG ")

    assert written() == [(READER, "data")]


def test_a_copy_is_downloaded_by_the_link_in_the_mail_and_its_button(reader):
    article = make_article("Snow in Quetta")
    for number in range(3):
        make_comment(article, author_email=READER, text=f"Number {number}: برف")
    make_comment(article, author_email="other@example.org", text="Not mine.")
    ask(reader)
    path = link(last_mail(), "/privacy/")

    assert "<button>Download</button>" in reader.get(path).content.decode()
    response = reader.post(path)

    assert response["Content-Type"] == "application/json"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["Cache-Control"] == "private, no-store"
    data = json.loads(b"".join(response))
    assert [comment["text"] for comment in data["comments"]] == [
        f"Number {number}: برف" for number in range(3)
    ]
    assert data["comments"][0]["article_headline"] == "Snow in Quetta"
    assert data["choices_of_mail"][0]["email"] == READER


def test_removal_takes_the_button_in_the_mail(reader):
    comment = make_comment(make_article(), author_email=READER, author_name="Zarina")
    ask(reader, "removal")
    path = link(last_mail(), "/privacy/")

    assert "Remove it for good" in reader.get(path).content.decode()
    comment.refresh_from_db()
    assert comment.author_email == READER

    assert "It is removed" in reader.post(path).content.decode()
    comment.refresh_from_db()
    assert (comment.author_name, comment.author_email) == ("Anonymous", "")
    assert "It is removed" in reader.post(path).content.decode()


def test_the_link_is_valid_for_a_day(reader, clock):
    make_comment(make_article(), author_email=READER)
    ask(reader, "removal")
    path = link(last_mail(), "/privacy/")

    clock.shift(timedelta(hours=24, seconds=1))

    assert reader.post(path).status_code == 404
    assert Comment.objects.get().author_email == READER


def test_the_link_of_a_copy_removes_nothing(reader):
    make_comment(make_article(), author_email=READER)
    ask(reader, "copy")
    path = link(last_mail(), "/privacy/")

    assert reader.get(path.replace("copy", "removal")).status_code == 404
    assert b"".join(reader.post(path))
    assert Comment.objects.get().author_email == READER


def test_nobody_can_fill_somebody_s_mailbox(reader):
    make_comment(make_article(), author_email=READER)

    answers = {ask(reader, address=f"198.51.{number}.1").content for number in range(10)}

    assert len(answers) == 1
    assert len(written()) == MOST_MAILS


def test_an_address_may_ask_so_often_and_then_must_wait(reader, clock):
    for number in range(MOST_OF_ADDRESS):
        assert ask(reader, email=f"reader{number}@example.org").status_code == 200

    refused = ask(reader, email="typed@example.org")

    assert refused.status_code == 429
    assert refused["Retry-After"] == "3600"
    assert 'value="typed@example.org"' in refused.content.decode()
    assert ask(reader, address="203.0.113.1").status_code == 200


def test_a_network_may_ask_so_often_too(reader):
    statuses = [
        ask(reader, address=f"192.0.2.{number}").status_code
        for number in range(MOST_OF_NETWORK + 1)
    ]

    assert statuses == [200] * MOST_OF_NETWORK + [429]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"email": "", "wish": "copy"}, "Please give the e-mail address"),
        ({"email": "nobody", "wish": "copy"}, "This is not an e-mail address"),
        ({"email": "a@example.org\nBcc: b@example.org", "wish": "copy"}, "not an e-mail address"),
        ({"email": READER}, "Please choose one."),
        ({"email": READER, "wish": "everything"}, "Select a valid choice."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(reader, data, told):
    response = reader.post("/privacy/", data)

    assert response.status_code == 400
    assert told in response.content.decode()
    assert written() == []


@pytest.mark.parametrize("key", ["1", "1-copy.forged", "1-removal", "x" * 400])
def test_a_forged_key_opens_nothing(reader, key):
    for method in (reader.get, reader.post):
        assert method(f"/privacy/{key}/").status_code == 404


@pytest.mark.parametrize("path", ["/privacy/", "/privacy/a-key/", "/mail/stop/a-key/"])
def test_what_is_too_large_is_refused_in_words(reader, settings, path):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000

    response = reader.post(path, {"email": "x" * 2_000})

    assert response.status_code == 413
    assert "<h1" in response.content.decode()


def test_the_mail_offers_to_end_all_mail_by_a_click(reader):
    make_comment(make_article(), author_email=READER)

    ask(reader)

    mail = last_mail()
    assert mail.kind == "data"
    assert mail.headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{link(mail, '/mail/stop/')}>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_who_asked_for_data_is_asked_to_confirm_the_address_all_the_same(reader):
    comment = make_comment(make_article(), author_email=READER, wants_replies=True)
    ask(reader)

    subscriptions.ask(comment)

    mail = last_mail()
    assert mail.kind == "confirmation"
    assert mail.headers["List-Unsubscribe"] == f"<http://127.0.0.1:8000{link(mail, '/mail/stop/')}>"
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
