"""What articles are about is found by its name, as it is typed; nothing else is."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from articles import search
from articles.models import Article, MentionState, PersonName, SearchName, Status
from articles.search.finding.names import suggest
from articles.search.index import name_index
from articles.vocabulary import delete_entity
from tests.factories import (
    make_article,
    make_author,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)
from tests.search.archive import criteria, index, publish

pytestmark = pytest.mark.django_db


def names(text: str) -> list[str]:
    return [one.choice.name for one in suggest(text)]


def test_everything_that_articles_are_about_is_found_by_the_beginning_of_its_name():
    publish(
        about=[make_place("Quetta"), make_person("Quentin"), make_organisation("Queen’s Bank")],
        tags=[make_tag("queues")],
        authors=[make_author("Que Sera")],
        section=make_section("Quests"),
    )
    found = suggest("que")
    assert [(one.choice.name, one.parameter) for one in found] == [
        ("Que Sera", "author"),
        ("Queen’s Bank", "organisation"),
        ("Quentin", "person"),
        ("Quests", "section"),
        ("Quetta", "place"),
        ("queues", "tag"),
    ]
    assert {one.count for one in found} == {1}


@pytest.mark.parametrize(
    "typed", ["mo", "MOHSIN", "Mohsin N", "naq", "Naqvi", "mohsin-naqvi", "  naqvi ", "Nāqvi"]
)
def test_any_word_of_a_name_leads_to_it(typed):
    publish(about=[make_person("Mohsin Naqvi")])
    assert names(typed) == ["Mohsin Naqvi"]


@pytest.mark.parametrize(
    "typed", ["", "m", "مح"[:1], "ohsin", "naqvi mohsin", "x" * 500, "%", "_q"]
)
def test_the_middle_of_a_word_and_a_single_letter_lead_to_nothing(typed):
    publish(about=[make_person("Mohsin Naqvi")])
    assert names(typed) == []


def test_other_names_and_scripts_lead_to_it_and_are_said():
    publish(about=[make_place("Rawalpindi", names=["Pindi", "راولپنڈی"])])
    assert [(one.choice.name, one.also) for one in suggest("pin")] == [("Rawalpindi", "Pindi")]
    assert [one.also for one in suggest("راولپ")] == ["راولپنڈی"]
    assert [one.also for one in suggest("rawal")] == [""]


def test_the_most_written_about_come_first_and_eight_at_most():
    people = [make_person(f"Naqvi {letter}") for letter in "abcdefghij"]
    for number, person in enumerate(people):
        for _ in range(number // 2 + 1):
            publish(about=[person])
    found = suggest("naqvi")
    assert [one.choice.name[-1] for one in found] == ["i", "j", "g", "h", "e", "f", "c", "d"]
    assert [one.count for one in found] == [5, 5, 4, 4, 3, 3, 2, 2]


def test_where_very_many_begin_so_the_most_written_about_are_still_found(monkeypatch):
    monkeypatch.setattr("articles.search.finding.names._READ", 3)
    people = [make_person(f"Naqvi {letter}") for letter in "abcdef"]
    publish(about=people)
    for _ in range(3):
        publish(about=[people[-1]])
    assert names("naqvi")[0] == "Naqvi f"
    assert names("na")[0] == "Naqvi f"


def hidden(**fields: Any) -> Article:
    article = make_article(**fields)
    make_mention(article, make_person("Secretive"))
    index(article)
    return article


@pytest.mark.parametrize(
    "fields",
    [
        {"published": None},
        {"status": Status.WITHDRAWN},
        {"status": Status.SCHEDULED, "published": timezone.now() + timedelta(hours=1)},
        {"deindexed_at": timezone.now()},
    ],
    ids=["draft", "withdrawn", "scheduled", "out of search"],
)
def test_whom_only_a_hidden_article_names_nobody_is_told_of(fields):
    hidden(**fields)
    assert names("secretive") == []


def test_whom_an_editor_said_an_article_does_not_name_nobody_is_told_of():
    article = publish()
    make_mention(article, make_person("Secretive"), state=MentionState.REJECTED)
    index(article)
    assert names("secretive") == []


def test_a_name_comes_up_when_its_article_is_due_and_goes_with_it():
    article = hidden(status=Status.SCHEDULED, published=timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert names("secretive") == ["Secretive"]
    article.status = Status.WITHDRAWN
    article.save()
    index(article)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert names("secretive") == []


def test_what_is_due_later_is_not_counted():
    person = make_person("Naqvi")
    publish(about=[person])
    publish(about=[person], status=Status.SCHEDULED, published=timezone.now() + timedelta(hours=1))
    assert [one.count for one in suggest("naqvi")] == [1]


def test_as_many_are_told_of_as_a_search_finds():
    person, place = make_person("Naqvi", pk=7001), make_place("Naqvipur", pk=7002)
    for _ in range(3):
        publish(about=[person, place])
    publish(about=[person, make_place("Elsewhere", pk=7001)], deindexed_at=timezone.now())
    offered = {one.choice.name: one.count for one in suggest("naqvi")}
    found = search.find(criteria(person="naqvi")), search.find(criteria(place="naqvipur"))
    assert list(offered.values()) == [of_one.count.number for of_one in found] == [3, 3]


def test_a_new_name_is_found_and_a_former_one_no_longer():
    person = make_person("Mohsin Naqvi", names=["Raza"])
    article = publish(about=[person])
    PersonName.objects.all().delete()
    person.name = "Mohsin Shah"
    person.save()
    index(article)
    assert [names("naqvi"), names("raza"), names("shah")] == [[], [], ["Mohsin Shah"]]


def test_names_cost_the_same_however_many_there_are(django_assert_max_num_queries):
    for letter in "abcdefghijkl":
        publish(about=[make_person(f"Naqvi {letter}")])
    with django_assert_max_num_queries(4):
        suggest("naqvi")


def test_the_names_are_made_anew_with_the_index():
    publish(about=[make_person("Mohsin Naqvi")])
    before = set(SearchName.objects.values_list("kind", "key", "text", "is_whole", "weight"))
    SearchName.objects.all().delete()
    search.rebuild()
    after = set(SearchName.objects.values_list("kind", "key", "text", "is_whole", "weight"))
    assert after == before != set()


def test_nothing_is_written_where_nothing_has_changed(django_assert_num_queries):
    person = make_person("Mohsin Naqvi")
    publish(about=[person])
    with django_assert_num_queries(3):
        name_index.refresh([(6, person.pk)])


def test_names_go_with_the_last_article_that_was_about_it():
    person = make_person("Mohsin Naqvi")
    first, last = publish(about=[person]), publish(about=[person])
    for article, left in (first, True), (last, False):
        article.status = Status.WITHDRAWN
        article.save()
        index(article)
        assert SearchName.objects.filter(key=person.pk, kind=6).exists() is left


def test_names_go_with_what_an_article_is_no_longer_about():
    person = make_person("Mohsin Naqvi")
    article = publish(about=[person])
    article.mentions.all().delete()
    index(article)
    assert not SearchName.objects.filter(key=person.pk, kind=6).exists()


def test_names_go_with_what_is_deleted():
    tag = make_tag("floods")
    article = publish(tags=[tag])
    publish(tags=[tag], deindexed_at=timezone.now())
    Article.objects.filter(pk=article.pk).update(deindexed_at=timezone.now())
    index(article)
    names = SearchName.objects.filter(kind=3, key=tag.pk)
    assert names.exists()
    delete_entity(tag, by=None)
    assert not names.exists()
