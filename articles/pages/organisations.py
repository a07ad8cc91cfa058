"""The organisations of the archive, and the page of one: who held which office, and articles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles.listings import Listing, listed
from articles.models import ListingKind, Organisation, Person
from articles.pages.appearances import appearances
from articles.pages.index import index, lately
from articles.pages.listing_page import article_list

COMPANY = 100
"""The newest articles of an organisation that tell with whom it appears."""

POSITIONS = 40
"""The offices, the latest first, that an organisation's page shows."""


def organisations(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "Organisations",
        "index": index(
            request, Organisation.objects.only("name", "slug"), ListingKind.ORGANISATION
        ),
        "lately": [] if "letter" in request.GET else lately().organisations,
        "canonical": reverse("articles:organisations"),
    }
    return render(request, "articles/pages/index.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(
        listed(Organisation.objects.select_related("place"), ListingKind.ORGANISATION), slug=slug
    )
    listing = Listing(ListingKind.ORGANISATION, found.pk)
    address = found.get_absolute_url()
    context = {
        "organisation": found,
        "names": list(found.names.exclude(language="").order_by("language", "name")),
        "positions": list(
            found.positions.filter(
                person__in=listed(Person.objects.all(), ListingKind.PERSON)
            ).select_related("person", "place")[:POSITIONS]
        ),
        "list": article_list(request, listing),
        "company": appearances(
            listing.entries().values_list("article", flat=True)[:COMPANY], without=found
        ),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/organisation.html", context)
