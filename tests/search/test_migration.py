"""What becomes of an archive whose words were cut and folded otherwise."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from articles.models import PersonName, SearchWord
from articles.search.backends import backend_of
from tests.factories import make_person
from tests.search.archive import headlines, publish

pytestmark = pytest.mark.django_db

migration = import_module("articles.migrations.0012_search_words")
editor = SimpleNamespace(connection=connection)


def test_the_index_is_made_anew_with_the_words_of_the_archive():
    article = publish("Floods")
    backend_of(connection).remove(connection, [article.pk])
    SearchWord.objects.all().delete()
    migration.rebuild(apps, editor)
    assert headlines(q="flood") == ["Floods"]


def test_names_are_folded_anew():
    make_person("Ali", names=["ډاکټر علی", "Dr Ali"])
    PersonName.objects.filter(name="ډاکټر علی").update(folded="ډاکټر علی")
    migration.fold_names(apps, editor)
    folded = set(PersonName.objects.values_list("folded", flat=True))
    assert folded >= {"ڈاکٹر علی", "dr ali"}


def test_an_empty_archive_costs_next_to_nothing(django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        migration.fold_names(apps, editor)
        migration.rebuild(apps, editor)
