"""Pages that list the articles of a section, a tag or an author, and the index of tags."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from articles.freshness import shows
from articles.listings import Listing
from articles.models import Author, ListingKind, Section, Subject, Tag
from articles.pages.at_slug import at_slug
from articles.pages.index import entries, index
from articles.pages.listing_page import article_list

_section = at_slug(Section.objects.all())
_tag = at_slug(Tag.objects.all(), ListingKind.TAG)
_author = at_slug(Author.objects.all(), ListingKind.AUTHOR)


def section(request: HttpRequest, slug: str) -> HttpResponse:
    found = _section(slug)
    shows(Subject.SECTION, found.pk)
    return _listing(request, found, ListingKind.SECTION, found.name, found.description)


def tag(request: HttpRequest, slug: str) -> HttpResponse:
    found = _tag(slug)
    shows(Subject.TAG, found.pk)
    return _listing(request, found, ListingKind.TAG, found.name, found.description)


def author(request: HttpRequest, slug: str) -> HttpResponse:
    found = _author(slug)
    shows(Subject.AUTHOR, found.pk)
    return _listing(request, found, ListingKind.AUTHOR, found.name, found.biography)


def _listing(
    request: HttpRequest,
    found: Section | Tag | Author,
    kind: ListingKind,
    title: str,
    introduction: str,
) -> HttpResponse:
    address = found.get_absolute_url()
    context = {
        "kind": kind.label,
        "is_section": kind is ListingKind.SECTION,
        "title": title,
        "introduction": introduction,
        "list": article_list(request, Listing(kind, found.pk)),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/listing.html", context)


def tags(request: HttpRequest) -> HttpResponse:
    """The archive's vocabulary, by letter."""
    rows = entries(ListingKind.TAG)
    context = {
        "title": "Topics",
        "kind": "",
        "country": "",
        "countries": [],
        "lately": [],
        "index": index(request, rows, ListingKind.TAG, lambda _: ""),
        "canonical": reverse("articles:tags"),
    }
    return render(request, "articles/pages/index.html", context)
