"""How a kept page is answered with, and what is never kept."""

import gzip
import threading
from datetime import timedelta
from pathlib import Path

import brotli
import pytest
import time_machine
from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, connections
from django.utils import timezone

from articles import editing
from articles.listings import refresh
from articles.models import Article, Purge
from articles.page_store.application import PageStore
from articles.page_store.shelf import CacheShelf, FileShelf, shelf
from articles.search import Patience
from tests.factories import make_article, make_comment, make_staff
from tests.page_store.reading import Site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture
def article() -> Article:
    article = make_article("Floods recede", paragraphs=["The river fell. " * 100])
    refresh([article.pk])
    return article


def test_the_second_reader_gets_what_the_first_got(article: Article) -> None:
    site = Site()
    first, second = site.get(article.path), site.get(article.path)
    assert first.status == second.status == 200
    assert first.body == second.body
    assert site.rendered == [article.path]
    varying = {"x-request-id"}
    assert {n: v for n, v in first.headers.items() if n not in varying} == {
        n: v for n, v in second.headers.items() if n not in varying
    }
    assert first.headers["x-request-id"] != second.headers["x-request-id"]


def test_it_has_the_headers_of_a_page_that_is_rendered(article: Article) -> None:
    kept = Site().get(article.path).headers
    for name in ("content-security-policy", "x-frame-options", "referrer-policy", "content-type"):
        assert kept[name]
    assert kept["cache-control"] == "public, no-cache"
    assert kept["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "decode"), [("gzip", gzip.decompress), ("gzip, br", brotli.decompress)]
)
def test_it_comes_compressed_for_who_reads_that(article: Article, accepted, decode) -> None:
    site = Site()
    plain = site.get(article.path)
    compressed = site.get(article.path, accept_encoding=accepted)
    assert compressed.headers["content-encoding"] == accepted.rpartition(" ")[2]
    assert decode(compressed.body) == plain.body
    assert compressed.headers["etag"] != plain.headers["etag"]
    assert int(compressed.headers["content-length"]) == len(compressed.body)


def test_who_has_it_gets_no_body(article: Article) -> None:
    site = Site()
    for accepted in ("", "br"):
        etag = site.get(article.path, accept_encoding=accepted).headers["etag"]
        again = site.get(article.path, accept_encoding=accepted, if_none_match=f'"x", {etag}')
        assert (again.status, again.body) == (304, b"")
        assert again.headers["etag"] == etag
    assert site.get(article.path, if_none_match='"x"').status == 200


def test_head_says_how_long_it_is(article: Article) -> None:
    site = Site()
    head = site.get(article.path, "HEAD")
    assert head.body == b""
    assert int(head.headers["content-length"]) == len(site.get(article.path).body)


def test_a_reader_who_is_signed_in_gets_the_same_page(article: Article) -> None:
    site = Site()
    assert site.get(article.path, cookie="sessionid=abc").body == site.get(article.path).body
    assert site.rendered == [article.path]


@pytest.mark.parametrize(
    "address",
    [
        "/search/?q=river&x=1",
        "/search/feed/?q=river",
        "/search/?from=yesterday",
        "/api/v1/articles/",
        "/healthz",
        "/nowhere/",
        "/{path}?held=abc",
        "/?x=1",
    ],
)
def test_what_is_for_one_reader_or_is_no_page_is_not_kept(article: Article, address: str) -> None:
    site = Site()
    address = address.replace("/{path}", article.path or "")
    site.get(address)
    site.get(address)
    assert len(site.rendered) == 2


def test_a_search_is_kept_for_ten_seconds_and_while_nothing_at_all_changes(
    article: Article,
) -> None:
    site, address = Site(), "/search/?q=river&order=relevance"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert site.get(address).body == site.get(address).body
        assert len(site.rendered) == 1
        refresh([make_article("A quiet day").pk])
        site.get(address)
        site.get(address)
        assert len(site.rendered) == 2
        clock.shift(timedelta(seconds=10))
        site.get(address)
        assert len(site.rendered) == 3


def test_a_search_that_ran_out_of_time_is_not_kept(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site()
    monkeypatch.setattr(Patience, "is_at_end", True)
    for _ in range(2):
        assert site.get("/search/?q=river").status == 200
    assert len(site.rendered) == 2


def test_a_host_that_is_not_ours_gets_nothing_that_is_kept(article: Article) -> None:
    site = Site()
    site.get(article.path)
    assert site.get(article.path, host="evil.example").status == 400


def test_a_draft_is_not_there_after_it_was(article: Article) -> None:
    site = Site()
    assert site.get(article.path).status == 200
    editing.withdraw(article, by=make_staff("Editor"), notice="It was wrong.")
    assert site.get(article.path).status == 410


def test_another_process_takes_the_page_from_the_shelf(article: Article) -> None:
    first, second = Site(), Site()
    # Purges of this very transaction would all be read again.
    Purge.objects.all().delete()
    kept = first.get(article.path)
    assert second.get(article.path).body == kept.body
    assert second.rendered == []


def test_what_lies_on_the_shelf_may_be_outdated(article: Article) -> None:
    Site().get(article.path)
    make_comment(article, text="I saw the river.")
    assert b"I saw the river." in Site().get(article.path).body


def test_a_page_that_is_damaged_on_the_shelf_is_rendered(article: Article, settings) -> None:
    Site().get(article.path)
    for file in (settings.DATA_DIR / "pages").rglob("*"):
        if file.is_file():
            file.write_bytes(file.read_bytes()[:-30])
    site = Site()
    assert site.get(article.path).status == 200
    assert site.rendered == [article.path]


def test_pages_lie_in_files_or_in_the_cache_that_is_named(settings, valkey: str) -> None:
    assert isinstance(shelf(), FileShelf)
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {
        "default": {"BACKEND": backend, "LOCATION": valkey.replace("valkey", "redis")}
    }
    assert isinstance(shelf(), CacheShelf)
    article = make_article()
    refresh([article.pk])
    Purge.objects.all().delete()
    kept = Site().get(article.path)
    second = Site()
    assert second.get(article.path).body == kept.body
    assert second.rendered == []
    caches["default"].clear()


def test_files_that_lie_too_long_or_take_too_much_room_are_removed(
    article: Article, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    Site().get(article.path)
    found = FileShelf(settings.DATA_DIR / "pages")

    def files() -> list[Path]:
        return list((settings.DATA_DIR / "pages").glob("[0-9a-f][0-9a-f]/*"))

    found.tidy()
    assert files()
    monkeypatch.setattr("articles.page_store.shelf.LARGEST", 10)
    found.tidy()
    assert not files()


@pytest.mark.django_db(transaction=True)
def test_a_crowd_has_one_page_rendered() -> None:
    article = make_article()
    refresh([article.pk])
    rendered = []
    waiting = threading.Barrier(8)

    def render(environ, start):
        rendered.append(environ["PATH_INFO"])
        return handler(environ, start)

    handler = WSGIHandler()
    store = PageStore(render)
    found = []

    def read() -> None:
        site = Site.__new__(Site)
        site.store = store
        waiting.wait()
        found.append(site.get(article.path))
        connections.close_all()

    readers = [threading.Thread(target=read) for _ in range(8)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    assert {answer.status for answer in found} == {200}
    assert len({answer.body for answer in found}) == 1
    assert len(rendered) == 1


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_commits_is_seen_by_the_next_reader() -> None:
    article = make_article("Before")
    refresh([article.pk])
    site = Site()
    site.store = PageStore(site._render)
    assert b"Before" in site.get(article.path).body

    def write() -> None:
        changed = Article.objects.get(pk=article.pk)
        changed.headline = "After"
        editing.save(changed, by=None)
        site.store._watch.ring()
        connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    writer.join()
    assert b"After" in site.get(article.path).body
    assert connection.connection is not None
