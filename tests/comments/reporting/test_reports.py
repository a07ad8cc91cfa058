from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from articles.comments import moderation
from articles.comments.reporting import reports
from articles.comments.reporting.hourly import MOST
from articles.comments.reporting.receipts import Outcome, Receipt
from articles.models import Comment, CommentReport, CommentState, ReportReason
from tests.factories import make_article, make_comment

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def report(comment: Comment, address: str = "192.0.2.7") -> Receipt:
    return reports.report(comment, ReportReason.ABUSE, "Rude", address)


def open_reports(comment: Comment) -> int:
    return Comment.objects.get(pk=comment.pk).reports_open


def test_a_report_is_kept_and_counted():
    comment = make_comment(make_article())
    assert report(comment).outcome is Outcome.RECEIVED
    kept = CommentReport.objects.get()
    assert (kept.comment, kept.reason, kept.text) == (comment, ReportReason.ABUSE, "Rude")
    assert kept.address == "192.0.2.7"
    assert open_reports(comment) == 1


def test_one_network_address_has_one_open_report_of_a_comment():
    comment = make_comment(make_article())
    report(comment)
    assert report(comment).outcome is Outcome.KNOWN
    assert report(comment, "::ffff:192.0.2.7").outcome is Outcome.KNOWN
    assert report(comment, "192.0.2.8").outcome is Outcome.RECEIVED
    assert open_reports(comment) == 2


def test_what_a_moderator_found_right_can_be_reported_again():
    comment = make_comment(make_article())
    report(comment)
    moderation.decide([comment], CommentState.APPROVED, by=None)
    assert open_reports(comment) == 0
    assert report(comment).outcome is Outcome.RECEIVED
    assert open_reports(comment) == 1


def test_reports_from_behind_a_socket_are_taken_as_they_come():
    comment = make_comment(make_article())
    for _ in range(MOST + 2):
        assert report(comment, "").outcome is Outcome.RECEIVED


def test_one_network_address_sends_so_many_reports_in_an_hour(clock):
    article = make_article()
    for _ in range(MOST):
        report(make_comment(article))
        clock.shift(timedelta(minutes=1))
    another = make_comment(article)
    assert report(another) == Receipt(Outcome.TOO_MANY, (60 - MOST) * 60)
    assert open_reports(another) == 0
    assert report(another, "192.0.2.8").outcome is Outcome.RECEIVED
    clock.shift(timedelta(minutes=60 - MOST))
    assert report(another).outcome is Outcome.RECEIVED


@pytest.mark.parametrize("state", [CommentState.PENDING, CommentState.SPAM, CommentState.BIN])
def test_what_nobody_sees_cannot_be_reported(state):
    comment = make_comment(make_article(), state=state)
    assert report(comment).outcome is Outcome.GONE
    assert not CommentReport.objects.exists()


def test_a_comment_reported_by_the_thousand_is_still_a_row():
    comment = make_comment(make_article(), reports_open=30_000)
    assert report(comment).outcome is Outcome.RECEIVED
    assert open_reports(comment) == 30_000


def test_a_report_costs_the_same_however_many_there_are(django_assert_max_num_queries):
    comment = make_comment(make_article())
    for number in range(30):
        report(comment, f"198.51.100.{number}")
    with django_assert_max_num_queries(8):
        report(comment)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_readers_who_report_at_the_same_moment_are_all_counted():
    comment = make_comment(make_article())

    def send(number: int) -> None:
        try:
            # Twice each: what is sent twice is one report.
            report(comment, f"192.0.2.{number // 2}")
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as readers:
        list(readers.map(send, range(12)))

    assert open_reports(comment) == CommentReport.objects.count() == 6
