"""The organisations of the archive, and the page of one: who held which office, and articles."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.freshness import shows, shows_list
from articles.listings import Listing, listed
from articles.models import EntityKind, ListingKind, Organisation, Person, Position, Subject
from articles.models.prepared import PreparedInstances, PreparedRows
from articles.pages.appearances import company
from articles.pages.at_slug import at_slug
from articles.pages.countries import chosen_country, countries
from articles.pages.entity_data import organisation_data
from articles.pages.identity import identity
from articles.pages.index import entries, index, lately
from articles.pages.listing_page import article_list
from articles.pages.positions import Chart, chart, hold_today, terms
from articles.vocabulary.outside_ids import outside_ids

POSITIONS = 60
"""The offices, the latest first, that an organisation's page shows."""

_LONGEST_KIND = 60
_OFFICERS = 500


_organisation = at_slug(
    Organisation.objects.current().select_related("place"), ListingKind.ORGANISATION
)
_holders = PreparedRows(
    int,
    lambda organisation: (
        Position.objects.filter(organisation=organisation).order_by().values_list("person")
    ),
)
_held: PreparedInstances[Position] = PreparedInstances(
    (int, datetime),
    lambda organisation, now: (
        Position.objects.filter(
            organisation=organisation,
            person__in=listed(Person.objects.order_by(), ListingKind.PERSON, now),
        )
        .select_related("person", "place")
        .order_by(
            F("ended_on").desc(nulls_first=True), F("started_on").desc(nulls_last=True), "-id"
        )[:POSITIONS]
    ),
)


def organisations(request: HttpRequest) -> HttpResponse:
    """All organisations that articles name, or those of a kind, or based in a country."""
    rows = entries(ListingKind.ORGANISATION)
    kind = request.GET.get("kind", "").replace("\0", "")[:_LONGEST_KIND]
    if kind:
        rows = rows.filter(kind=kind)
    country = chosen_country(request)
    if country:
        rows = rows.filter(place__country_code=country)
    is_narrowed = bool(kind or country)
    found = index(
        request, rows, ListingKind.ORGANISATION, lambda row: row.kind, is_narrowed=is_narrowed
    )
    context = {
        "title": "Organisations",
        "index": found,
        "kind": kind,
        "country": country,
        "countries": countries(),
        "by_country": "Based in",
        "lately": [] if is_narrowed or found.letter or found.is_ranked else lately().organisations,
        "canonical": reverse("articles:organisations"),
    }
    return render(request, "articles/pages/index.html", context)


def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    found = _organisation(slug)
    shows(Subject.ORGANISATION, found.pk)
    shows(Subject.PLACE, found.place_id)
    listing = Listing(ListingKind.ORGANISATION, found.pk)
    articles = article_list(request, listing)
    called = identity(found)
    address = found.get_absolute_url()
    context = {
        "organisation": found,
        "identity": called,
        "outside": outside_ids(found),
        "officers": _officers(found),
        "public": set(),
        "list": articles,
        "ends": listing.ends(),
        "company": company(
            articles.listing, articles.page.count, [(EntityKind.ORGANISATION, found.pk)]
        ),
        "data": organisation_data(found, called),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/organisation.html", context)


class Officers(NamedTuple):
    """Who holds the offices of an organisation, and who held them, the latest first."""

    now: Chart
    before: Chart


def _officers(organisation: Organisation) -> Officers:
    """Those people among its officers whom the archive names in public."""
    # Who among them has come to be named in public would be on the page.
    for (person,) in _holders(organisation.pk, limit=_OFFICERS):
        shows_list(ListingKind.PERSON, person)
    held = terms(_held(organisation.pk, timezone.now()))
    hold_today(held)
    today = timezone.localdate()
    now = [term for term in held if term.surely_covers(today)]
    return Officers(chart(now, today), chart([term for term in held if term not in now], today))
