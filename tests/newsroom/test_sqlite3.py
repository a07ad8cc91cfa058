"""The engine gives what Django's own does."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection

from newsroom.sqlite3.base import DatabaseOperations

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="an engine of SQLite"),
]


def answer(sql: str, *parameters: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0]


def test_a_statement_takes_parameters_and_percent_signs():
    assert answer("SELECT %s || '50%%'", "over ") == "over 50%"
    assert answer("SELECT %s || '50%%'", "under ") == "under 50%"


def test_a_statement_takes_named_parameters():
    with connection.cursor() as cursor:
        cursor.execute("SELECT %(one)s || %(one)s", {"one": "ab"})
        assert cursor.fetchone() == ("abab",)


@pytest.mark.parametrize("microsecond", [0, 1, 250_000])
def test_a_moment_is_kept_in_utc_whatever_its_zone(microsecond):
    moment = datetime(2026, 2, 1, 3, 4, 5, microsecond, timezone(timedelta(hours=5)))
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE moments (at datetime)")
        kept = connection.ops.adapt_datetimefield_value(moment)
        cursor.execute("INSERT INTO moments VALUES (%s)", [kept])
        cursor.execute("SELECT at FROM moments")
        (found,) = cursor.fetchone()
        cursor.execute("DROP TABLE moments")

    assert kept == str(moment.astimezone(UTC)).removesuffix("+00:00")
    assert found == moment
    assert found.tzinfo is UTC


def test_a_moment_that_no_column_says_is_one_is_aware_too():
    convert = DatabaseOperations(connection).convert_datetimefield_value

    assert convert("2026-02-01 03:04:05", None, connection) == datetime(
        2026, 2, 1, 3, 4, 5, tzinfo=UTC
    )
    assert convert(None, None, connection) is None
