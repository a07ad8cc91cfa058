from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from articles.comments.reporting import error_reports
from articles.comments.reporting.error_reports import Finding, has_words, paragraph_of
from articles.comments.reporting.hourly import MOST
from articles.comments.reporting.receipts import Outcome, Receipt
from articles.models import Article, ErrorReport, ErrorReportState
from tests.factories import make_article, make_image, make_place

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def article():
    return make_article(
        "Snow in Quetta",
        paragraphs=["It “snowed” for two days.", "The pass is closed.", "کوئٹہ میں برف باری"],
        summary="The roads are blocked.",
        lead_image=make_image(caption="The pass on Monday", credit="Staff photo"),
        dateline_place=make_place("Chaman"),
        dateline_text="CHAMAN, Feb 1",
    )


def report(article: Article, text: str = "It was three.", **fields: str) -> Receipt:
    return error_reports.report(article, Finding(text=text, **fields), "192.0.2.7")


@pytest.mark.parametrize(
    "quote",
    [
        "It “snowed” for two days.",
        'it "snowed"  for\ntwo days',
        "two days. The pass",
        "Snow in Quetta",
        "roads are blocked",
        "The pass on Monday",
        "Chaman",
        "Chaman, Feb 1 — It “snowed” for two",
        "برف باری",
    ],
)
def test_words_are_found_wherever_readers_see_them(article, quote):
    assert has_words(article, quote)


@pytest.mark.parametrize("quote", ["It rained for two days.", "Quetta — It rained", "Peshawar"])
def test_words_that_are_not_there_are_not_found(article, quote):
    assert not has_words(article, quote)


@pytest.mark.parametrize(
    ("quote", "paragraph"),
    [
        ("the pass is closed", "p2"),
        ("برف", "p3"),
        ("two days. The pass", ""),
        ("Quetta", ""),
        ("…", ""),
    ],
)
def test_the_words_tell_their_paragraph(article, quote, paragraph):
    assert paragraph_of(article, quote) == paragraph


def test_a_report_is_kept_with_the_version_that_was_read(article):
    Article.objects.filter(pk=article.pk).update(revision=3)
    article.refresh_from_db()
    receipt = report(article, quote="two days", name="Zarina", email="z@example.org")
    assert receipt.outcome is Outcome.RECEIVED
    kept = ErrorReport.objects.get()
    assert (kept.article, kept.revision, kept.paragraph) == (article, 3, "p1")
    assert (kept.quote, kept.text) == ("two days", "It was three.")
    assert (kept.name, kept.email, kept.address) == ("Zarina", "z@example.org", "192.0.2.7")
    assert kept.state == ErrorReportState.OPEN


def test_the_same_words_twice_are_one_report(article):
    report(article)
    assert report(article).outcome is Outcome.KNOWN
    assert report(article, "And the pass is open.").outcome is Outcome.RECEIVED
    assert ErrorReport.objects.count() == 2


def test_what_was_judged_can_be_said_again(article):
    report(article)
    ErrorReport.objects.update(state=ErrorReportState.DECLINED)
    assert report(article).outcome is Outcome.RECEIVED


def test_one_network_address_sends_so_many_reports_in_an_hour(article, clock):
    for number in range(MOST):
        report(article, f"Error {number}")
    assert report(article, "Another") == Receipt(Outcome.TOO_MANY, 3_600)
    clock.shift(timedelta(hours=1))
    assert report(article, "Another").outcome is Outcome.RECEIVED
