"""What readers say is wrong: the editors' list, the page of a report, and what becomes of it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from articles import editing
from articles.models import (
    Article,
    AuditEntry,
    Correction,
    ErrorReport,
    ErrorReportState,
)
from tests.factories import make_article, make_staff

pytestmark = pytest.mark.django_db

REPORTS = "/admin/articles/errorreport/"


@pytest.fixture
def sana() -> User:
    return make_staff("Editor", "sana")


@pytest.fixture
def desk(sana: User, client: Client) -> Client:
    client.force_login(sana)
    return client


@pytest.fixture
def article() -> Article:
    article = make_article(
        "Floods", paragraphs=["It rained.", "The dam broke on Monday.", "Nobody was hurt."]
    )
    editing.record([article])
    return article


def report_on(article: Article, **fields: Any) -> ErrorReport:
    return ErrorReport.objects.create(
        **{
            "article": article,
            "revision": article.revision,
            "paragraph": "p2",
            "quote": "on Monday",
            "text": "It was Tuesday.",
            "name": "Bano",
            **fields,
        }
    )


def words_of(answer: Any) -> str:
    page: Any = html.fromstring(answer.content.decode())
    return " ".join(page.get_element_by_id("content").text_content().split())


def page_of(report: ErrorReport) -> str:
    return reverse("admin:articles_errorreport_change", args=[report.pk])


def judge(report: ErrorReport) -> str:
    return reverse("admin:articles_errorreport_judge", args=[report.pk])


def test_the_list_begins_with_what_is_to_be_looked_at(desk: Client, article: Article) -> None:
    report_on(article)
    report_on(article, text="Not so.", state="declined")

    assert "It was Tuesday." in words_of(desk.get(REPORTS))
    assert "Not so." not in words_of(desk.get(REPORTS))
    assert "Not so." in words_of(desk.get(REPORTS, {"state": "declined"}))


def test_the_passage_stands_among_its_neighbours_with_the_words_marked(
    desk: Client, article: Article
) -> None:
    page: Any = html.fromstring(desk.get(page_of(report_on(article))).content.decode())

    section = page.xpath("//section[@aria-labelledby='read-title']")[0]
    assert [p.text_content() for p in section.xpath("./p")] == [
        "It rained.",
        "The dam broke on Monday.",
        "Nobody was hurt.",
    ]
    assert section.xpath(".//mark/text()") == ["on Monday"]
    assert not page.xpath("//section[@aria-labelledby='now-title']")


def test_a_passage_that_has_changed_since_stands_beside_the_one_that_was_read(
    desk: Client, article: Article
) -> None:
    report = report_on(article)
    article.body = article.body.replace("on Monday", "on Tuesday")
    editing.save(article, by=None)

    words = words_of(desk.get(page_of(report)))

    assert "As it was read, in version 1 It rained. The dam broke on Monday." in words
    assert "As it is now The dam broke on Tuesday." in words


def test_a_passage_that_is_gone_is_said_to_be(desk: Client, article: Article) -> None:
    report = report_on(article)
    article.body = '<p id="p1">It rained.</p>'
    editing.save(article, by=None)

    assert "This paragraph is no longer in the article." in words_of(desk.get(page_of(report)))


def test_a_report_leads_to_a_correction_that_is_half_written_and_accepts_it(
    desk: Client, sana: User, article: Article
) -> None:
    report = report_on(article)
    page: Any = html.fromstring(desk.get(page_of(report)).content.decode())
    (address,) = page.xpath("//a[contains(@href, '/correct/')]/@href")

    page = html.fromstring(desk.get(address).content.decode())
    form = page.get_element_by_id("correction")
    assert form.fields["wrong"].strip() == "on Monday"
    assert form.fields["paragraph"] == "p2"
    desk.post(address, {**dict(form.form_values()), "text": "It was Tuesday."})

    report.refresh_from_db()
    correction = Correction.objects.get()
    assert (correction.wrong, correction.text) == ("on Monday", "It was Tuesday.")
    assert report.state == ErrorReportState.ACCEPTED
    assert (report.correction, report.judged_by) == (correction, sana)
    assert AuditEntry.objects.filter(action="accept", object_id=report.pk).exists()


def test_a_note_that_is_not_printed_accepts_nothing(desk: Client, article: Article) -> None:
    report = report_on(article)
    address = reverse("admin:articles_article_correct", args=[article.pk])

    desk.post(f"{address}?report={report.pk}", {"kind": "correction", "text": ""})

    report.refresh_from_db()
    assert report.state == ErrorReportState.OPEN


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 40])
def test_a_correction_with_an_odd_report_is_a_correction(
    desk: Client, article: Article, key: str
) -> None:
    address = reverse("admin:articles_article_correct", args=[article.pk])

    assert desk.get(address, {"report": key}).status_code == 200


def test_a_report_is_accepted_without_a_note(desk: Client, article: Article) -> None:
    report = report_on(article)

    desk.post(judge(report), {"verb": "accept"})

    report.refresh_from_db()
    assert (report.state, report.correction) == (ErrorReportState.ACCEPTED, None)


def test_a_report_is_declined_with_the_reason(desk: Client, article: Article) -> None:
    report = report_on(article)

    again = desk.post(judge(report), {"verb": "decline", "note": " "})
    assert "Say why, for whoever reads the next report of it." in words_of(again)
    desk.post(judge(report), {"verb": "decline", "note": "The mayor says Monday too."})

    report.refresh_from_db()
    assert (report.state, report.note) == ("declined", "The mayor says Monday too.")
    entry = AuditEntry.objects.get(action="decline")
    assert entry.detail == "The mayor says Monday too."


def test_whoever_is_second_is_told(desk: Client, sana: User, article: Article) -> None:
    report = report_on(article)
    editing.decline_report(report, by=sana, note="No.")

    answer = desk.post(judge(report), {"verb": "accept"}, follow=True)

    report.refresh_from_db()
    assert report.state == ErrorReportState.DECLINED
    assert "A colleague has judged this report meanwhile." in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [("Reporter", 403), ("Moderator", 403), ("Archivist", 403), ("Editor", 200)],
)
def test_only_editors_judge_reports(
    client: Client, article: Article, role: str, status: int
) -> None:
    report = report_on(article)
    client.force_login(make_staff(role))

    assert client.get(REPORTS).status_code == status
    assert client.get(page_of(report)).status_code == status
    assert client.post(judge(report), {"verb": "accept"}, follow=True).status_code == status
    report.refresh_from_db()
    assert (report.state == "accepted") == (status == 200)


def test_markup_in_a_report_is_shown_and_not_obeyed(desk: Client, article: Article) -> None:
    evil = "<script>x()</script>"
    report = report_on(article, text=evil, quote=evil, name=evil)

    for address in (REPORTS, page_of(report), "/admin/"):
        assert evil not in desk.get(address).content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(desk: Client, article: Article) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            desk.get(REPORTS)
        return len(queries)

    report_on(article)
    desk.get(REPORTS)
    first = count()
    for _ in range(10):
        report_on(article)

    assert count() == first <= 8
