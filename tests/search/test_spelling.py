from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.search.finding.spelling import Suggestion, did_you_mean
from tests.factories import make_article, make_person
from tests.search.archive import criteria, index, publish

pytestmark = pytest.mark.django_db


def meant(q: str, **params: str) -> str | None:
    suggestion = did_you_mean(criteria(q=q, **params))
    return suggestion.text if suggestion else None


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("queta", "quetta"),
        ("Queta", "Quetta"),
        ("Mohsen Naqvi", "Mohsin Naqvi"),
        ("balochestan", "balochistan"),
        ("Baluchestan goverment", "Balochistan government"),
        ('"goverment of" OR quetta', None),
        ('"goverment of balochistan"', '"government of balochistan"'),
        ("pakitsan", "pakistan"),
        ("sugarcane", "sugar cane"),
        ("earth quake", "earthquake"),
        ("headline:queta", "headline:quetta"),
        ("quetta", None),
        ("xyzzyplugh", None),
        ("queta -quetta", None),
    ],
)
def test_what_was_perhaps_meant(typed, expected):
    text = "The government of Balochistan, Pakistan, counts sugar cane after the earthquake."
    publish("Quetta", paragraphs=[text], about=[make_person("Mohsin Naqvi")])
    assert meant(typed) == expected


def test_a_suggestion_is_a_search_that_says_what_differs():
    publish("Floods in Quetta", language="en")
    suggestion = did_you_mean(criteria(q="Queta floods", language="en", order="oldest"))
    assert isinstance(suggestion, Suggestion)
    assert suggestion.pieces == (("Quetta", True), (" floods", False))
    assert suggestion.criteria.query_string == "q=Quetta+floods&language=en&order=oldest"


def test_a_word_that_few_articles_have_is_a_slip_when_far_more_have_another():
    publish("Mohsen")
    for number in range(10):
        assert meant("mohsen") is None
        publish(f"Mohsin {number}")
    assert meant("mohsen") == "mohsin"


def test_the_most_frequent_of_those_as_near_is_suggested():
    publish("Sibi")
    for number in range(3):
        publish(f"Subi {number}")
    assert meant("sabi") == "subi"


def test_a_suggestion_is_printed_as_articles_have_it():
    publish("کوئٹہ میں بارش", language="ur")
    assert meant("کوٹہ") == "کوئٹہ"


def test_a_filter_that_leaves_nothing_makes_no_word_a_slip():
    publish("Quetta", language="en")
    publish("Quett", language="en")
    assert meant("quetta", language="ur") is None


def test_what_readers_cannot_find_is_never_suggested():
    draft = publish("Gwadar")
    Article.objects.filter(pk=draft.pk).update(status="draft")
    index(draft)
    publish("Turbat", published=timezone.now() + timedelta(days=1))
    deindexed = publish("Khuzdar")
    Article.objects.filter(pk=deindexed.pk).update(deindexed_at=timezone.now())
    index(deindexed)
    publish("Panjgur").delete()
    index(make_article("Kharan", published=None))
    for typed in ("gawadar", "turbatt", "kuzdar", "panjgoor", "karan"):
        assert meant(typed) is None


def test_suggestions_cost_a_few_queries(django_assert_max_num_queries):
    for number in range(12):
        publish(f"Quetta Mohsin government {number}")
    asked = criteria(q="Queta Mohsen goverment floods rain sun")
    with django_assert_max_num_queries(10):
        did_you_mean(asked)


def test_one_slip_takes_no_room_from_another(monkeypatch):
    monkeypatch.setattr("articles.search.finding.spelling._MOST_ALIKE", 1)
    publish("Balochistan, Panjgur")
    assert meant("Baluchestan panjgoor") == "Balochistan panjgur"


def test_long_words_ask_for_no_more_than_a_database_takes_at_once():
    publish("Gas")
    consonants = "bcdfghklmnprstbcdfghklmnprstbcdfghklmnprst"
    typed = " ".join(consonants[at:] + consonants[:at] for at in range(4))
    long = " ".join(word[:40] for word in typed.split())
    most = 0

    def watch(execute, sql, params, many, context):
        nonlocal most
        most = max(most, len(params or ()))
        return execute(sql, params, many, context)

    for words in (typed, long):
        with connection.execute_wrapper(watch):
            assert meant(words) is None
    assert most < 10_000
