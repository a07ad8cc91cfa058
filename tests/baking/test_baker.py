"""A site is baked whole, and then kept fresh by what changes."""

import gzip
import json
import os
from datetime import UTC, datetime, timedelta

import brotli
import pytest
import time_machine
from django.test import Client

from articles import editing, freshness
from articles.baking import addresses, catching_up, oven
from articles.baking.baker import Step, bake
from articles.baking.files import file_of, type_of
from articles.baking.keeping_fresh import keep_fresh
from articles.baking.rendering import render
from articles.baking.site import UnderWayError
from articles.comments.threads import pages as threads
from articles.freshness import reading
from articles.models import Article, CommentRules, Person, Subject
from tests.baking.archive import PICTURE, published
from tests.baking.conftest import Baked
from tests.factories import make_article, make_comment

pytestmark = pytest.mark.django_db

SNOW = "2026/02/03/snow"


def test_every_public_page_is_a_file_with_the_same_bytes(archive, baked):
    outcome = baked.bake()

    with baked.site() as site:
        rows = site.manifest._connection.execute("SELECT address, state FROM page").fetchall()
    assert {state for _, state in rows} == {1}
    assert outcome.written == len(rows) == len(baked.pages())
    for address, _ in rows:
        name = file_of(address)
        page = Client().get(address)
        assert (baked.public / name).read_bytes() == page.content, address
        assert page["Content-Type"] == type_of(address)
    for name in (
        "index.html",
        "feed/index.xml",
        "robots.txt",
        ".well-known/security.txt",
        "sitemap.xml",
        "sitemaps/2026-02-1.xml",
        "sitemaps/people-1.xml",
        "2026/index.html",
        "2026/02/feed/index.xml",
        "2026/02/03/index.html",
        f"{SNOW}/index.html",
        f"{SNOW}/feed/index.xml",
        "sections/news/index.html",
        "tags/weather/index.html",
        "authors/mina-baloch/feed/index.xml",
        "people/zia-khan/index.html",
        "places/کوئٹہ/index.html",
    ):
        assert name in baked.pages()


def test_pages_have_their_compressed_forms_beside_them(archive, baked):
    baked.bake()

    page = (baked.public / "index.html").read_bytes()
    assert gzip.decompress((baked.public / "index.html.gz").read_bytes()) == page
    assert brotli.decompress((baked.public / "index.html.br").read_bytes()) == page
    moments = {
        (baked.public / f"index.html{form}").stat().st_mtime_ns for form in ("", ".gz", ".br")
    }
    assert len(moments) == 1


def test_the_pictures_of_pages_come_along(archive, baked):
    baked.bake()

    assert (baked.public / "media" / PICTURE).read_bytes() == b"a picture"


def test_assets_come_along_once(archive, baked, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / "site.css").write_text("a {}")
    baked.bake()
    assert baked.content("static/site.css") == "a {}"

    (settings.STATIC_ROOT / "more.css").write_text("b {}")
    published("Hail", day=6)
    baked.bake()
    assert not (baked.public / "static/more.css").exists()

    baked.bake(anew=True)
    assert (baked.public / "static/more.css").exists()


def test_what_is_not_public_is_in_no_file(archive, baked):
    editing.record([published("Xyzzy")], by=None)
    Article.objects.filter(slug="xyzzy").update(status="draft")
    editing.record(list(Article.objects.filter(slug="xyzzy")), by=None)

    baked.bake()

    assert not any("xyzzy" in name for name in baked.pages())
    assert not any("Xyzzy" in baked.content(name) for name in baked.pages())


def test_nothing_is_made_again_when_nothing_has_changed(archive, baked):
    baked.bake()

    assert baked.changed_by(lambda: None) == set()
    assert baked.bake().done == 0


def test_a_comment_changes_the_pages_that_show_it_and_no_others(archive, baked):
    baked.bake()
    article = Article.objects.get(slug="snow")

    changed = baked.changed_by(lambda: make_comment(article, text="For days."))

    assert "For days." in baked.content(f"{SNOW}/index.html")
    assert {f"{SNOW}/index.html", f"{SNOW}/feed/index.xml", "index.html"} <= changed
    assert "2026/02/05/wind/index.html" not in changed
    assert "people/zia-khan/index.html" in changed or "people/index.html" not in changed


def test_a_new_article_gets_its_pages_and_stands_in_its_lists(archive, baked):
    baked.bake()

    changed = baked.changed_by(lambda: published("Hail", day=6, section=archive))

    assert {
        "2026/02/06/hail/index.html",
        "2026/02/06/index.html",
        "2026/02/06/feed/index.xml",
        "2026/02/index.html",
        "sections/news/index.html",
        "index.html",
        "feed/index.xml",
        "sitemaps/2026-02-1.xml",
    } <= changed
    assert "tags/weather/index.html" not in changed
    assert "people/zia-khan/index.html" not in changed


def test_a_withdrawn_article_leaves_no_file_behind(archive, baked, django_user_model):
    baked.bake()
    article = Article.objects.get(slug="snow")
    article.status = "withdrawn"
    article.save()

    changed = baked.changed_by(lambda: editing.record([article], by=None))

    assert not (baked.public / SNOW).exists()
    assert not (baked.public / "2026/02/03/index.html").exists()
    assert "people/zia-khan/index.html" in changed
    assert not (baked.public / "people/zia-khan").exists()
    assert "Snow" not in baked.content("index.html")


def test_an_entry_with_another_slug_has_its_page_there(archive, baked):
    baked.bake()

    def rename() -> None:
        person = Person.objects.get(slug="zia-khan")
        person.slug = "zia-ahmed-khan"
        person.save()

    changed = baked.changed_by(rename)

    assert {"people/zia-khan/index.html", "people/zia-ahmed-khan/index.html"} <= changed
    assert not (baked.public / "people/zia-khan").exists()
    assert "zia-ahmed-khan" in baked.content(f"{SNOW}/index.html")


def test_the_clock_makes_public_what_was_scheduled(archive, baked):
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(now, tick=False) as clock:
        moment = now + timedelta(hours=1)
        later = make_article("Later", published=moment, slug="later", status="scheduled")
        editing.record([later], by=None)
        baked.bake()
        assert not (baked.public / "2026/03").exists()

        clock.shift(timedelta(hours=1, seconds=1))
        changed = baked.changed_by(lambda: None)

    assert {"2026/03/01/later/index.html", "2026/03/index.html", "index.html"} <= changed
    assert "tags/weather/index.html" not in changed


def test_a_page_that_the_clock_changes_is_made_again(archive, baked):
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False) as clock:
        baked.bake()
        clock.shift(timedelta(days=1))
        assert ".well-known/security.txt" in baked.changed_by(lambda: None)


def test_further_pages_come_and_go_with_what_is_on_them(archive, baked):
    for number in range(20):
        published(f"News-{number}", section=archive)
    baked.bake()
    assert "sections/news/page-2.html" in baked.pages()
    assert "sections/news/page-3.html" not in baked.pages()

    def fewer() -> None:
        articles = list(Article.objects.filter(slug__startswith="news-")[:5])
        for article in articles:
            article.status = "draft"
            article.save()
        editing.record(articles, by=None)

    assert "sections/news/page-2.html" in baked.changed_by(fewer)
    assert "sections/news/page-2.html" not in baked.pages()


def test_a_long_discussion_has_its_pages(archive, baked, monkeypatch):
    CommentRules.objects.update_or_create(pk=1, defaults={"threads_per_page": 25})
    monkeypatch.setattr(threads, "ALL_AT_ONCE", 5)
    article = Article.objects.get(slug="snow")
    for _ in range(26):
        make_comment(article)

    baked.bake()

    assert (baked.public / SNOW / "comments-2.html").read_bytes() == (
        Client().get(f"/{SNOW}/?comments=2").content
    )


def test_the_history_of_an_article_that_changed_is_baked(archive, baked):
    article = Article.objects.get(slug="snow")
    article.headline = "Snow and ice"
    article.save()
    editing.record([article], by=None)

    baked.bake()

    assert {f"{SNOW}/history/index.html", f"{SNOW}/history/2/index.html"} <= baked.pages().keys()
    assert "2026/02/05/wind/history/index.html" not in baked.pages()


def test_what_a_file_cannot_say_is_left_to_the_application(archive, baked):
    article = Article.objects.get(slug="wind")
    article.deindexed_at = datetime(2026, 2, 6, tzinfo=UTC)
    article.save()
    editing.record([article], by=None)

    outcome = baked.bake()

    assert outcome.left
    assert not (baked.public / "2026/02/05/wind/index.html").exists()


def test_a_page_that_fails_holds_up_no_other_and_is_tried_again(archive, baked, monkeypatch):
    def failing(address: str) -> object:
        if "weather" in address:
            raise ValueError("no weather")
        return render(address)

    with monkeypatch.context() as broken:
        broken.setattr(oven, "render", failing)
        outcome = baked.bake()
    assert [(one.page.address, one.why) for one in outcome.failures] == [
        ("/tags/weather/", "ValueError: no weather"),
        ("/tags/weather/feed/", "ValueError: no weather"),
    ]
    assert "2026/02/05/wind/index.html" in baked.pages()

    with baked.site() as site:
        site.manifest.want_failed()
        assert bake(site).written == 2


def test_readers_get_nothing_before_a_site_is_complete_and_it_goes_on_where_it_stopped(
    archive, baked
):
    assert baked.bake(most=20).has_more
    assert not baked.public.exists()

    whole = baked.bake()

    assert not whole.has_more
    assert whole.done == len(baked.pages()) - 20


def test_a_site_that_is_made_anew_takes_the_place_of_the_old_one_when_it_is_complete(
    archive, baked
):
    baked.bake()
    old = baked.public.resolve()
    baked.bake(anew=True, most=20)
    assert baked.public.resolve() == old

    baked.bake()

    assert baked.public.resolve() != old
    assert not old.exists()
    assert "index.html" in baked.pages()


def test_one_at_a_time_bakes_a_site(archive, baked):
    with baked.site(), pytest.raises(UnderWayError), baked.site():
        pass


def test_files_can_be_read_by_a_web_server_whatever_else_is_closed(archive, baked):
    before = os.umask(0o077)
    try:
        baked.bake()
    finally:
        os.umask(before)
    assert all((baked.public / name).stat().st_mode & 0o004 for name in baked.pages())
    assert baked.public.stat().st_mode & 0o005 == 0o005


def test_the_headers_of_pages_are_told_to_the_web_server_once(archive, baked):
    assert baked.bake().headers_are_new
    told = (baked.home / "nginx" / "headers-html.conf").read_text()
    for name in ("Content-Security-Policy", "X-Content-Type-Options", "Cache-Control"):
        assert f"add_header {name} " in told
    assert json.dumps(dict(render("/").headers)["Content-Security-Policy"]) in told
    assert not baked.bake(anew=True).headers_are_new


def test_the_worker_keeps_a_site_fresh_once_it_is_baked(archive, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    assert not keep_fresh()
    assert not (tmp_path / "baked").exists()
    site = Baked(tmp_path / "baked")
    site.bake()
    make_comment(Article.objects.get(slug="snow"), text="For days.")

    while keep_fresh():
        pass

    assert "For days." in site.content(f"{SNOW}/index.html")


def test_the_worker_keeps_the_served_site_fresh_while_another_is_made_anew(
    archive, settings, tmp_path
):
    settings.DATA_DIR = tmp_path
    site = Baked(tmp_path / "baked")
    site.bake()
    site.bake(anew=True, most=20)
    article = Article.objects.get(slug="snow")

    make_comment(article, text="For days.")
    assert not keep_fresh()
    assert "For days." in site.content(f"{SNOW}/index.html")

    with site.site() as growing:
        make_comment(article, text="For weeks.")
        assert not keep_fresh()
        assert "For weeks." in site.content(f"{SNOW}/index.html")
        assert not growing.is_complete


def test_a_new_site_is_as_fresh_as_the_moment_when_readers_get_it(archive, baked):
    late: list[Article] = []

    def change_at_the_end(step: Step) -> None:
        if step.done == step.total and not late:
            late.append(published("Late", day=9))

    with baked.site() as site:
        bake(site, tell=change_at_the_end)

    assert "2026/02/09/late/index.html" in baked.pages()
    assert "Late" in baked.content("index.html")


def test_the_addresses_of_a_new_site_are_looked_for_once(archive, baked, monkeypatch):
    baked.bake(most=20)
    monkeypatch.setattr(addresses, "everything", lambda: pytest.fail("all once more"))
    published("Late", day=9)

    baked.bake()

    assert "2026/02/09/late/index.html" in baked.pages()
    assert "people/zia-khan/index.html" in baked.pages()


def test_a_worker_leaves_a_site_to_whoever_bakes_it(archive, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    site = Baked(tmp_path / "baked")
    site.bake()
    make_comment(Article.objects.get(slug="snow"), text="For days.")

    with site.site():
        assert not keep_fresh()


def test_after_more_changes_than_can_be_followed_everything_is_looked_at(
    archive, baked, monkeypatch
):
    baked.bake()
    monkeypatch.setattr(catching_up, "_MOST_FOLLOWED", 0)

    changed = baked.changed_by(lambda: published("Hail", day=6))

    assert "2026/02/06/hail/index.html" in changed
    assert "tags/weather/index.html" not in changed


def test_many_changes_make_only_their_pages_anew(archive, baked, monkeypatch):
    baked.bake()
    monkeypatch.setattr(reading, "MOST_READ", 5)
    freshness.purge(freshness.each(Subject.TAG, range(10_000, 10_020)))
    published("Hail", day=6)

    outcome = baked.bake()

    assert "2026/02/06/hail/index.html" in baked.pages()
    assert outcome.done < len(baked.pages())


def test_everything_is_looked_at_in_an_older_copy_of_the_database(archive, baked):
    baked.bake()
    with baked.site() as site, site.manifest.transaction():
        site.manifest.put(position=str(freshness.position() + 1_000))

    outcome = baked.bake()

    assert outcome.done == len(baked.pages())
    assert baked.bake().done == 0


def test_after_a_time_of_which_no_purges_are_kept_everything_is_looked_at(archive, baked):
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False) as clock:
        baked.bake()
        clock.shift(freshness.KEPT)
        outcome = baked.bake()

    assert outcome.done == len(baked.pages())
