"""The addresses of the public pages; they are cited for decades, so none of them changes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, register_converter
from django.views.decorators.http import require_safe

from articles.freshness import may_be_kept
from articles.pages import (
    corrections,
    dates,
    feeds,
    history,
    home,
    listings,
    machine,
    names,
    organisations,
    people,
    place,
    places,
    preview,
    search,
    sitemaps,
)
from articles.pages.article import article
from articles.pages.converters import Day, Month, UnicodeSlug, Year
from articles.pages.former import leading_on

register_converter(Year, "yyyy")
register_converter(Month, "mm")
register_converter(Day, "dd")
register_converter(UnicodeSlug, "uslug")


def page(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """A page is read (GET, HEAD) and nothing else; any other method is a 405. Every reader gets the
    same, so it may be kept."""

    @wraps(view)
    def keepable(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        may_be_kept()
        return view(request, *arguments, **named)

    return path(route, require_safe(keepable), name=name)


def answer(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """What is read as a page is, but made for whoever asks."""
    return path(route, require_safe(view), name=name)


def entry(route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
    """The page of an entry of the vocabulary, or its feed, which leads on from a former slug."""
    return page(route, leading_on(view, name.removesuffix("-feed")), name=name)


DAY = "<yyyy:year>/<mm:month>/<dd:day>/"
ARTICLE = f"{DAY}<uslug:slug>/"

urlpatterns = [
    page("", home.home, name="home"),
    page("feed/", feeds.home_feed, name="home-feed"),
    # Before the articles, one of which would have to be called "feed"
    page(f"{DAY}feed/", feeds.day_feed, name="day-feed"),
    # One article
    page(ARTICLE, article, name="article"),
    page(f"{ARTICLE}feed/", feeds.comments_feed, name="comments-feed"),
    page(f"{ARTICLE}history/", history.history, name="history"),
    page(f"{ARTICLE}history/<int:number>/", history.revision, name="revision"),
    answer("preview/<str:token>/", preview.preview, name="preview"),
    # By date
    page("archive/", dates.archive, name="archive"),
    page("<yyyy:year>/", dates.year, name="year"),
    page("<yyyy:year>/feed/", feeds.year_feed, name="year-feed"),
    page("<yyyy:year>/<mm:month>/", dates.month, name="month"),
    page("<yyyy:year>/<mm:month>/feed/", feeds.month_feed, name="month-feed"),
    page(DAY, dates.day, name="day"),
    # By subject
    entry("sections/<uslug:slug>/", listings.section, "section"),
    entry("sections/<uslug:slug>/feed/", feeds.section_feed, "section-feed"),
    page("tags/", listings.tags, name="tags"),
    entry("tags/<uslug:slug>/", listings.tag, "tag"),
    entry("tags/<uslug:slug>/feed/", feeds.tag_feed, "tag-feed"),
    page("places/", places.places, name="places"),
    entry("places/<uslug:slug>/", place.place, "place"),
    entry("places/<uslug:slug>/feed/", feeds.place_feed, "place-feed"),
    page("people/", people.people, name="people"),
    entry("people/<uslug:slug>/", people.person, "person"),
    entry("people/<uslug:slug>/feed/", feeds.person_feed, "person-feed"),
    page("organisations/", organisations.organisations, name="organisations"),
    entry("organisations/<uslug:slug>/", organisations.organisation, "organisation"),
    entry("organisations/<uslug:slug>/feed/", feeds.organisation_feed, "organisation-feed"),
    entry("authors/<uslug:slug>/", listings.author, "author"),
    entry("authors/<uslug:slug>/feed/", feeds.author_feed, "author-feed"),
    page("corrections/", corrections.corrections, name="corrections"),
    page("corrections/feed/", feeds.corrections_feed, name="corrections-feed"),
    answer("search/", search.search, name="search"),
    answer("search/feed/", search.search_feed, name="search-feed"),
    answer("search/names/", names.search_names, name="search-names"),
    # For machines
    page("sitemap.xml", sitemaps.sitemap_index, name="sitemap-index"),
    page("sitemaps/<yyyy:year>-<mm:month>-<int:part>.xml", sitemaps.sitemap, name="sitemap"),
    page("sitemaps/<str:name>-<int:part>.xml", sitemaps.entity_sitemap, name="entity-sitemap"),
    page("news-sitemap.xml", sitemaps.news_sitemap, name="news-sitemap"),
    page("robots.txt", machine.robots, name="robots"),
    page(".well-known/security.txt", machine.security, name="security"),
]
