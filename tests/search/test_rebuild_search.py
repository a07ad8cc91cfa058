from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles import listings
from articles.models import ArticleFacets, SearchName
from articles.search.index.inspection import inspect
from tests.factories import make_article, make_person
from tests.search.archive import headlines, publish

pytestmark = pytest.mark.django_db


def test_the_command_indexes_the_archive_and_says_how_much(monkeypatch):
    monkeypatch.setattr("articles.search.index.writing.BATCH", 2)
    ids = [make_article(f"Gas {number}").pk for number in range(5)]
    make_article("Gas draft", published=None)
    listings.refresh(ids)
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue() == "5 articles are in the search index.\n"
    assert headlines(q="gas") == ["Gas 4", "Gas 3", "Gas 2", "Gas 1", "Gas 0"]


def test_what_no_article_in_the_index_has_is_gone_afterwards():
    gone = publish("Gas", about=[make_person("Mohsin Naqvi")], deindexed_at=timezone.now())
    ArticleFacets.objects.create(article=gone, lists=b"\0" * 8)
    SearchName.objects.create(kind=6, key=987, text=b"nobody", start=b"no", is_whole=True, weight=1)
    call_command("rebuild_search", stdout=StringIO())
    assert inspect([gone.pk]) == {}
    assert not ArticleFacets.objects.exists()
    assert not SearchName.objects.filter(key=987).exists()
