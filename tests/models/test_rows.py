"""Many rows of plain values, written at once."""

from datetime import UTC, datetime

import pytest

from articles.models import ListingEntry, Mention, Purge, rows
from tests.factories import make_article, make_mention, make_place

pytestmark = pytest.mark.django_db


def test_rows_are_inserted_with_moments_as_the_database_has_them():
    article = make_article()
    moment = datetime(2026, 2, 1, 12, 30, tzinfo=UTC)
    columns = ["article", "kind", "key", "public_from"]
    assert rows.insert(ListingEntry, columns, [(article.pk, 3, 7, moment)]) == 1
    assert ListingEntry.objects.get(kind=3, key=7).public_from == moment


def test_thousands_are_inserted_whether_they_have_all_values_or_not():
    now = int(datetime(2026, 2, 1, tzinfo=UTC).timestamp())
    spans = [(number, None if number % 2 else number * 10**6) for number in range(1_001)]
    made = [(1, number, first, first, 0, now) for number, first in spans]
    columns = ["subject", "key", "first", "last", "transaction_id", "at"]
    assert rows.insert(Purge, columns, made) == len(made)
    stored = Purge.objects.filter(subject=1).order_by("key").values_list("key", "first")
    assert list(stored) == spans


def test_rows_are_updated_by_their_keys_and_no_others():
    changed = make_mention(make_article(), make_place("Quetta"))
    other = make_mention(make_article(), make_place("Mastung"))
    new = [("Kwetta", [["p1", 4, "Kwetta"]], True, changed.pk)]
    assert rows.update(Mention, ["quote", "occurrences", "is_adrift"], iter(new)) == 1
    changed.refresh_from_db()
    other.refresh_from_db()
    assert (changed.quote, changed.occurrences) == ("Kwetta", [["p1", 4, "Kwetta"]])
    assert changed.is_adrift
    assert (other.quote, other.is_adrift) == ("Mastung", False)


def test_nothing_is_asked_where_there_are_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert rows.update(Mention, ["quote"], []) == 0
        assert rows.insert(Mention, ["quote"], []) == 0
