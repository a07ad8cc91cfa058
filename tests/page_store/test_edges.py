"""What could make a kept page outlive what it shows: late commits, other processes, full disks."""

import os
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from articles import editing, freshness
from articles.freshness import Purged, Span
from articles.listings import refresh
from articles.models import (
    Article,
    Comment,
    ListingEntry,
    ListingKind,
    ListingTotal,
    Person,
    Place,
    Purge,
    Section,
    Status,
    Subject,
)
from articles.page_store.entry import made
from articles.page_store.purges import Purges
from tests.factories import (
    make_article,
    make_comment,
    make_mention,
    make_person,
    make_place,
    make_section,
)
from tests.page_store.reading import Alert, Site

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 2, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def _public(headline: str = "Old", *, days: int = 1, **fields) -> Article:
    article = make_article(headline, published=NOW - timedelta(days=days), **fields)
    editing.record([article])
    return article


class TestIndexes:
    def test_somebody_on_an_index_is_renamed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("articles.pages.people.lately.__defaults__", (12, 1))
        person = make_person("Ann Aa")
        old = _public()
        make_mention(old, person)
        make_mention(make_article("New", published=NOW), make_person("Bob Bb"))
        editing.record(list(Article.objects.all()))
        site = Site()
        site.get("/people/")
        Person.objects.filter(pk=person.pk).update(name="Anna Aa")
        assert b"Anna Aa" in site.get("/people/").body

    def test_the_place_that_a_map_is_of_is_renamed(self) -> None:
        outer = make_place("Balochistan", latitude=28.0, longitude=66.0)
        town = make_place("Quetta", outer, latitude=30.2, longitude=67.0)
        make_mention(_public(), town)
        editing.record(list(Article.objects.all()))
        site, address = Site(), f"/places/?view=map&in={outer.slug}"
        site.get(address)
        Place.objects.filter(pk=outer.pk).update(name="Baluchistan")
        assert b"Baluchistan" in site.get(address).body

    def test_a_section_hides_its_comments(self) -> None:
        section = make_section("National")
        article = _public(section=section)
        make_comment(article)
        site = Site()
        addresses = ("/", article.path or "", f"{article.path}feed/")
        for policy in ("open", "hidden", "open"):
            Section.objects.filter(pk=section.pk).update(comment_policy=policy)
            for address in addresses:
                assert site.get(address).body == site.fresh(address), (policy, address)


class TestTime:
    def test_an_article_comes_due_before_its_transaction_has_ended(self, clock) -> None:
        _public()
        late = make_article("Late", published=NOW + timedelta(seconds=1))
        site = Site()
        for address in ("/feed/", "/2026/"):
            site.get(address)
        last = Purge.objects.latest("pk").pk
        refresh([late.pk])
        entries = list(ListingEntry.objects.filter(article=late.pk))
        purges = list(Purge.objects.filter(pk__gt=last))
        # It is not committed yet: nobody sees it when its time has come.
        Article.objects.filter(pk=late.pk).update(status=Status.DRAFT)
        ListingEntry.objects.filter(article=late.pk).delete()
        Purge.objects.filter(pk__gt=last).delete()
        clock.shift(2)
        for address in ("/feed/", "/2026/"):
            site.get(address)
        Article.objects.filter(pk=late.pk).update(status=Status.PUBLISHED)
        ListingEntry.objects.bulk_create(entries)
        Purge.objects.bulk_create(purges)
        for address in ("/feed/", "/2026/"):
            assert site.get(address).body == site.fresh(address)

    def test_an_article_comes_due_while_a_page_is_rendered(self, clock) -> None:
        _public()
        make_article("Due", published=NOW + timedelta(seconds=1))
        refresh(Article.objects.values_list("pk", flat=True))
        first, second = Site(), Site()
        render = first._handler

        def slow(environ, start):
            answer = render(environ, start)
            clock.shift(2)
            return answer

        first._handler = slow  # type: ignore[assignment]
        first.get("/")
        assert second.get("/").body == second.fresh("/")

    def test_a_page_lies_on_the_shelf_for_longer_than_purges_are_kept(self, clock) -> None:
        article = _public()
        Site().get("/")
        Article.objects.filter(pk=article.pk).update(headline="Put right")
        refresh([article.pk])
        clock.shift(timedelta(days=9))
        freshness.purge(freshness.each(Subject.TAG, [99]))
        while freshness.clear_out():
            pass
        assert b"Put right" in Site().get("/").body

    def test_the_database_is_restored_from_a_backup(self) -> None:
        if connection.vendor != "sqlite":
            pytest.skip("a transaction of PostgreSQL cannot be taken back to another's number")
        article = _public()
        backup = Purge.objects.latest("pk").pk
        for _ in range(5):
            refresh([article.pk])
        Site().get(article.path or "")
        Purge.objects.filter(pk__gt=backup).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE sqlite_sequence SET seq = %s WHERE name = 'articles_purge'", [backup]
            )
        Article.objects.filter(pk=article.pk).update(headline="Restored")
        Purge.objects.all().delete()
        assert b"Restored" in Site().get(article.path or "").body


class TestOthers:
    def test_what_readers_do_not_see_of_a_comment_has_nothing_rendered(self) -> None:
        article = _public()
        comment = make_comment(article)
        site = Site()
        for address in ("/", article.path or ""):
            site.get(address)
        site.rendered.clear()
        Comment.objects.filter(pk=comment.pk).update(reports_open=1, address=None)
        for address in ("/", article.path or ""):
            site.get(address)
        assert site.rendered == []
        Comment.objects.filter(pk=comment.pk).update(author_name="Somebody else")
        assert b"Somebody else" in site.get(article.path or "").body

    def test_other_names_of_the_site_fill_no_shelf(self, settings, tmp_path) -> None:
        settings.ALLOWED_HOSTS = ["127.0.0.1"]
        _public()
        site = Site()
        for number in range(5):
            assert site.get("/", host=f"127.0.0.1:{number + 1}").status == 200
            assert site.get("/", x_forwarded_host=f"evil{number}.example").status == 200
        kept = [one for one in (tmp_path / "pages").glob("[0-9a-f][0-9a-f]/*") if one.is_file()]
        assert len(kept) == 1

    @pytest.mark.parametrize("host", ["127.0.0.1:8766", "localhost:8001", "[::1]:80", "localhost"])
    def test_a_site_on_this_machine_keeps_pages_at_whichever_port(self, settings, host) -> None:
        settings.NAMED_HOSTS = []
        settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
        _public()
        site = Site()
        assert [site.get("/", host=host).status for _ in range(3)] == [200, 200, 200]
        assert site.rendered == ["/"]

    def test_a_site_with_a_name_keeps_pages_for_that_alone(self, settings) -> None:
        settings.NAMED_HOSTS = settings.ALLOWED_HOSTS = ["news.example", "other.example"]
        settings.SITE_URL = "http://news.example"
        _public()
        site = Site()
        for host in ("news.example", "news.example", "other.example", "other.example"):
            assert site.get("/", host=host).status == 200
        assert site.rendered == ["/", "/", "/"]

    def test_lists_of_nearly_one_length_keep_their_order(self) -> None:
        people = [make_person(name) for name in ("Ann", "Bob", "Cid", "Dan", "Eve")]
        articles = [make_article(published=NOW - timedelta(days=20 - one)) for one in range(16)]
        for article in articles:
            for person in people:
                make_mention(article, person)
        editing.record(articles)
        ListingTotal.objects.filter(kind=ListingKind.ARCHIVE).update(count=100_000)
        for number, person in enumerate(people):
            ListingTotal.objects.filter(kind=ListingKind.PERSON, key=person.pk).update(
                count=1_010 + number
            )
        site, address = Site(), articles[8].path or ""
        site.get(address)
        far = [make_article(published=NOW - timedelta(days=2_000 + one)) for one in range(6)]
        for article in far:
            make_mention(article, people[0])
        editing.record(far)
        assert site.get(address).body == site.fresh(address)

    def test_the_shelf_cannot_be_reached(self, settings) -> None:
        backend = "django.core.cache.backends.redis.RedisCache"
        settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
        _public()
        assert Site().get("/").status == 200

    def test_there_is_no_room_on_the_disk(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _public()
        site = Site()

        def full(*_: object, **__: object) -> int:
            raise OSError(28, os.strerror(28))

        monkeypatch.setattr("articles.page_store.turns.os.open", full)
        monkeypatch.setattr("pathlib.Path.write_bytes", full)
        assert site.get("/").status == 200

    def test_purges_that_another_thread_is_noting_are_not_taken_for_known(self) -> None:
        purges = Purges(Alert())
        entry = made([], b"x", {(7, 1): Span()}, 1, 0.0, float("inf"))
        entry.seen = purges.count()
        purges._add([Purged(1, (7, 1))])
        known = purges._known
        known.log.append(Purged(2, (8, 1)))  # by another thread, which has not published it
        assert known.since(entry.seen) == [Purged(1, (7, 1))]
        assert not purges.spare(entry)
