"""The people of the archive, and the page of one: what they were, when, and with whom."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import BigIntegerField, ExpressionWrapper, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from articles.freshness import shows, shows_list
from articles.listings import Listing, listed
from articles.models import (
    Article,
    EntityKind,
    ListingKind,
    Mention,
    Organisation,
    Person,
    Position,
    Subject,
)
from articles.models.prepared import PreparedInstances, PreparedRows
from articles.pages.appearances import company
from articles.pages.at_slug import at_slug
from articles.pages.countries import chosen_country, countries
from articles.pages.entity_data import person_data
from articles.pages.identity import identity
from articles.pages.index import entries, index, lately
from articles.pages.listing_page import article_list
from articles.pages.positions import Office, Term, chart, hold_today, office_on, terms
from articles.vocabulary.outside_ids import outside_ids

POSITIONS = 100
"""The positions, the latest first, that a person's page shows."""


_person = at_slug(Person.objects.current(), ListingKind.PERSON)
_positions: PreparedInstances[Position] = PreparedInstances(
    int,
    lambda person: Position.objects.filter(person=person).select_related("organisation", "place")[
        :POSITIONS
    ],
)
_listed = PreparedRows(
    (datetime, int),
    lambda now, *keys: (
        listed(Organisation.objects.filter(pk__in=keys), ListingKind.ORGANISATION, now)
        .order_by()
        .values_list("pk")
    ),
)
_titles = PreparedRows(
    int,
    # By the articles, which are few. Were the person not hidden in a sum, a database might go
    # through all that ever named them.
    lambda person, *articles: (
        Mention.objects.shown()
        .alias(named=ExpressionWrapper(F("person") + 0, BigIntegerField()))
        .filter(article__in=articles, named=person)
        .exclude(title="")
        .order_by("-id")
        .values_list("article", "title")
    ),
)


def people(request: HttpRequest) -> HttpResponse:
    """All people that articles name, or those who held an office in a country."""
    rows = entries(ListingKind.PERSON)
    country = chosen_country(request)
    if country:
        offices = Position.objects.filter(place__country_code=country)
        rows = rows.filter(pk__in=offices.values("person"))
    found = index(request, rows, ListingKind.PERSON, lambda _: "", is_narrowed=bool(country))
    context = {
        "title": "People",
        "kind": "",
        "country": country,
        "countries": countries(),
        "by_country": "Held office in",
        "index": found,
        "lately": [] if country or found.letter or found.is_ranked else lately().people,
        "canonical": reverse("articles:people"),
    }
    return render(request, "articles/pages/index.html", context)


def person(request: HttpRequest, slug: str) -> HttpResponse:
    found = _person(slug)
    shows(Subject.PERSON, found.pk)
    listing = Listing(ListingKind.PERSON, found.pk)
    articles = article_list(request, listing)
    called = identity(found)
    held = terms(_positions(found.pk))
    hold_today(held)
    today = timezone.localdate()
    address = found.get_absolute_url()
    context = {
        "person": found,
        "identity": called,
        "outside": outside_ids(found),
        "chart": chart(held, today),
        "public": _public(held),
        "list": articles,
        "notes": _offices(found, held, articles.page.articles),
        "ends": listing.ends(),
        "company": company(articles.listing, articles.page.count, [(EntityKind.PERSON, found.pk)]),
        "data": person_data(found, called, [term.position for term in held]),
        "canonical": address,
        "feed": f"{address}feed/",
    }
    return render(request, "articles/pages/person.html", context)


def _public(held: Sequence[Term]) -> set[int]:
    """The organisations of these positions that have a page."""
    keys = [key for term in held if (key := term.position.organisation_id)]
    for key in keys:
        shows_list(ListingKind.ORGANISATION, key)
    return {key for (key,) in _listed(timezone.now(), *keys)} if keys else set()


def _offices(
    person: Person, held: Sequence[Term], articles: Iterable[Article]
) -> dict[int, Office]:
    """The title that ``person`` had on the day of each of these articles, by its id."""
    days: dict[int, date] = {
        article.pk: timezone.localdate(article.published_at)
        for article in articles
        if article.published_at
    }
    given = dict(_titles(person.pk, *days)) if days else {}
    offices = {pk: office_on(day, held, given.get(pk, "")) for pk, day in days.items()}
    return {pk: office for pk, office in offices.items() if office}
