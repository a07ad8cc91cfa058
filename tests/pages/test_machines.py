"""Feeds, sitemaps and the files that crawlers ask for."""

from datetime import UTC, datetime, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.utils import timezone

from articles.models import CommentPolicy
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_mention,
    make_person,
    make_section,
)

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture(autouse=True)
def site(settings):
    settings.SITE_URL = "https://archive.example"


def xml(response: HttpResponse) -> Any:
    assert response.status_code == 200
    return ElementTree.fromstring(response.content)


def test_the_feed_has_the_newest_articles_with_full_addresses(client, listed):
    article = make_article("News & views", summary="In short.", authors=[make_author("A. Writer")])
    listed(article)

    entry = xml(client.get("/feed/")).find(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "News & views"
    assert entry.find(f"{ATOM}link").get("href") == f"https://archive.example{article.path}"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "A. Writer"
    assert entry.findtext(f"{ATOM}summary") == "In short."


def test_an_address_in_another_script_is_encoded_in_feeds_and_sitemaps(client, listed):
    listed(make_article(slug="کوئٹہ"))

    for path in ("/feed/", "/sitemaps/2026-02-1.xml"):
        assert "/2026/02/01/%DA%A9" in client.get(path).content.decode()


def test_the_comments_of_an_article_can_be_followed(client):
    article = make_article()
    make_comment(article, text="Are trains running?", author_name="Zahra")

    entry = xml(client.get(f"{article.path}feed/")).find(f"{ATOM}entry")

    assert entry.findtext(f"{ATOM}title") == "Zahra"
    assert "Are trains running?" in entry.findtext(f"{ATOM}summary")


def test_hidden_comments_are_in_no_feed(client):
    article = make_article(comment_policy=CommentPolicy.HIDDEN)
    make_comment(article)

    assert xml(client.get(f"{article.path}feed/")).find(f"{ATOM}entry") is None


def test_a_search_that_is_followed_names_its_own_address(client):
    links = xml(client.get("/search/feed/?q=gas")).findall(f"{ATOM}link")

    assert [link.get("href").removeprefix("https://archive.example") for link in links] == [
        "/search/?q=gas",
        "/search/feed/?q=gas",
    ]


def test_a_day_s_feed_is_not_taken_for_an_article(client, listed):
    listed(make_article("On that day"))

    assert b"On that day" in client.get("/2026/02/01/feed/").content


def test_the_sitemap_is_split_by_month(client, listed):
    listed(make_article(), make_article(published=datetime(1935, 6, 1, tzinfo=UTC)))

    found = [element.text for element in xml(client.get("/sitemap.xml")).iter(f"{SITEMAP}loc")]

    assert found == [
        "https://archive.example/sitemaps/2026-02-1.xml",
        "https://archive.example/sitemaps/1935-06-1.xml",
    ]
    assert client.get("/sitemaps/1999-01-1.xml").status_code == 404


def test_a_month_s_sitemap_names_its_articles_and_their_last_change(client, listed):
    article = make_article()
    listed(article)

    (url,) = xml(client.get("/sitemaps/2026-02-1.xml"))

    assert url.findtext(f"{SITEMAP}loc") == f"https://archive.example{article.path}"
    assert datetime.fromisoformat(url.findtext(f"{SITEMAP}lastmod")) == article.updated_at


def test_what_articles_are_about_has_sitemaps_of_its_own(client, listed):
    article, person = make_article(), make_person("Somebody")
    make_person("Nobody writes about")
    make_mention(article, person)
    listed(article)

    index = [element.text for element in xml(client.get("/sitemap.xml")).iter(f"{SITEMAP}loc")]
    (name,) = {address for address in index if "people" in address}
    pages = xml(client.get(name.removeprefix("https://archive.example"))).iter(f"{SITEMAP}loc")

    assert [page.text for page in pages] == ["https://archive.example/people/somebody/"]
    assert not any("places" in address or "organisations" in address for address in index)
    assert client.get("/sitemaps/places-1.xml").status_code == 404
    assert client.get("/sitemaps/tags-1.xml").status_code == 404


def test_the_news_sitemap_has_two_days(client):
    make_article("Of today", published=timezone.now() - timedelta(hours=1))
    make_article("Of last week", published=timezone.now() - timedelta(days=7))

    titles = [title.text for title in xml(client.get("/news-sitemap.xml")).iter(f"{NEWS}title")]

    assert titles == ["Of today"]


def test_crawlers_are_told_where_the_sitemaps_are(client):
    rules = client.get("/robots.txt").content.decode()

    assert "Sitemap: https://archive.example/sitemap.xml" in rules
    for path in ("/search/", "/comments/", "/*/report-error/", "/*?replytocom="):
        assert f"Disallow: {path}\n" in rules


def test_who_finds_a_weakness_is_told_whom_to_write_to(client, settings):
    settings.DEFAULT_FROM_EMAIL = "Desk <desk@archive.example>"

    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert "Contact: mailto:desk@archive.example" in lines
    expires = next(line for line in lines if line.startswith("Expires: "))
    assert datetime.fromisoformat(expires.removeprefix("Expires: ")) > timezone.now()


def test_what_looks_like_markup_in_a_summary_or_a_correction_is_text_in_the_feed(client, listed):
    article = make_article(summary="1 < 2 <img src=x onerror=alert(1)>")
    article.corrections.create(text="<script>alert(1)</script>")
    listed(article)

    for path, summary in (
        ("/feed/", "1 &lt; 2 &lt;img src=x onerror=alert(1)&gt;"),
        ("/corrections/feed/", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
    ):
        entry = xml(client.get(path)).find(f"{ATOM}entry")
        assert entry.find(f"{ATOM}summary").attrib == {"type": "html"}
        assert entry.findtext(f"{ATOM}summary") == summary


@pytest.mark.parametrize("odd", ["\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_cannot_hold_breaks_no_feed_or_sitemap(client, listed, odd):
    words = f"One{odd}two"
    section = make_section(words, slug="section")
    article = make_article(
        words,
        slug="slug",
        summary=words,
        published=timezone.now(),
        authors=[make_author(words)],
        section=section,
    )
    article.corrections.create(text=words)
    make_comment(article, author_name=words, text=words)
    listed(article)

    for path in (
        "/feed/",
        "/sections/section/feed/",
        "/corrections/feed/",
        f"{article.path}feed/",
        "/news-sitemap.xml",
    ):
        assert "two" in "".join(xml(client.get(path)).itertext())


@pytest.mark.parametrize("part", ["0", "2", "99999999999999999999"])
def test_a_sitemap_has_only_the_parts_that_its_index_names(client, listed, part):
    listed(make_article())

    assert client.get(f"/sitemaps/2026-02-{part}.xml").status_code == 404
