"""The list of runs, and the page of each."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.models import LinkingRun, Place
from articles.relinking import runs
from tests.factories import make_place, make_staff
from tests.relinking.world import make_balochistan, write_about

pytestmark = pytest.mark.django_db

LIST = reverse("admin:articles_linkingrun_changelist")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> LinkingRun:
    """One that has looked at two articles of five."""
    monkeypatch.setattr("articles.relinking.candidates.BATCH", 2)
    write_about("Nushki", 5)
    run = runs.begin(make_place("Nushki", make_balochistan()), ["Nushki"], by=None)
    runs.proceed(run, seconds=0)
    run.refresh_from_db()
    return run


def address(run: LinkingRun, verb: str = "change") -> str:
    return reverse(f"admin:articles_linkingrun_{verb}", args=[run.pk])


def test_the_list_says_what_each_looked_for_and_how_far_it_is(desk: Client, run: LinkingRun):
    runs.begin_archive()
    page = desk.get(LIST).content.decode()
    assert "“Nushki”" in page
    assert "2 of 5" in page
    assert "under way" in page
    assert "The whole archive" in page


def test_the_list_takes_as_many_queries_for_many_runs(
    desk: Client, run: LinkingRun, django_assert_max_num_queries: DjangoAssertNumQueries
):
    LinkingRun.objects.bulk_create(LinkingRun(kind="place", key=1, names=["X"]) for _ in range(20))
    with django_assert_max_num_queries(12):
        desk.get(LIST)


def test_a_run_is_stopped_and_goes_on(desk: Client, run: LinkingRun):
    page = desk.post(address(run, "stop"), follow=True).content.decode()
    assert "Stopped after 2 of 5 articles." in page
    page = desk.post(address(run, "resume"), follow=True).content.decode()
    assert "Under way." in page
    runs.work()
    assert "Done. 5 of 5 articles changed." in desk.get(address(run)).content.decode()


def test_a_run_that_is_done_is_not_stopped(desk: Client, run: LinkingRun):
    runs.work()
    page = desk.post(address(run, "stop"), follow=True).content.decode()
    assert "It has ended already." in page


def test_looking_at_a_run_changes_nothing(desk: Client, run: LinkingRun):
    assert desk.get(address(run, "stop")).status_code == 405
    desk.get(address(run))
    assert desk.post(address(run), {"seen": "5"}).status_code in {200, 403, 405}
    run.refresh_from_db()
    assert (run.seen, run.finished_at) == (2, None)


def test_the_archive_is_stopped_where_it_was_begun(desk: Client):
    run = runs.begin_archive()
    assert desk.post(address(run, "stop")).status_code == 404
    assert "manage.py link_entities" in desk.get(address(run)).content.decode()


def test_the_page_stays_when_its_entity_is_gone(desk: Client, run: LinkingRun):
    Place.objects.filter(name="Nushki").delete()
    assert "“Nushki”" in desk.get(address(run)).content.decode()


@pytest.mark.parametrize(("role", "status"), [("Reporter", 403), ("Moderator", 403)])
def test_who_may_not_see_runs(client: Client, run: LinkingRun, role: str, status: int):
    client.force_login(make_staff(role))
    assert client.get(LIST).status_code == status
    assert client.get(address(run)).status_code == status
    assert client.post(address(run, "stop")).status_code == status
