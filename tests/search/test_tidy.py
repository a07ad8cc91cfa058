"""The worker sorts in what was indexed lately."""

import pytest
from django.core.management import call_command
from django.db import connection

from tests.search.archive import headlines, publish

pytestmark = pytest.mark.django_db


def pages_to_be_sorted_in() -> int:
    """Of PostgreSQL's index; asking sorts them in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT gin_clean_pending_list('articles_search_index')")
        (pages,) = cursor.fetchone()
        return int(pages)


def test_what_was_written_lately_is_found_before_and_after():
    publish("Gas")
    assert headlines(q="gas") == ["Gas"]
    call_command("work", once=True)
    assert headlines(q="gas") == ["Gas"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite sorts in as it writes")
def test_the_worker_leaves_nothing_to_be_sorted_in_by_whoever_saves_next():
    publish("Gas")
    assert pages_to_be_sorted_in() > 0
    publish("Oil")
    call_command("work", once=True)
    assert pages_to_be_sorted_in() == 0
