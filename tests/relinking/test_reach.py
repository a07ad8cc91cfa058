"""How many articles have a name in their words."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from articles.editing import deindex, record, withdraw
from articles.models import Article
from articles.relinking import reach
from tests.factories import make_article, make_mention, make_place, make_staff
from tests.search.archive import publish

pytestmark = pytest.mark.django_db

module = import_module("articles.relinking.reach")


def found(*names: str) -> list[str]:
    return [article.headline for article in reach(names).articles]


def test_a_name_reaches_headline_summary_text_and_dateline_in_any_spelling():
    publish("Nushki votes")
    publish("Vote", summary="A count in Nushki.")
    publish("Roads", paragraphs=["The road to NUSHKI’s bazaar."])
    publish("Filed", dateline_text="NUSHKI, Feb 1 (Agency)")
    publish("Sand", paragraphs=["The dunes of Nushkishwar."])
    assert reach(["Nushki"]).count == 4
    assert set(found("nushkī")) == {"Nushki votes", "Vote", "Roads", "Filed"}


def test_several_names_count_an_article_once_and_words_of_a_name_stand_together():
    publish("Al-Bab", paragraphs=["Al Bab is a town; the U.S. said so."])
    publish("Bab al", paragraphs=["Not the town."])
    assert reach(["Al Bab", "U.S.", "US"]).count == 1
    assert found("Al-Bab") == ["Al-Bab"]


def test_drafts_withdrawn_articles_and_those_out_of_search_are_reached_too():
    draft = make_article("Nushki draft", published=None)
    record([draft])
    boss = make_staff("Administrator")
    withdraw(publish("Nushki withdrawn"), by=boss, notice="Not true.")
    deindex(publish("Nushki kept quiet"), by=boss)
    publish("Nushki later", published=datetime(2200, 1, 1, tzinfo=UTC))
    publish("Quetta")
    make_article("Elsewhere", published=None)
    answer = reach(["Nushki"])
    assert (answer.count, answer.is_exact) == (4, True)
    assert answer.articles[0].headline == "Nushki later"


def test_the_name_of_what_an_article_is_linked_to_is_not_among_its_words():
    place = make_place("Nushki", names=["نوشکی"])
    article = publish("A town")
    make_mention(article, place)
    record([article])
    assert reach(["نوشکی"]).count == 0


def test_what_has_no_word_in_it_reaches_nothing():
    publish("A town")
    assert reach(["", "…", "--"]).count == 0


def test_counting_ends_at_a_limit_and_the_newest_come_first(monkeypatch):
    monkeypatch.setattr(module, "COUNTED", 2)
    for year in (2001, 2003, 2002, 2004):
        publish(f"Nushki {year}", published=datetime(year, 1, 1, tzinfo=UTC))
    answer = reach(["Nushki"])
    assert (answer.count, answer.is_exact) == (2, False)
    assert [article.headline for article in answer.articles][:2] == ["Nushki 2004", "Nushki 2003"]


def test_not_all_drafts_are_read(monkeypatch):
    monkeypatch.setattr(module, "READ", 1)
    make_article("Nushki, an old draft", published=None)
    make_article("A new draft", published=None)
    answer = reach(["Nushki"])
    assert (answer.count, answer.is_exact) == (0, False)


def test_it_takes_the_same_few_queries_whatever_it_finds(
    django_assert_max_num_queries: DjangoAssertNumQueries,
):
    for number in range(8):
        publish(f"Nushki {number}")
        make_article(f"Nushki draft {number}", published=None, created_at=timezone.now())
    assert Article.objects.count() == 16
    with django_assert_max_num_queries(7):
        assert reach(["Nushki", "Noshki"]).count == 16
