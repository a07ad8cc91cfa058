"""Lists and search entries that follow a change of the vocabulary later."""

import pytest
from pytest_django import DjangoAssertNumQueries

from articles import listings
from articles.editing import stale
from articles.models import Article, ListingKind, Mention, Person, StaleArticle
from tests.factories import make_person
from tests.search.archive import headlines, publish

pytestmark = pytest.mark.django_db


def test_what_is_marked_is_brought_up_to_date_once():
    person = make_person("Sana Mir")
    article = publish("Cricket", about=[person])
    Person.objects.filter(pk=person.pk).update(name="Sana Meer")
    stale.mark([article.pk, article.pk])
    stale.mark([article.pk])
    assert headlines(q="meer") == []
    assert [stale.sweep(), stale.sweep()] == [1, 0]
    assert headlines(q="meer") == ["Cricket"]


def test_lists_follow_too():
    person, other = make_person("Sana Mir"), make_person("Sana Meer")
    article = publish("Cricket", about=[person])
    Mention.objects.update(person=other)
    stale.mark([article.pk])
    stale.sweep()
    assert listings.Listing(ListingKind.PERSON, other.pk).count() == 1
    assert listings.Listing(ListingKind.PERSON, person.pk).count() == 0


def test_a_sweep_takes_no_more_than_it_is_told():
    stale.mark([publish().pk for _ in range(5)])
    assert [stale.sweep(2), stale.sweep(2), stale.sweep(2), stale.sweep(2)] == [2, 2, 1, 0]


def test_a_sweep_that_fails_leaves_the_marks(monkeypatch: pytest.MonkeyPatch):
    article = publish()
    stale.mark([article.pk])

    def fail(ids: object) -> None:
        raise RuntimeError("The disk is full.")

    monkeypatch.setattr("articles.search.refresh", fail)
    with pytest.raises(RuntimeError):
        stale.sweep()
    assert StaleArticle.objects.get().article == article


def test_an_article_that_is_deleted_takes_its_mark_along():
    article = publish()
    stale.mark([article.pk])
    Article.objects.filter(pk=article.pk).delete()
    assert stale.sweep() == 0


def test_a_sweep_costs_the_same_queries_for_few_and_for_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    stale.mark([publish(about=[make_person()]).pk for _ in range(12)])
    with django_assert_max_num_queries(40):
        assert stale.sweep() == 12
