"""Runs over the archive: what they link, that they go on where they were, and who may."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import listings
from articles.editing import record
from articles.models import (
    Article,
    AuditEntry,
    ListingKind,
    MentionState,
    Person,
    Place,
    Revision,
    Status,
)
from articles.relinking import again, runs
from articles.vocabulary import delete_entity
from articles.vocabulary.merging import merge
from tests.factories import make_article, make_mention, make_place, make_section, make_staff
from tests.relinking.world import make_balochistan, shown, write_about
from tests.search.archive import headlines, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("articles.relinking.candidates.BATCH", 2)


@pytest.fixture
def nushki() -> Place:
    return make_place("Nushki", make_balochistan())


def fail_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the machine fail at the end of the batch of this number, when all is written."""
    batches = iter(range(1, 1000))

    def broken(articles: Any, **options: Any) -> None:
        record(articles, **options)
        if next(batches) == number:
            raise RuntimeError("The disk is full.")

    monkeypatch.setattr("articles.relinking.again.record", broken)


def test_a_run_links_every_article_that_has_the_name_and_lists_and_search_follow(nushki: Place):
    articles = write_about("Nushki", 5)
    publish("Elsewhere", paragraphs=["Rain in Quetta."])
    run = runs.begin(nushki, ["Nushki"], by=None)
    assert run.total == 5
    runs.proceed(run)
    run.refresh_from_db()
    assert (run.seen, run.changed) == (5, 5)
    assert run.finished_at is not None
    assert all(shown(article) == {"Nushki"} for article in articles)
    assert listings.Listing(ListingKind.PLACE, nushki.pk).count() == 5
    assert len(headlines(place="nushki")) == 5


def test_it_goes_on_where_it_failed_and_no_half_batch_is_left(
    nushki: Place, monkeypatch: pytest.MonkeyPatch
):
    articles = write_about("Nushki", 5)
    run = runs.begin(nushki, ["Nushki"], by=None)
    with monkeypatch.context() as patch:
        fail_at(patch, 2)
        with pytest.raises(RuntimeError):
            runs.proceed(run)
    run.refresh_from_db()
    assert (run.seen, run.last_article, run.finished_at) == (2, articles[1].pk, None)
    assert [bool(shown(article)) for article in articles] == [True, True, False, False, False]
    runs.proceed(run)
    run.refresh_from_db()
    assert (run.seen, run.changed) == (5, 5)
    assert all(shown(article) for article in articles)


def test_the_worker_takes_over_and_one_run_that_fails_stops_no_other(
    nushki: Place, monkeypatch: pytest.MonkeyPatch
):
    write_about("Nushki", 1)
    (other,) = write_about("Mastung", 1)
    runs.begin(nushki, ["Nushki"], by=None)
    runs.begin(make_place("Mastung", nushki.parent), ["Mastung"], by=None)
    with monkeypatch.context() as patch:
        fail_at(patch, 1)
        assert runs.work()
    assert shown(other) == {"Mastung"}
    assert runs.work()
    assert not runs.work()
    assert listings.Listing(ListingKind.PLACE, nushki.pk).count() == 1


def test_a_second_run_of_the_same_is_not_begun(nushki: Place):
    write_about("Nushki")
    first = runs.begin(nushki, ["Nushki"], by=None)
    assert runs.begin(nushki, ["Nushki"], by=None) == first
    runs.proceed(first)
    assert runs.begin(nushki, ["Nushki"], by=None) != first


def test_other_names_in_the_articles_stay_as_they_are_and_nobody_is_made(nushki: Place):
    article = publish(
        "Visit", paragraphs=["Rain.", "Snow.", "Minister Sana Mir saw Nushki, Balochistan."]
    )
    runs.proceed(runs.begin(nushki, ["Nushki"], by=None))
    assert shown(article) == {"Nushki"}
    assert not Person.objects.exists()


@pytest.mark.parametrize("state", [MentionState.REJECTED, MentionState.CONFIRMED])
def test_what_an_editor_decided_is_not_undone(nushki: Place, state: str):
    (article,) = write_about("Nushki")
    decided = make_mention(article, nushki, state=state, reason="Asked the desk in Quetta.")
    run = runs.begin(nushki, ["Nushki"], by=None)
    runs.proceed(run)
    runs.proceed(runs.begin_archive())
    decided.refresh_from_db()
    assert (decided.state, decided.reason) == (state, "Asked the desk in Quetta.")
    assert article.mentions.filter(place=nushki).count() == 1


def test_readers_are_not_told_that_an_article_changed(nushki: Place):
    linked, filed = write_about("Nushki", 2)
    Article.objects.filter(pk=filed.pk).update(dateline_text="NUSHKI, Feb 1 (Agency)")
    record([linked, Article.objects.get(pk=filed.pk)])
    was = Article.objects.get(pk=linked.pk)
    runs.proceed(runs.begin(nushki, ["Nushki"], by=None))
    linked.refresh_from_db()
    filed.refresh_from_db()
    assert (linked.revision, linked.updated_at) == (was.revision, was.updated_at)
    assert filed.dateline_place == nushki
    last = Revision.objects.filter(article=filed).latest("number")
    assert (last.is_minor, last.actor, last.reason) == (True, "linking", "Linked again: Nushki")


def test_what_has_not_changed_is_not_written(nushki: Place):
    write_about("Nushki", 2)
    runs.proceed(runs.begin(nushki, ["Nushki"], by=None))
    again = runs.begin(nushki, ["Nushki"], by=None)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        runs.proceed(again)
    again.refresh_from_db()
    assert (again.seen, again.changed) == (2, 0)
    written = [
        query["sql"]
        for query in queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and "linkingrun" not in query["sql"]
    ]
    assert written == []


def test_the_archive_is_linked_whole_but_for_its_bin(nushki: Place):
    (public,) = write_about("Nushki")
    text = ["Rain.", "Snow.", "Nushki, Balochistan."]
    draft = make_article("Draft", published=None, paragraphs=text)
    binned = make_article("Binned", published=None, status=Status.BIN, paragraphs=text)
    run = runs.begin_archive()
    runs.proceed(run)
    run.refresh_from_db()
    assert (run.total, run.seen, run.changed) == (2, 2, 2)
    assert [shown(article) for article in (public, draft, binned)] == [
        {"Nushki", "Balochistan"},
        {"Nushki", "Balochistan"},
        set(),
    ]


def test_only_what_was_published_since_a_day_or_not_yet(nushki: Place):
    text = ["Rain.", "Snow.", "Nushki, Balochistan."]
    old = publish("Old", published=datetime(2019, 12, 31, 12, tzinfo=UTC), paragraphs=text)
    new = publish("New", published=datetime(2020, 1, 1, 12, tzinfo=UTC), paragraphs=text)
    draft = make_article("Draft", published=None, paragraphs=text)
    runs.proceed(runs.begin_archive(since=date(2020, 1, 1)))
    assert [bool(shown(article)) for article in (old, new, draft)] == [False, True, True]


def test_who_stops_a_run_may_let_it_go_on(nushki: Place):
    articles = write_about("Nushki", 3)
    editor = make_staff("Editor", "ann")
    run = runs.begin(nushki, ["Nushki"], by=editor)
    runs.proceed(run, seconds=0)
    runs.stop(run, by=editor)
    run.refresh_from_db()
    assert runs.is_stopped(run)
    assert not runs.work()
    with pytest.raises(ValidationError, match="ended already"):
        runs.stop(run, by=editor)
    runs.resume(run, by=editor)
    runs.work()
    run.refresh_from_db()
    assert not runs.is_stopped(run)
    assert all(shown(article) for article in articles)
    with pytest.raises(ValidationError, match="not stopped"):
        runs.resume(run, by=editor)
    assert list(AuditEntry.objects.order_by("pk").values_list("actor", "action")) == [
        ("ann", "link"),
        ("ann", "stop"),
        ("ann", "resume"),
    ]


def test_what_somebody_saves_meanwhile_is_linked_as_it_then_is(
    nushki: Place, monkeypatch: pytest.MonkeyPatch
):
    edited, deleted = write_about("Nushki", 2)

    def read_and_wait(ids: list[int]) -> Any:
        batch = again.read(ids)
        Article.objects.filter(pk=deleted.pk).delete()
        article = Article.objects.get(pk=edited.pk)
        if "gone" not in article.body:
            article.body = '<p id="p1">The road to the town is gone.</p>'
            article.save()
            record([article])
        return batch

    monkeypatch.setattr("articles.relinking.runs.read", read_and_wait)
    runs.proceed(runs.begin(nushki, ["Nushki"], by=None))
    assert shown(edited) == set()


def test_a_run_ends_when_its_entity_is_gone(nushki: Place):
    write_about("Nushki", 3)
    run = runs.begin(nushki, ["Nushki"], by=None)
    nushki.delete()
    runs.work()
    run.refresh_from_db()
    assert run.finished_at is not None
    assert run.seen == 0


def test_what_was_merged_into_another_is_not_linked(nushki: Place):
    Place.objects.filter(pk=nushki.pk).update(merged_into=nushki.parent)
    with pytest.raises(ValidationError, match="merged into Balochistan"):
        runs.begin(nushki, ["Nushki"], by=None)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("Editor", True),
        ("Archivist", True),
        ("Administrator", True),
        ("Reporter", False),
        ("Moderator", False),
    ],
)
def test_who_may_begin_a_run(nushki: Place, role: str, may: bool):
    user = make_staff(role)
    if may:
        assert runs.begin(nushki, ["Nushki"], by=user).by == user
    else:
        with pytest.raises(PermissionDenied):
            runs.begin(nushki, ["Nushki"], by=user)


def test_whoever_works_for_some_sections_only_may_not(nushki: Place):
    user = make_staff("Editor")
    user.desk_sections.add(make_section("Sport"))
    with pytest.raises(PermissionDenied):
        runs.begin(nushki, ["Nushki"], by=user)


def test_a_batch_takes_as_many_queries_for_many_articles_as_for_few(
    nushki: Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("articles.relinking.candidates.BATCH", 100)
    costs = []
    for number in (2, 12):
        write_about("Nushki", number)
        run = runs.begin(nushki, ["Nushki"], by=None)
        with CaptureQueriesContext(connection) as queries:
            runs.proceed(run, seconds=0)
        costs.append(len(queries))
    assert costs[1] <= costs[0]


def test_what_is_merged_between_finding_and_writing_is_linked_as_its_target(
    nushki: Place,
):
    (article,) = write_about("Nushki")
    noshki = make_place("Noshki", nushki.parent)
    batch = again.read([article.pk])
    merge(nushki, noshki, by=None)
    again.link_again(batch, "Linked again")
    assert shown(article) == {"Noshki", "Balochistan"}
    assert not article.mentions.filter(place=nushki).exists()


def test_what_is_deleted_between_finding_and_writing_is_not_linked(nushki: Place):
    (article,) = write_about("Nushki")
    batch = again.read([article.pk])
    delete_entity(nushki, by=None)
    again.link_again(batch, "Linked again")
    assert shown(article) == {"Balochistan"}
