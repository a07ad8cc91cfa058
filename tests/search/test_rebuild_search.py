from io import StringIO

import pytest
from django.core.management import call_command

from articles import listings
from tests.factories import make_article
from tests.search.archive import headlines

pytestmark = pytest.mark.django_db


def test_the_command_indexes_the_archive_and_says_how_much(monkeypatch):
    monkeypatch.setattr("articles.search.index.BATCH", 2)
    ids = [make_article(f"Gas {number}").pk for number in range(5)]
    make_article("Gas draft", published=None)
    listings.refresh(ids)
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue() == "5 articles are in the search index.\n"
    assert headlines(q="gas") == ["Gas 4", "Gas 3", "Gas 2", "Gas 1", "Gas 0"]
