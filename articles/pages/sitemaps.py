"""Sitemaps: one for each month and each kind of entity in parts, an index of them, and one of the
last two days for news search."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.freshness import holds_until, shows, shows_each
from articles.listings import Listing, listed, listed_parts, month_bounds, month_of
from articles.models import Article, ListingKind, Organisation, Person, Place, Subject
from articles.models.page_address import page_address
from articles.pages.addresses import absolute
from articles.text.characters import printable

# The protocol's limit for one file, and that of news sitemaps, which hold two days.
LIMIT = 50_000
NEWS_LIMIT = 1_000
NEWS_AGE = timedelta(days=2)

# No month holds more, and no database takes a number of any size.
_PARTS = range(1, 1_000)

_XML = "application/xml; charset=utf-8"


# By the part of the address that names the kind. A part has the entities of a range of ids.
_ENTITIES: dict[str, tuple[ListingKind, type[Place] | type[Person] | type[Organisation]]] = {
    "places": (ListingKind.PLACE, Place),
    "people": (ListingKind.PERSON, Person),
    "organisations": (ListingKind.ORGANISATION, Organisation),
}


def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sitemaps of all months that have articles, and of all that these are about."""
    shows(Subject.SITEMAP)
    shows_each(Subject.ARTICLE, ())
    sitemaps = [
        absolute(reverse("articles:sitemap", args=[month // 100, month % 100, part]))
        for month, count in Listing(ListingKind.ARCHIVE, findable=True).months().items()
        for part in range(1, -(-count // LIMIT) + 1)
    ]
    sitemaps += [
        absolute(reverse("articles:entity-sitemap", args=[name, part]))
        for name, (kind, _) in _ENTITIES.items()
        for part in listed_parts(kind, LIMIT)
    ]
    return render(
        request, "articles/pages/sitemap_index.xml", {"sitemaps": sitemaps}, content_type=_XML
    )


def sitemap(request: HttpRequest, year: int, month: int, part: int) -> HttpResponse:
    """Part ``part`` of the articles of a month with the time of their last change."""
    if part not in _PARTS:
        raise Http404("there is no such part")
    shows(Subject.SITEMAP, year * 100 + month)
    shows_each(Subject.ARTICLE, ())
    since, until = month_bounds(year * 100 + month)
    of_month = Listing(ListingKind.ARCHIVE, since=since, until=until, findable=True)
    entries = of_month.entries()
    first = (part - 1) * LIMIT
    rows = list(entries.values_list("article__path", "article__updated_at")[first : first + LIMIT])
    if not rows:
        raise Http404("nothing was published in this month")
    context = {"pages": [(absolute(path or ""), updated) for path, updated in rows]}
    return render(request, "articles/pages/sitemap.xml", context, content_type=_XML)


def entity_sitemap(request: HttpRequest, name: str, part: int) -> HttpResponse:
    """Part ``part`` of the places, people or organisations that an article to be found names."""
    if name not in _ENTITIES or part not in _PARTS:
        raise Http404("there is no such part")
    kind, model = _ENTITIES[name]
    shows_each(Subject.LISTS, [kind])
    shows(Subject.SITEMAP)
    rows = listed(model._default_manager.all(), kind, findable=True)
    first = (part - 1) * LIMIT
    slugs = rows.filter(pk__gt=first, pk__lte=first + LIMIT).order_by("pk")
    pages = [
        (absolute(page_address(str(model._meta.model_name), slug)), None)
        for slug in slugs.values_list("slug", flat=True)
    ]
    if not pages:
        raise Http404("there is no such part")
    return render(request, "articles/pages/sitemap.xml", {"pages": pages}, content_type=_XML)


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """The articles of the last two days."""
    # The articles of two days stand in the sitemaps of two months at most.
    now = timezone.localtime()
    shows_each(Subject.SITEMAP, {month_of(now - NEWS_AGE), month_of(now), month_of(now + NEWS_AGE)})
    articles = list(
        Article.objects.public()
        .filter(public_from__gte=timezone.now() - NEWS_AGE, deindexed_at__isnull=True)
        .newest()
        .only("path", "headline", "language", "published_at", "public_from")[:NEWS_LIMIT]
    )
    holds_until((articles[-1].public_from or now) + NEWS_AGE if articles else now + NEWS_AGE)
    context = {
        "articles": [
            (absolute(article.path or ""), printable(article.headline), article)
            for article in articles
        ],
        "name": settings.SITE_NAME,
    }
    return render(request, "articles/pages/news_sitemap.xml", context, content_type=_XML)
