"""At the desk: two entries made one, one made two, and what was merged split again."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from articles import editing
from articles.models import Article, Duplicate, Merge, Person, VocabularyKind
from articles.vocabulary.duplicates import find
from articles.vocabulary.merging import merge
from tests.factories import make_article, make_mention, make_person, make_staff, make_tag

pytestmark = pytest.mark.django_db

DUPLICATES = "/admin/articles/merge/duplicates/"


@pytest.fixture
def archivist(client: Client) -> User:
    user = make_staff("Archivist")
    client.force_login(user)
    return user


def named(person: Person) -> Article:
    article = make_article(f"About {person}")
    make_mention(article, person)
    editing.record([article])
    return article


def page_of(person: Person) -> str:
    return f"/admin/articles/merge/with/person/{person.pk}/"


def test_the_page_of_an_entry_leads_there(client: Client, archivist: User) -> None:
    person = make_person("Sarfraz Bugti")
    text = client.get(reverse("admin:articles_person_change", args=[person.pk])).text
    assert page_of(person) in text
    assert f"/admin/articles/merge/divide/person/{person.pk}/" in text


def test_the_other_is_found_by_name(client: Client, archivist: User) -> None:
    one, other = make_person("Sarfraz Bugti"), make_person("Mir Sarfraz Bugti")
    text = client.get(page_of(one), {"q": "mir s"}).text
    assert f"?other={other.pk}" in text
    assert "Nothing is called so" in client.get(page_of(one), {"q": "xyz"}).text


def test_both_are_shown_before_anything_happens(client: Client, archivist: User) -> None:
    one = make_person("Sarfraz Bugti", title="Chief Minister", names=["سرفراز بگٹی"])
    other = make_person("Mir Sarfraz Bugti", wikidata_id="Q77")
    named(one)
    text = client.get(page_of(one), {"other": other.pk}).text

    assert "Chief Minister" in text
    assert "سرفراز بگٹی" in text
    assert "https://www.wikidata.org/wiki/Q77" in text
    assert "1 mention, 1 name, 1 position" in text
    assert "About Sarfraz Bugti" in text
    assert not Merge.objects.exists()


def test_an_archivist_merges_and_undoes(client: Client, archivist: User) -> None:
    one, other = make_person("Sarfraz Bugti"), make_person("Mir Sarfraz Bugti")
    said = {"other": other.pk, "stays": other.pk, "reason": "The same man."}
    answer = client.post(page_of(one), said, follow=True)

    done = Merge.objects.get()
    assert (done.source_id, done.by, done.reason) == (one.pk, archivist, "The same man.")
    assert answer.redirect_chain == [(f"/admin/articles/person/{other.pk}/change/", 302)]
    undo = reverse("admin:articles_merge_undo", args=[done.pk])
    assert undo in answer.text
    assert "Split them again" in client.get(undo).text
    assert client.post(undo).status_code == 302
    again = client.post(undo)
    assert "Nothing was undone." in again.text
    assert "has been split" in again.text
    one.refresh_from_db()
    assert one.merged_into is None


def test_what_stands_against_it_is_said_before(client: Client, archivist: User) -> None:
    one, other, third = make_tag("a"), make_tag("b"), make_tag("c")
    merge(one, other, by=None)
    text = client.get(f"/admin/articles/merge/with/tag/{third.pk}/", {"other": one.pk}).text
    assert "“a” has been merged into “b” already." in text
    assert "Merge the two" not in text


def test_a_merge_that_another_came_on_top_of_says_so(client: Client, archivist: User) -> None:
    one, other, third = make_tag("a"), make_tag("b"), make_tag("c")
    first = merge(one, other, by=None)
    other.refresh_from_db()
    later = merge(other, third, by=None)
    address = reverse("admin:articles_merge_undo", args=[first.pk])
    text = client.get(address).text

    assert "Undo that first" in text
    assert reverse("admin:articles_merge_undo", args=[later.pk]) in text
    assert client.post(address).status_code == 200
    first.refresh_from_db()
    assert first.undone_at is None


def test_the_log_lists_merges_in_a_few_queries(
    client: Client, archivist: User, django_assert_max_num_queries: object
) -> None:
    for _ in range(10):
        merge(make_tag(), make_tag(), by=archivist)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        text = client.get("/admin/articles/merge/").text
    assert text.count(">Undo</a>") == 10
    assert DUPLICATES in text
    client.force_login(make_staff("Editor"))
    assert ">Undo</a>" not in client.get("/admin/articles/merge/").text


def test_one_is_made_two_by_ticking(client: Client, archivist: User) -> None:
    khan = make_person("Imran Khan", names=["Imran Khan Niazi"])
    cricket, court = named(khan), named(khan)
    address = f"/admin/articles/merge/divide/person/{khan.pk}/"
    assert "About Imran Khan" in client.get(address).text
    assert client.post(address, {"name": "Imran Khan"}).status_code == 200
    client.post(address, {"name": "Imran Khan (lawyer)", "articles": [court.pk]})

    lawyer = Person.objects.get(name="Imran Khan (lawyer)")
    assert court.mentions.get().person == lawyer
    assert cricket.mentions.get().person == khan


class TestDuplicates:
    def test_two_are_looked_at_and_told_apart_for_good(
        self, client: Client, archivist: User
    ) -> None:
        make_person("Jam Kamal")
        make_person("Jam Kamaal")
        find(VocabularyKind.PERSON)
        text = client.get(DUPLICATES).text
        assert "Their names are spelt alike." in text
        assert "They are two" in text
        pair = Duplicate.objects.get()
        client.post(f"{DUPLICATES}{pair.pk}/")
        assert "Nothing waits here" in client.get(DUPLICATES).text

    def test_a_merge_leads_to_the_next_pair(self, client: Client, archivist: User) -> None:
        one, other = make_person("Jam Kamal"), make_person("Jam Kamaal")
        find(VocabularyKind.PERSON)
        said = {"other": other.pk, "stays": one.pk, "from": "duplicates"}
        answer = client.post(page_of(one), said)
        assert answer.headers["Location"] == DUPLICATES
        assert Merge.objects.get().target_id == one.pk

    def test_the_page_costs_the_same_for_few_and_many(
        self, client: Client, archivist: User, django_assert_max_num_queries: object
    ) -> None:
        for number in range(30):
            make_tag(f"number{number}xa")
            make_tag(f"number{number}xaa")
        find(VocabularyKind.TAG)
        with django_assert_max_num_queries(25):  # type: ignore[operator]
            assert client.get(DUPLICATES).status_code == 200


@pytest.mark.parametrize("role", ["Reporter", "Editor", "Moderator"])
def test_others_may_not(client: Client, role: str) -> None:
    client.force_login(make_staff(role))
    one, other = make_person(), make_person()
    done = merge(make_tag(), make_tag(), by=None)
    pair = Duplicate.objects.create(
        kind="person", first_id=one.pk, second_id=other.pk, reason="alike", score=1
    )
    assert client.post(page_of(one), {"other": other.pk, "stays": one.pk}).status_code == 403
    assert client.post(reverse("admin:articles_merge_undo", args=[done.pk])).status_code == 403
    divide = reverse("admin:articles_merge_divide", args=["person", one.pk])
    assert client.post(divide, {"name": "x"}).status_code == 403
    assert client.get(DUPLICATES).status_code == 403
    assert client.post(f"{DUPLICATES}{pair.pk}/").status_code == 403


def test_what_is_not_there_is_not_found(client: Client, archivist: User) -> None:
    for address in ("with/person/999/", "with/section/1/", "with/x/1/", "divide/tag/1/"):
        assert client.get(f"/admin/articles/merge/{address}").status_code == 404
    assert client.get("/admin/articles/merge/999/undo/").status_code == 404
    person = make_person()
    assert client.get(page_of(person), {"other": "²"}).status_code == 200


def test_an_entry_that_gets_another_slug_keeps_its_address(
    desk: Client, filled_in: Callable[[str], dict[str, Any]]
) -> None:
    person = make_person("Sarfraz Bugti", slug="bugti")
    named(person)
    address = reverse("admin:articles_person_change", args=[person.pk])
    desk.post(address, filled_in(address) | {"slug": "sarfraz-bugti"})

    assert desk.get("/people/bugti/").headers["Location"] == "/people/sarfraz-bugti/"


def test_a_language_has_one_preferred_name(
    desk: Client, filled_in: Callable[[str], dict[str, Any]]
) -> None:
    person = make_person("Sarfraz Bugti")
    address = reverse("admin:articles_person_change", args=[person.pk])
    two = {"names-TOTAL_FORMS": "2"}
    for number, name in enumerate(["سرفراز بگٹی", "سرفراز بگتی"]):
        two |= {
            f"names-{number}-name": name,
            f"names-{number}-language": "ur",
            f"names-{number}-is_preferred": "on",
            f"names-{number}-person": str(person.pk),
        }
    answer = desk.post(address, filled_in(address) | two)

    assert "“سرفراز بگٹی” is preferred in this language already." in answer.text
    assert not person.names.exists()
