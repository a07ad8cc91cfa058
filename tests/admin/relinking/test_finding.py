"""Find in the archive: see how many articles a name would link, look at them, link them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from articles.admin.relinking.offers import address_of
from articles.models import AuditEntry, LinkingRun, Mention, MentionState, Place
from articles.relinking import runs
from tests.factories import make_mention, make_person, make_place, make_staff, make_tag
from tests.relinking.world import make_balochistan, shown, write_about

pytestmark = pytest.mark.django_db


@pytest.fixture
def nushki() -> Place:
    return make_place("Nushki", make_balochistan(), names=["Noshki"])


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def change_page(entity: Any) -> str:
    return reverse(f"admin:articles_{entity._meta.model_name}_change", args=[entity.pk])


def test_the_page_of_an_entity_leads_there(desk: Client, nushki: Place):
    for entity in (nushki, make_person("Sana Mir")):
        assert address_of(entity) in page(desk, change_page(entity))
    assert "Find in the archive" not in page(desk, change_page(make_tag("Rain")))


def test_it_shows_the_words_that_would_be_linked_and_changes_nothing(desk: Client, nushki: Place):
    (article,) = write_about("Nushki")
    found = page(desk, address_of(nushki))
    assert "The road to <mark>Nushki</mark>, Balochistan, is open." in found
    assert reverse("admin:articles_article_change", args=[article.pk]) in found
    assert "Link 1 article<" in found
    assert not Mention.objects.exists()


def test_one_looks_for_some_of_the_names_only(desk: Client, nushki: Place):
    write_about("Nushki", 2)
    write_about("Noshki", 1)
    assert "Link 3 articles" in page(desk, address_of(nushki))
    assert "Link 1 article<" in page(desk, address_of(nushki, "Noshki"))


def test_what_is_confirmed_is_linked_and_the_result_shown(
    desk: Client, editor: User, nushki: Place
):
    articles = write_about("Nushki", 3)
    answer = desk.post(address_of(nushki), {"name": ["Nushki", "Noshki"]}, follow=True)
    assert "Done. 3 of 3 articles changed." in answer.content.decode()
    assert all(shown(article) == {"Nushki"} for article in articles)
    assert "Nothing would change" in page(desk, address_of(nushki))
    entry = AuditEntry.objects.get(action="link")
    assert (entry.actor, entry.label) == ("editor", "Nushki")
    assert entry.detail == "in the archive, by “Nushki”, “Noshki”"


def test_what_is_more_than_one_waits_for_is_left_to_the_worker(
    desk: Client, nushki: Place, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(runs, "AT_ONCE", 2)
    write_about("Nushki", 3)
    answer = desk.post(address_of(nushki), {"name": "Nushki"}, follow=True)
    assert "Waiting for the worker." in answer.content.decode()
    assert "being linked now" in page(desk, address_of(nushki))
    runs.work()
    run = LinkingRun.objects.get()
    assert "Done. 3 of 3" in page(desk, reverse("admin:articles_linkingrun_change", args=[run.pk]))


def test_without_a_name_there_is_nothing_to_look_for(desk: Client, nushki: Place):
    answer = desk.post(address_of(nushki), {"name": " "}, follow=True)
    assert "Choose at least one name" in answer.content.decode()
    assert not LinkingRun.objects.exists()


def test_what_comes_from_the_address_is_escaped(desk: Client, nushki: Place):
    found = page(desk, address_of(nushki, "<script>alert(1)</script>", "\x00", "x" * 5000))
    assert "<script>alert(1)" not in found


def test_who_may_not_is_refused(client: Client, nushki: Place):
    write_about("Nushki")
    client.force_login(make_staff("Reporter"))
    assert client.get(address_of(nushki)).status_code == 403
    assert client.post(address_of(nushki), {"name": "Nushki"}).status_code == 403
    assert not LinkingRun.objects.exists()


def test_there_is_no_page_for_what_is_not_there(desk: Client):
    for kind in ("place", "tag", "section"):
        address = reverse("admin:articles_linkingrun_find", args=[kind, 4711])
        assert desk.get(address).status_code == 404


def test_the_page_takes_as_many_queries_for_many_articles_as_for_one(
    desk: Client, nushki: Place, django_assert_max_num_queries: DjangoAssertNumQueries
):
    write_about("Nushki", 12)
    with django_assert_max_num_queries(35):
        page(desk, address_of(nushki))


class TestAfterSaving:
    def test_a_new_name_says_how_many_articles_have_it(
        self, desk: Client, nushki: Place, filled_in: Any
    ):
        write_about("Naushki", 3)
        data = filled_in(change_page(nushki)) | {
            "names-TOTAL_FORMS": "2",
            "names-1-name": "Naushki",
            "names-1-place": str(nushki.pk),
        }
        said = desk.post(change_page(nushki), data, follow=True).content.decode()
        assert "3 articles have this name and are not linked to it." in said
        assert address_of(nushki, "Naushki") in said

    def test_a_corrected_name_looks_for_the_former_one_too(
        self, desk: Client, nushki: Place, filled_in: Any
    ):
        write_about("Naushki", 1)
        data = filled_in(change_page(nushki)) | {"name": "Naushki"}
        said = desk.post(change_page(nushki), data, follow=True).content.decode()
        assert "1 article has one of these names and is not linked to it." in said

    def test_nothing_is_said_where_all_are_linked_or_decided(
        self, desk: Client, nushki: Place, filled_in: Any
    ):
        linked, rejected = write_about("Naushki", 2)
        make_mention(linked, nushki, state=MentionState.LINKED)
        make_mention(rejected, nushki, state=MentionState.REJECTED)
        data = filled_in(change_page(nushki)) | {"name": "Naushki"}
        said = desk.post(change_page(nushki), data, follow=True).content.decode()
        assert "not linked to it" not in said

    def test_nothing_is_said_where_no_name_changed(
        self, desk: Client, nushki: Place, filled_in: Any
    ):
        write_about("Nushki", 2)
        data = filled_in(change_page(nushki)) | {"description": "A town."}
        said = desk.post(change_page(nushki), data, follow=True).content.decode()
        assert "not linked to it" not in said
