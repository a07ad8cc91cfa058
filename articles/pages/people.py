"""The people of the archive, and the page of one: what they were, when, and with whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from articles.listings import Listing, listed
from articles.models import ListingKind, Person
from articles.pages.appearances import appearances
from articles.pages.index import index, lately
from articles.pages.listing_page import article_list

COMPANY = 100
"""The newest articles of a person that tell with whom they appear."""


def people(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "People",
        "index": index(request, Person.objects.only("name", "slug"), ListingKind.PERSON),
        "lately": [] if "letter" in request.GET else lately().people,
        "canonical": reverse("articles:people"),
    }
    return render(request, "articles/pages/index.html", context)


def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(listed(Person.objects.all(), ListingKind.PERSON), slug=slug)
    listing = Listing(ListingKind.PERSON, found.pk)
    address = found.get_absolute_url()
    context = {
        "person": found,
        "names": list(found.names.exclude(language="").order_by("language", "name")),
        "positions": list(found.positions.select_related("organisation", "place")),
        "list": article_list(request, listing),
        "company": appearances(
            listing.entries().values_list("article", flat=True)[:COMPANY], without=found
        ),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/person.html", context)
