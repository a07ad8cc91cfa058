"""Pages that list articles: by date, by subject, on the front page."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from articles import listings
from articles.models import (
    Article,
    CommentPolicy,
    Correction,
    CorrectionKind,
    DatePrecision,
    Status,
)
from tests.factories import (
    make_article,
    make_author,
    make_comment,
    make_mention,
    make_organisation,
    make_person,
    make_place,
    make_section,
    make_tag,
)

pytestmark = pytest.mark.django_db


def text(response: HttpResponse) -> str:
    assert response.status_code == 200
    return response.content.decode()


class Archive:
    """Articles that are all about the same subjects."""

    def __init__(self) -> None:
        self.section = make_section("Politics")
        self.tag = make_tag("elections")
        self.author = make_author("Sample desk")
        self.country = make_place("Pakistan", kind="country", latitude=30, longitude=70)
        self.town = make_place("Quetta", parent=self.country, latitude=30.2, longitude=67)
        self.person = make_person("Somebody", title="Minister")
        self.organisation = make_organisation("Something")

    def add(self, headline: str = "", **fields: Any) -> Article:
        fields = {"published": datetime(2026, 2, 1, 9, tzinfo=UTC), **fields}
        article = make_article(
            headline,
            section=self.section,
            tags=[self.tag],
            authors=[self.author],
            dateline_place=self.town,
            **fields,
        )
        for entity in (self.town, self.person, self.organisation):
            make_mention(article, entity)
        return article


@pytest.fixture
def archive():
    return Archive()


LISTS = (
    "/sections/politics/",
    "/tags/elections/",
    "/authors/sample-desk/",
    "/places/quetta/",
    "/places/pakistan/",
    "/people/somebody/",
    "/organisations/something/",
)
DATES = ("/2026/02/", "/2026/02/01/")
OTHERS = (
    "/",
    "/archive/",
    "/2026/",
    "/tags/",
    "/places/",
    "/places/?in=pakistan",
    "/places/?letter=q",
    "/places/?order=most",
    "/places/?kind=city&order=most",
    "/places/?view=map",
    "/places/?view=map&in=pakistan",
    "/places/pakistan/?list=filed&order=oldest",
    "/places/pakistan/?list=itself&year=2026",
    "/people/",
    "/people/?letter=s",
    "/people/?order=most",
    "/people/somebody/?order=oldest",
    "/organisations/",
    "/corrections/",
    "/search/",
)
FEEDS = ("/feed/", *(f"{path}feed/" for path in (*LISTS, *DATES, "/2026/", "/corrections/")))
MACHINES = (
    "/sitemap.xml",
    "/sitemaps/2026-02-1.xml",
    "/sitemaps/people-1.xml",
    "/news-sitemap.xml",
)


@pytest.mark.parametrize("path", [*LISTS, *DATES])
def test_a_list_shows_its_public_articles_and_no_others(client, archive, listed, path):
    listed(
        archive.add("A public report"),
        archive.add("A draft", status=Status.DRAFT),
        archive.add("A withdrawn report", status=Status.WITHDRAWN),
        archive.add("A report under embargo", embargo_until=timezone.now() + timedelta(days=1)),
    )

    page = text(client.get(path))

    assert "A public report" in page
    for hidden in ("A draft", "A withdrawn report", "A report under embargo"):
        assert hidden not in page


@pytest.mark.parametrize("path", [*OTHERS, *FEEDS, *MACHINES])
def test_nothing_that_is_not_public_is_named_anywhere(client, archive, listed, path):
    listed(archive.add("A public report"))
    hidden = [
        archive.add("Hidden draft", status=Status.DRAFT),
        archive.add("Hidden until tomorrow", embargo_until=timezone.now() + timedelta(days=1)),
    ]
    for article in hidden:
        Correction.objects.create(article=article, text="Hidden correction")
        make_comment(article, text="Hidden comment")
    listed(*hidden)

    assert "idden" not in text(client.get(path)).replace("hidden", "")


def test_the_number_of_queries_does_not_grow_with_the_number_of_articles(
    client, archive, listed, django_assert_max_num_queries
):
    def publish(number: int) -> None:
        articles = [archive.add() for _ in range(number)]
        for article in articles:
            make_mention(article, make_place(parent=archive.country))
            make_mention(article, make_person())
            make_comment(article)
            Correction.objects.create(article=article, text="It was otherwise.")
        listed(*articles)

    paths = (*LISTS, *DATES, *OTHERS, *FEEDS, *MACHINES)
    few = {}
    publish(3)
    for path in paths:
        with django_assert_max_num_queries(18, info=path) as asked:
            client.get(path)
        few[path] = len(asked)
    publish(25)

    for path in paths:
        with django_assert_max_num_queries(few[path], info=path):
            client.get(path)


@pytest.mark.parametrize("path", [*LISTS, *DATES])
def test_a_long_list_has_pages(client, archive, listed, path):
    listed(*(archive.add(f"Report {number:02}") for number in range(45)))

    second = text(client.get(f"{path}?page=2"))

    assert 'rel="prev"' in second
    assert "Report 44" not in second.split('<ol class="list">')[1].split("</ol>")[0]
    assert client.get(f"{path}?page=9").status_code == 404
    assert client.get(f"{path}?page=x").status_code == 404


def test_a_list_can_be_narrowed_to_a_year(client, archive, listed):
    listed(
        archive.add("An old report", published=datetime(1935, 6, 1, tzinfo=UTC)),
        archive.add("A new report"),
    )

    page = text(client.get("/places/quetta/?year=1935"))

    assert "An old report" in page
    assert "A new report" not in page
    assert "Only 1935: 1 article." in page
    assert client.get("/places/quetta/?year=x").status_code == 404


def test_the_bars_of_a_place_link_to_its_years(client, archive, listed):
    listed(archive.add(published=datetime(1935, 6, 1, tzinfo=UTC)), archive.add())

    page = text(client.get("/places/quetta/"))

    assert 'href="?year=1935" aria-label="1935: 1 article"' in page


def test_a_country_lists_the_articles_of_its_towns(client, archive, listed):
    listed(archive.add("News from Quetta"))

    page = text(client.get("/places/pakistan/"))

    assert "News from Quetta" in page
    assert "Places inside" in page


def test_a_place_shows_where_it_is_and_what_was_filed_from_it(client, archive, listed):
    listed(archive.add("News from Quetta"))

    page = text(client.get("/places/quetta/"))

    assert '<a href="/places/pakistan/">Pakistan</a>' in page
    assert "30.20° N, 67.00° E" in page
    assert "<svg" in page
    assert "filed from it" in page


def test_a_person_shows_positions_as_exactly_as_they_are_known(client, archive, listed):
    archive.person.positions.create(
        title="Governor",
        started_on=date(1973, 1, 1),
        start_precision=DatePrecision.YEAR,
        ended_on=date(1974, 8, 1),
        end_precision=DatePrecision.MONTH,
    )
    listed(archive.add())

    page = text(client.get("/people/somebody/"))

    assert "1973 – August 1974" in page
    assert "January 1973" not in page
    assert "Quetta" in page
    assert "/organisations/something/" in page


def test_a_name_that_no_editor_has_seen_is_marked_so(client):
    person = make_person("A Name", slug="a-name", is_reviewed=False)
    article = make_article()
    make_mention(article, person)
    listings.refresh([article.pk])

    assert "Not yet reviewed" in text(client.get("/people/a-name/"))


def test_an_entity_without_articles_has_a_page_that_helps_on(client):
    make_place("Nowhere", slug="nowhere")

    assert "No articles here yet" in text(client.get("/places/nowhere/"))


@pytest.mark.parametrize(
    "path",
    [
        "/sections/x/",
        "/tags/x/",
        "/places/x/",
        "/people/x/",
        "/organisations/x/",
        "/authors/x/",
        "/1800/",
        "/1800/01/",
        "/1800/01/01/",
        "/2026/02/30/",
        "/places/?in=x",
        "/people/?letter=é",
    ],
)
def test_what_there_is_not_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_an_empty_archive_has_pages_all_the_same(client):
    for path in ("/", "/archive/", "/tags/", "/places/", "/people/", "/corrections/", "/search/"):
        text(client.get(path))
    assert "Nothing has been published yet" in text(client.get("/"))


def test_the_front_page_shows_the_latest_the_sections_and_what_is_discussed(
    client, archive, listed
):
    article = archive.add("The talk of the town", comment_count=1)
    make_comment(article, author_name="Zahra")
    quiet = archive.add("Without comments", comment_policy=CommentPolicy.HIDDEN)
    make_comment(quiet, author_name="Unseen")
    listed(article, quiet)

    page = text(client.get("/"))

    assert 'href="/sections/politics/"' in page
    assert "1 comment, the last by <bdi>Zahra</bdi>" in page
    assert "Unseen" not in page


def test_a_front_page_with_one_article_has_no_empty_list_of_others(client, listed):
    listed(make_article("The first of all"))

    page = text(client.get("/"))

    assert "The first of all" in page
    assert 'id="latest"' not in page


def test_a_month_has_a_calendar_that_links_to_its_days(client, archive, listed):
    listed(archive.add())

    page = text(client.get("/2026/02/"))

    assert 'href="/2026/02/01/" title="1 article"' in page
    assert 'href="/2026/02/02/"' not in page


def test_a_day_links_to_the_nearest_days_with_articles(client, archive, listed):
    listed(
        archive.add(published=datetime(1935, 6, 1, tzinfo=UTC)),
        archive.add(published=datetime(1974, 5, 2, tzinfo=UTC)),
        archive.add(),
    )

    page = text(client.get("/1974/05/02/"))

    assert '<a rel="prev" href="/1935/06/01/">1 June 1935</a>' in page
    assert '<a rel="next" href="/2026/02/01/">1 February 2026</a>' in page


def test_days_are_those_of_the_site_s_time_zone(client, archive, listed, settings):
    settings.TIME_ZONE = "Asia/Karachi"
    listed(archive.add("Late news", published=datetime(2026, 2, 1, 22, tzinfo=UTC)))

    assert "Late news" in text(client.get("/2026/02/02/"))


def test_a_long_index_is_opened_letter_by_letter(client, listed):
    article = make_article()
    for number in range(241):
        make_mention(article, make_person(f"{'AB'[number % 2]} {number:03}"))
    listed(article)

    whole, by_letter = text(client.get("/people/")), text(client.get("/people/?letter=b"))

    assert 'href="?letter=b"' in whole
    assert "B 001" in by_letter
    assert "A 002" not in by_letter


def test_places_of_one_name_are_told_apart_by_where_they_lie(client, listed):
    article = make_article()
    for outer in ("Sindh", "Punjab"):
        parent = make_place(outer)
        make_mention(article, make_place("Gharo", parent=parent, slug=f"gharo-{outer.lower()}"))
    make_mention(article, make_place("Quetta", parent=make_place("Balochistan")))
    listed(article)

    page = text(client.get("/places/"))

    assert ">Gharo</a> <span>Sindh</span>" in page
    assert ">Gharo</a> <span>Punjab</span>" in page
    assert '>Quetta</a>&nbsp;<span class="count ui">1</span></li>' in page


def test_a_section_s_page_does_not_say_beside_each_article_that_it_is_in_it(client, listed):
    article = make_article(section=make_section("Weather"), tags=[make_tag("rain")])
    listed(article)

    assert "<span>Weather</span>" not in text(client.get("/sections/weather/"))
    assert "<span>Weather</span>" in text(client.get("/tags/rain/"))


def test_corrections_name_withdrawn_articles_too(client):
    withdrawn = make_article("A mistake", status=Status.WITHDRAWN)
    Correction.objects.create(article=withdrawn, kind=CorrectionKind.WITHDRAWAL, text="Sorry.")

    page = text(client.get("/corrections/"))

    assert "Sorry." in page
    assert "Withdrawal" in page
