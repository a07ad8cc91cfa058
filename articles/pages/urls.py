"""The addresses of the public pages; they are cited for decades, so none of them changes."""

from django.urls import path, register_converter

from articles.pages import (
    corrections,
    dates,
    feeds,
    history,
    home,
    listings,
    machine,
    organisations,
    people,
    places,
    search,
    sitemaps,
)
from articles.pages.article import article
from articles.pages.converters import Day, Month, UnicodeSlug, Year

register_converter(Year, "yyyy")
register_converter(Month, "mm")
register_converter(Day, "dd")
register_converter(UnicodeSlug, "uslug")

DAY = "<yyyy:year>/<mm:month>/<dd:day>/"
ARTICLE = f"{DAY}<uslug:slug>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("feed/", feeds.home_feed, name="home-feed"),
    # Before the articles, one of which would have to be called "feed"
    path(f"{DAY}feed/", feeds.day_feed, name="day-feed"),
    # One article
    path(ARTICLE, article, name="article"),
    path(f"{ARTICLE}feed/", feeds.comments_feed, name="comments-feed"),
    path(f"{ARTICLE}history/", history.history, name="history"),
    path(f"{ARTICLE}history/<int:number>/", history.revision, name="revision"),
    # By date
    path("archive/", dates.archive, name="archive"),
    path("<yyyy:year>/", dates.year, name="year"),
    path("<yyyy:year>/feed/", feeds.year_feed, name="year-feed"),
    path("<yyyy:year>/<mm:month>/", dates.month, name="month"),
    path("<yyyy:year>/<mm:month>/feed/", feeds.month_feed, name="month-feed"),
    path(DAY, dates.day, name="day"),
    # By subject
    path("sections/<uslug:slug>/", listings.section, name="section"),
    path("sections/<uslug:slug>/feed/", feeds.section_feed, name="section-feed"),
    path("tags/", listings.tags, name="tags"),
    path("tags/<uslug:slug>/", listings.tag, name="tag"),
    path("tags/<uslug:slug>/feed/", feeds.tag_feed, name="tag-feed"),
    path("places/", places.places, name="places"),
    path("places/<uslug:slug>/", places.place, name="place"),
    path("places/<uslug:slug>/feed/", feeds.place_feed, name="place-feed"),
    path("people/", people.people, name="people"),
    path("people/<uslug:slug>/", people.person, name="person"),
    path("people/<uslug:slug>/feed/", feeds.person_feed, name="person-feed"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<uslug:slug>/", organisations.organisation, name="organisation"),
    path("organisations/<uslug:slug>/feed/", feeds.organisation_feed, name="organisation-feed"),
    path("authors/<uslug:slug>/", listings.author, name="author"),
    path("authors/<uslug:slug>/feed/", feeds.author_feed, name="author-feed"),
    path("corrections/", corrections.corrections, name="corrections"),
    path("corrections/feed/", feeds.corrections_feed, name="corrections-feed"),
    path("search/", search.search, name="search"),
    path("search/feed/", search.search_feed, name="search-feed"),
    # For machines
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap-index"),
    path("sitemaps/<yyyy:year>-<mm:month>-<int:part>.xml", sitemaps.sitemap, name="sitemap"),
    path("news-sitemap.xml", sitemaps.news_sitemap, name="news-sitemap"),
    path("robots.txt", machine.robots, name="robots"),
    path(".well-known/security.txt", machine.security, name="security"),
]
