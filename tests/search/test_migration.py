"""What becomes of an archive whose words were cut and folded otherwise."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from articles import search
from articles.models import ArticleFacets, PersonName, Purge, SearchName, SearchWord
from articles.search.index.backends import backend_of
from articles.search.index.documents import documents
from articles.search.index.inspection import inspect
from tests.factories import make_person
from tests.search.archive import headlines, publish

pytestmark = pytest.mark.django_db

migration = import_module("articles.migrations.0013_search_filled_in")
editor = SimpleNamespace(connection=connection)


def forget(*article_ids: int) -> None:
    """Leave these articles as an earlier version had them."""
    ArticleFacets.objects.filter(article__in=article_ids).delete()
    SearchName.objects.all().delete()
    SearchWord.objects.all().delete()


def test_what_an_earlier_version_indexed_is_indexed_anew_with_words_and_names():
    article = publish("Floods", about=[make_person("Mohsin Naqvi")])
    backend_of(connection).remove(connection, [article.pk])
    forget(article.pk)
    migration.fill(apps, editor)
    assert headlines(q="flood") == ["Floods"]
    assert inspect([article.pk]) == {}


def test_names_are_folded_anew():
    make_person("Ali", names=["ډاکټر علی", "Dr Ali"])
    PersonName.objects.filter(name="ډاکټر علی").update(folded="ډاکټر علی")
    purges = set(Purge.objects.values_list("pk", flat=True))
    migration.fold_names(apps, editor)
    folded = set(PersonName.objects.values_list("folded", flat=True))
    assert folded >= {"ڈاکٹر علی", "dr ali"}
    assert set(Purge.objects.values_list("pk", flat=True)) <= purges  # no page shows it


def test_an_empty_archive_costs_next_to_nothing(django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        migration.fold_names(apps, editor)
        migration.fill(apps, editor)


@pytest.mark.django_db(transaction=True)
def test_who_is_stopped_in_the_middle_goes_on_where_that_was(monkeypatch):
    monkeypatch.setattr("articles.search.index.writing.BATCH", 2)
    ids = [publish(f"Floods {number}").pk for number in range(6)]
    call_command("migrate", "articles", "0011", verbosity=0)
    written: list[int] = []

    def stopped(article_ids):
        if written:
            raise KeyboardInterrupt
        written.extend(article_ids)
        return documents(article_ids)

    monkeypatch.setattr("articles.search.index.writing.documents", stopped)
    with pytest.raises(KeyboardInterrupt):
        call_command("migrate", verbosity=0)
    assert set(ArticleFacets.objects.values_list("pk", flat=True)) == set(written) == set(ids[:2])
    assert len(headlines(q="floods")) == len(ids)  # found as before
    monkeypatch.setattr("articles.search.index.writing.documents", documents)
    done: list[int] = []
    fill = search.fill
    monkeypatch.setattr("articles.search.fill", lambda: done.append(fill()))
    call_command("migrate", verbosity=0)
    assert done == [4]
    assert inspect(ids) == {}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL's index only")
@pytest.mark.django_db(transaction=True)
def test_an_index_that_knew_neither_pairs_nor_blocks_is_given_them():
    article = publish("Floods in Sindh")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE articles_search_document DROP COLUMN pairs")  # and its index
        cursor.execute("DROP FUNCTION articles_search_blocks(integer)")
        cursor.execute("ALTER TABLE articles_search_document RESET (toast_tuple_target)")
        cursor.execute("ALTER TABLE articles_search_document ALTER text SET STORAGE EXTENDED")
        cursor.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")
        cursor.execute(
            "CREATE INDEX articles_search_index ON articles_search_document "
            "USING gin (month, words)"
        )
    forget(article.pk)
    for _ in range(2):
        migration.make_index(apps, editor)
    with connection.cursor() as cursor:  # as the version before goes on to write
        cursor.execute(
            "INSERT INTO articles_search_document "
            "(article_id, position, month, headline, names, text, words) "
            "SELECT article_id + 1, position, month, headline, names, text, words "
            "FROM articles_search_document"
        )
        cursor.execute("DELETE FROM articles_search_document WHERE article_id <> %s", [article.pk])
    migration.fill(apps, editor)
    assert headlines(q='"floods in"') == ["Floods in Sindh"]
    assert headlines(q='"in floods"') == []
    publish("Rain in Sindh")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reloptions, attstorage::text FROM pg_class JOIN pg_attribute ON attrelid = "
            "pg_class.oid WHERE relname = 'articles_search_document' AND attname = 'text'"
        )
        assert cursor.fetchone() == (["toast_tuple_target=128"], "e")
