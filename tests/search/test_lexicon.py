import pytest

from articles import search
from articles.models import SearchWord
from articles.search.index import lexicon
from articles.search.index.documents import documents
from tests.factories import make_article, make_person
from tests.search.archive import index, publish

pytestmark = pytest.mark.django_db


def kept() -> set[tuple[str, str]]:
    return set(SearchWord.objects.values_list("word", "language"))


def test_the_words_of_an_article_are_kept_once_for_each_language():
    publish("Floods in 2010", paragraphs=["The floods."], about=[make_person("Mohsin Naqvi")])
    publish("Floods", language="de-AT", paragraphs=["Die Flut"])
    english = {"floods", "in", "the", "mohsin", "naqvi"}
    german = {"floods", "die", "flut"}
    assert kept() >= {(word, "en") for word in english} | {(word, "de") for word in german}
    assert not SearchWord.objects.filter(word="2010").exists()


def test_what_is_joined_is_kept_with_the_keys_of_one_word():
    publish("The e-mails of the U.S.")
    found = dict(SearchWord.objects.filter(word__contains=" ").values_list("word", "stem"))
    assert found == {"e mails": "email", "u s": "us"}


def test_words_of_drafts_are_not_kept():
    index(make_article("Secretive", published=None))
    assert not SearchWord.objects.filter(word="secretive").exists()


def test_known_words_cost_one_query_to_save_again(django_assert_max_num_queries):
    article = publish("Gas")
    before = SearchWord.objects.count()
    with django_assert_max_num_queries(11):
        search.refresh([article.pk])
    assert SearchWord.objects.count() == before


def test_words_that_only_deleted_articles_had_go_when_the_index_is_rebuilt():
    publish("Unrepeatable").delete()
    publish("Gas")
    search.rebuild()
    words = {word for word, _ in kept()}
    assert "gas" in words
    assert "unrepeatable" not in words


def test_a_long_run_remembers_a_bounded_number_of_words(monkeypatch):
    monkeypatch.setattr("articles.search.index.lexicon._MOST_KNOWN", 3)
    known: lexicon.Known = {}
    for headline in ("Floods rise", "Gas falls", "Rain falls"):
        article = publish(headline, paragraphs=[""])
        lexicon.unknown(documents([article.pk]), known)
        assert len(known["en"]) <= 3
