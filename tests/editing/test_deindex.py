"""An article taken out of search: who does not find it any more, and who still does."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from time_machine import TimeMachineFixture

from articles import editing, search
from articles.models import Article, AuditEntry
from tests.factories import (
    make_article,
    make_author,
    make_mention,
    make_place,
    make_staff,
    make_tag,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    """One that search leaves out, beside one that it finds."""
    place, tag, author = make_place("Tank"), make_tag("floods"), make_author("Amina")
    now = timezone.now()
    articles = [
        make_article(name, published=now, paragraphs=["Rain fell."], tags=[tag], authors=[author])
        for name in ("Left out", "Found")
    ]
    for each in articles:
        make_mention(each, place)
        editing.record([each], actor="import")
    editing.deindex(articles[0], by=None)
    return articles[0]


def page(client: Client, address: str, **query: str) -> str:
    return client.get(address, query).content.decode()


def test_search_engines_are_told_to_leave_it_out(article: Article, client: Client) -> None:
    answer = client.get(article.get_absolute_url())

    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.content.decode()
    for below in ("history/", "history/1/", "feed/"):
        assert client.get(f"{article.path}{below}")["X-Robots-Tag"] == "noindex"
    found = client.get(Article.objects.get(headline="Found").get_absolute_url())
    assert "X-Robots-Tag" not in found
    assert "noindex" not in found.content.decode()


def test_it_is_in_no_sitemap(article: Article, client: Client) -> None:
    month = timezone.localtime(article.published_at)
    for address in (f"/sitemaps/{month:%Y-%m}-1.xml", "/news-sitemap.xml"):
        found = page(client, address)
        assert article.get_absolute_url() not in found
        assert Article.objects.get(headline="Found").get_absolute_url() in found

    editing.deindex(Article.objects.get(headline="Found"), by=None)
    assert client.get(f"/sitemaps/{month:%Y-%m}-1.xml").status_code == 404
    assert f"/sitemaps/{month:%Y-%m}" not in page(client, "/sitemap.xml")


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "rain"},
        {"q": "rain", "order": "relevance"},
        {"order": "oldest"},
        {"place": "tank"},
        {"place": "tank", "tag": "floods"},
        {"tag": "floods", "from": "2000"},
        {"tag": "floods", "to": "2999-01-01"},
    ],
)
def test_our_own_search_leaves_it_out_and_counts_without_it(
    article: Article, query: dict[str, str]
) -> None:
    results = search.find(search.parse({name: [value] for name, value in query.items()}))

    assert [found.headline for found in results.articles] == ["Found"]
    assert results.count == search.Count(1)


def test_pages_of_a_search_are_full_without_it(client: Client) -> None:
    tag = make_tag("floods")
    articles = [make_article(str(number), tags=[tag]) for number in range(45)]
    editing.record(articles, actor="import")
    for each in articles[5:10]:
        editing.deindex(each, by=None)
    parsed = search.parse({"tag": ["floods"]})

    pages = [search.find(parsed, page=number, size=10) for number in (1, 2, 3, 4, 5)]

    assert [len(page.articles) for page in pages] == [10, 10, 10, 10, 0]
    assert {page.count for page in pages} == {search.Count(40)}
    shown = {found.headline for page in pages for found in page.articles}
    assert shown == {str(number) for number in range(45)} - {"5", "6", "7", "8", "9"}


def test_a_new_index_leaves_it_out_too(article: Article) -> None:
    assert search.rebuild() == 1
    found = search.find(search.parse({"q": ["rain"]})).articles
    assert [each.headline for each in found] == ["Found"]


def test_its_address_and_every_list_keep_it(article: Article, client: Client) -> None:
    assert client.get(article.get_absolute_url()).status_code == 200
    day = article.get_absolute_url()[:12]
    for address in (
        "/", "/feed/", day, day[:9], f"{day}feed/", "/places/tank/", "/tags/floods/",
        "/authors/amina/", "/tags/floods/feed/",
    ):  # fmt: skip
        assert "Left out" in page(client, address), address


def test_programs_find_it_no_more_until_it_may_be_found_again(
    article: Article, client: Client, time_machine: TimeMachineFixture
) -> None:
    def headlines(**query: str) -> list[str]:
        results = client.get("/api/v1/articles/", query).json()["results"]
        return [each["headline"] for each in results]

    assert client.get(f"/api/v1/articles/{article.pk}/").status_code == 404
    assert headlines() == headlines(q="rain") == ["Found"]

    later = timezone.now() + timedelta(days=1)
    time_machine.move_to(later, tick=False)
    editing.reindex(article, by=None)
    assert headlines(updated_since=later.isoformat()) == ["Left out"]


def test_the_way_back_lets_it_be_found(article: Article, client: Client) -> None:
    editing.reindex(article, by=None)

    assert "Left out" in page(client, "/search/", q="rain")
    assert "X-Robots-Tag" not in client.get(article.get_absolute_url())


def test_the_reason_is_for_the_desk_alone(article: Article, client: Client) -> None:
    editor = make_staff()
    other = Article.objects.get(headline="Found")

    editing.deindex(other, by=editor, reason="A lawyer of theirs wrote")

    entry = AuditEntry.objects.get()
    assert (entry.action, entry.detail) == ("deindex", "A lawyer of theirs wrote")
    for address in ("", "history/", "feed/"):
        assert "lawyer" not in page(client, f"{other.path}{address}")
    assert "lawyer" not in page(client, f"/api/v1/articles/{other.pk}/")
    assert other.revisions.count() == 1


def test_who_may_and_when(article: Article) -> None:
    with pytest.raises(ValidationError):
        editing.deindex(article, by=None)
    with pytest.raises(ValidationError):
        editing.deindex(make_article(published=None), by=None)
    for role in ("Reporter", "Moderator", "Archivist"):
        with pytest.raises(PermissionDenied):
            editing.reindex(article, by=make_staff(role))
