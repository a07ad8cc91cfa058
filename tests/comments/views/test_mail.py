"""The pages that links in mails lead to: opened, they change nothing; their buttons do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from articles.comments.addresses import own_page
from articles.comments.mail import keys
from articles.models import Comment, ReaderAddress
from tests.comments.mail.letters import make_reader
from tests.factories import make_article, make_comment

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def browser_of_reader() -> Client:
    """Without any cookie, and refused where a CSRF token would be needed."""
    return Client(enforce_csrf_checks=True)


def path_of(address: str) -> str:
    return address.removeprefix("http://127.0.0.1:8000")


def state_of(reader: ReaderAddress) -> str:
    reader.refresh_from_db()
    if reader.unsubscribed_at:
        return "stopped"
    return "confirmed" if reader.confirmed_at else "unconfirmed"


def test_opening_the_links_changes_nothing(browser_of_reader):
    """Programs that look at mail follow them."""
    reader = make_reader(confirmed_at=None)
    comment = make_comment(make_article(), author_email=reader.email, wants_replies=True)

    for address in (
        keys.confirm_page(reader),
        keys.stop_page(reader),
        keys.mute_page(reader, comment.pk),
    ):
        for method in (browser_of_reader.get, browser_of_reader.head):
            assert method(path_of(address)).status_code == 200

    comment.refresh_from_db()
    assert state_of(reader) == "unconfirmed"
    assert comment.wants_replies


def test_the_pages_are_for_one_reader_and_set_no_cookie(browser_of_reader):
    reader = make_reader()

    for method in (browser_of_reader.get, browser_of_reader.post):
        response = method(path_of(keys.stop_page(reader)))
        assert response["Cache-Control"] == "private, no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert not response.cookies


def test_the_button_confirms(browser_of_reader):
    reader = make_reader(confirmed_at=None)
    path = path_of(keys.confirm_page(reader))
    assert "<button>Confirm</button>" in browser_of_reader.get(path).content.decode()

    response = browser_of_reader.post(path)

    assert "Your address is confirmed" in response.content.decode()
    assert state_of(reader) == "confirmed"


def test_who_confirms_late_learns_there_that_the_comment_is_published(browser_of_reader):
    reader = make_reader(confirmed_at=None)
    comment = make_comment(
        make_article("Snow in Quetta"),
        author_email=reader.email,
        wants_decision=True,
        decided_at=NOON,
    )

    page = browser_of_reader.post(path_of(keys.confirm_page(reader))).content.decode()

    assert "Your comment is published meanwhile" in page
    assert f'href="/comments/{comment.pk}/"' in page


def test_a_link_to_confirm_is_valid_for_a_week(browser_of_reader, clock):
    reader = make_reader(confirmed_at=None)
    path = path_of(keys.confirm_page(reader))

    clock.shift(timedelta(days=7, seconds=1))

    assert browser_of_reader.post(path).status_code == 404
    assert state_of(reader) == "unconfirmed"


def test_a_mail_program_ends_all_mail_by_one_post(browser_of_reader, clock):
    """RFC 8058, 3.2; also years later."""
    reader = make_reader()
    path = path_of(keys.stop_page(reader))
    clock.shift(timedelta(days=2_000))

    response = browser_of_reader.post(
        path,
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 200
    assert state_of(reader) == "stopped"
    browser_of_reader.post(path, "List-Unsubscribe=One-Click", content_type="text/plain")
    assert state_of(reader) == "stopped"


def test_who_ended_all_mail_can_have_it_again(browser_of_reader):
    reader = make_reader()
    path = path_of(keys.stop_page(reader))
    assert "Have mail again" in browser_of_reader.post(path).content.decode()
    assert "Have mail again" in browser_of_reader.get(path).content.decode()

    browser_of_reader.post(path, {"again": "1"})

    assert state_of(reader) == "confirmed"


def test_the_button_mutes_a_thread(browser_of_reader):
    reader = make_reader()
    article = make_article("Snow in Quetta")
    first = make_comment(article)
    own = make_comment(article, parent=first, author_email=reader.email, wants_replies=True)
    other = make_comment(article, author_email=reader.email, wants_replies=True)
    path = path_of(keys.mute_page(reader, first.pk))
    assert "Snow in Quetta" in browser_of_reader.get(path).content.decode()

    browser_of_reader.post(path)

    assert list(Comment.objects.filter(wants_replies=True)) == [other]
    assert own.pk != other.pk


@pytest.mark.parametrize("below", ["confirm", "stop", "mute"])
@pytest.mark.parametrize("key", ["1", "1.forged", "1-1.forged", "x" * 500, "ہیلو"])
def test_a_forged_key_opens_nothing(browser_of_reader, below, key):
    make_reader()

    for method in (browser_of_reader.get, browser_of_reader.post):
        assert method(f"/mail/{below}/{key}/").status_code == 404


def test_a_key_of_one_page_opens_no_other(browser_of_reader):
    reader = make_reader(confirmed_at=None)
    key = keys.stop_page(reader).split("/")[-2]

    assert browser_of_reader.post(f"/mail/confirm/{key}/").status_code == 404
    assert browser_of_reader.post(f"/mail/mute/{key}/").status_code == 404


def test_the_links_of_somebody_whose_data_were_removed_say_that_no_mail_comes(browser_of_reader):
    reader = make_reader()
    paths = [path_of(keys.stop_page(reader)), path_of(keys.mute_page(reader, 1))]
    ReaderAddress.objects.all().delete()

    for path in paths:
        assert "You get no mail from us" in browser_of_reader.post(path).content.decode()
    assert not ReaderAddress.objects.exists()


def test_who_has_confirmed_finds_the_way_back_to_the_own_comments(browser_of_reader):
    reader = make_reader(confirmed_at=None)
    own = make_comment(make_article(), author_email=reader.email)
    other = make_comment(own.article, author_email="other@example.org")

    for address in (keys.confirm_page(reader), keys.data_page(reader, "copy")):
        method = browser_of_reader.post if "confirm" in address else browser_of_reader.get
        html = method(path_of(address)).content.decode()
        assert f'href="{own_page(own)}"' in html
        assert f'href="{own_page(other)}"' not in html
    opened = browser_of_reader.get(path_of(keys.confirm_page(reader))).content.decode()
    assert own_page(own) not in opened
