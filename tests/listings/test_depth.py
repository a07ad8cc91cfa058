"""What a page of a list costs does not depend on how deep it is, nor on how long the list is."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from articles.listings import Listing
from articles.models import Article, ListingEntry, ListingKind, Status

ARCHIVE = Listing(ListingKind.ARCHIVE)
ARTICLES = 200
FIRST = datetime(2000, 1, 1, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def moments() -> list[datetime]:
    """Of the articles of a long list, which are two days apart."""
    moments = [FIRST + timedelta(days=2 * number) for number in range(ARTICLES)]
    articles = Article.objects.bulk_create(
        Article(
            headline=f"Report {number}",
            slug=f"report-{number}",
            path=f"/report-{number}/",
            status=Status.PUBLISHED,
            published_at=moment,
        )
        for number, moment in enumerate(moments)
    )
    ListingEntry.objects.bulk_create(
        ListingEntry(kind=ListingKind.ARCHIVE, key=0, public_from=moment, article=article)
        for moment, article in zip(moments, articles, strict=True)
    )
    return moments


def steps(work: Callable[[], object]) -> int:
    """How many instructions of its machine SQLite takes for ``work``, in tens."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.connection.set_progress_handler(count, 10)
    try:
        work()
    finally:
        connection.connection.set_progress_handler(None, 10)
    return taken


@pytest.mark.skipif(connection.vendor != "sqlite", reason="counts the steps of SQLite")
@pytest.mark.parametrize("newest_first", [True, False])
def test_going_on_from_anywhere_costs_the_same(moments: list[datetime], newest_first: bool) -> None:
    def go_on(place: datetime) -> int:
        ARCHIVE.beyond((place, 0), 3, newest_first=newest_first)  # its statement is written once
        return steps(lambda: ARCHIVE.beyond((place, 0), 3, newest_first=newest_first))

    assert 0 < go_on(moments[-5]) < 2 * go_on(moments[5])
    assert 0 < go_on(moments[5]) < 2 * go_on(moments[-5])


def test_it_goes_on_where_it_ended(moments: list[datetime]) -> None:
    newest = ARCHIVE.beyond(None, 3)
    older = ARCHIVE.beyond(newest[-1], 3)
    back = ARCHIVE.beyond(older[0], 3, newest_first=False)

    assert [moment for moment, _ in [*newest, *older]] == moments[:-7:-1]
    assert back == newest[::-1]
