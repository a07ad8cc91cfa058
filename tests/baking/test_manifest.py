"""The manifest knows which pages a change touches."""

from datetime import UTC, datetime

import pytest

from articles.baking.manifest import Made, Manifest, State
from articles.freshness.shown import WHOLE, Span
from articles.models import EVERY, Subject

ARTICLE, LIST, SITE = Subject.ARTICLE.value, Subject.LIST.value, Subject.SITE.value

PAGES = {
    "/one/": {(ARTICLE, 1): Span(), (SITE, EVERY): Span()},
    "/two/": {(ARTICLE, 2): Span(), (LIST, 7): Span(100, 200), (SITE, EVERY): Span()},
    "/any/": {(ARTICLE, EVERY): Span(), (LIST, 7): Span(150, None), (SITE, EVERY): Span()},
}


@pytest.fixture
def manifest(tmp_path):
    made = Manifest(tmp_path / "manifest.sqlite3")
    made.add(PAGES)
    made.record(
        Made(page, State.BAKED, b"digest", None, PAGES[page.address]) for page in made.due(0, 9)
    )
    yield made
    made.close()


def due(manifest: Manifest) -> set[str]:
    return {page.address for page in manifest.due(0, 9)}


@pytest.mark.parametrize(
    ("thing", "span", "touched"),
    [
        ((ARTICLE, 1), Span(), {"/one/", "/any/"}),
        ((ARTICLE, 3), Span(), {"/any/"}),
        ((ARTICLE, EVERY), Span(), {"/one/", "/two/", "/any/"}),
        ((LIST, 7), Span(), {"/two/", "/any/"}),
        ((LIST, 7), Span(120, 120), {"/two/"}),
        ((LIST, 7), Span(200, 300), {"/two/", "/any/"}),
        ((LIST, 7), Span(201, None), {"/any/"}),
        ((LIST, 7), Span(None, 99), set()),
        ((LIST, 8), Span(), set()),
        ((SITE, EVERY), Span(), {"/one/", "/two/", "/any/"}),
    ],
)
def test_a_purge_touches_the_pages_that_show_the_thing_and_no_others(
    manifest, thing, span, touched
):
    manifest.want_touched([(thing, span)])
    assert due(manifest) == touched


def test_what_a_page_no_longer_shows_touches_it_no_more(manifest):
    manifest.want(["/one/"])
    manifest.record(
        Made(page, State.BAKED, b"another", None, {(ARTICLE, 5): Span()})
        for page in manifest.due(0, 9)
    )
    manifest.want_touched([((ARTICLE, 1), WHOLE)])
    assert due(manifest) == {"/any/"}
    manifest.want_touched([((ARTICLE, 5), WHOLE)])
    assert due(manifest) == {"/any/", "/one/"}


def test_a_page_that_is_gone_is_forgotten_with_all_that_it_showed(manifest):
    manifest.want(PAGES)
    manifest.record(Made(page, None) for page in manifest.due(0, 9))
    for table in ("page", "shown"):
        assert manifest._connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_a_page_outlives_its_hour(manifest):
    hour = datetime(2026, 3, 1, 12, tzinfo=UTC)
    manifest.want(["/one/"])
    manifest.record(
        Made(page, State.BAKED, b"digest", hour, PAGES["/one/"]) for page in manifest.due(0, 9)
    )
    assert not manifest.has_outlived(hour.replace(hour=11))
    assert manifest.has_outlived(hour)
    manifest.want_outlived(hour)
    assert due(manifest) == {"/one/"}


def test_nothing_is_noted_of_a_transaction_that_fails(manifest):
    def fail() -> None:
        with manifest.transaction():
            manifest.put(name="value")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert manifest.note("name") is None


@pytest.mark.parametrize("thing", [(ARTICLE, 1), (LIST, 7), (ARTICLE, EVERY)])
def test_a_purge_finds_its_pages_by_an_index(manifest, thing):
    plan = manifest._connection.execute(
        "EXPLAIN QUERY PLAN SELECT page FROM shown WHERE subject = ? AND key IN (?, 0)", thing
    ).fetchall()
    assert any("USING PRIMARY KEY (subject=? AND key=?)" in str(step) for step in plan)
