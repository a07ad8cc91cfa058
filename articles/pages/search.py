"""The search page and its feed."""

from dataclasses import replace
from datetime import timedelta
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.safestring import SafeString

from articles import freshness
from articles.models import Article, Subject
from articles.models.page_address import page_address
from articles.pages.feeds import article_entries
from articles.pages.names import word_for
from articles.pages.narrowing import chips, groups
from articles.pages.overview import overview
from articles.pages.paging import Choice, PageLinks, page_number
from articles.pages.place_map import locator
from articles.search import (
    Card,
    Criteria,
    CriteriaError,
    Order,
    Patience,
    Results,
    Suggestion,
    cards,
    describe,
    did_you_mean,
    facets,
    find,
    mark,
    parse,
    passage,
)
from articles.search.finding.ranking import RANKED
from articles.search.finding.results import last_page
from articles.search.finding.spelling import FEW

PAGE_SIZE = 20
FEED_SIZE = 30

_KEPT = timedelta(seconds=10)
"""How long a page of results is kept at the longest: the words and names by which search finds are
written a moment after what they are of, and drop no page."""

_ORDERS = {Order.NEWEST: "Newest", Order.OLDEST: "Oldest", Order.RELEVANCE: "Best match"}


class Hit(NamedTuple):
    """An article found, with the words searched for marked in its headline and a passage."""

    article: Article
    headline: SafeString | str
    passage: SafeString | str


class Shown(NamedTuple):
    """A card with what it is to a reader, its page, the search for what is about it, and where a
    place is."""

    card: Card
    word: str
    address: str
    narrowed: str
    map: SafeString | str


def search(request: HttpRequest) -> HttpResponse:
    """What the parameters ask for, with counts to narrow it by; 400 when they cannot be read, with
    what could be read still in the form. Without any, what there is to search."""
    number = page_number(request)
    try:
        criteria = parse(_given(request), allowed_extra={"page"})
    except CriteriaError as error:
        return _refused(request, error.criteria, error)
    if not criteria.params and number == 1:
        return _answer(request, criteria, {"overview": overview()})
    patience = Patience()
    try:
        results = find(criteria, page=number, size=PAGE_SIZE, patience=patience)
    except CriteriaError as error:
        return _refused(request, criteria, error)
    counted = facets(criteria, newest=results.newest, patience=patience)
    found = {
        "results": results,
        "found": _found(results),
        "hits": _hits(criteria, results),
        "ranked": _ranked(criteria, results),
        "links": PageLinks(number, _page_count(criteria, results), criteria.query_string),
        "cards": _cards(criteria) if number == 1 else [],
        "meant": _meant(criteria, results, patience),
        "counted": counted,
        "groups": groups(criteria, counted),
    }
    if not patience.is_at_end:
        _may_be_kept()
    return _answer(request, criteria, found)


def _may_be_kept() -> None:
    """Have the page kept for whoever searches for the same, until anything at all has changed."""
    freshness.may_be_kept()
    freshness.holds_until(timezone.now() + _KEPT)
    for subject in Subject:
        freshness.shows(subject)


def search_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles that the parameters ask for, to be followed."""
    try:
        criteria = parse(request.GET)
        results = find(criteria, size=FEED_SIZE)
    except CriteriaError as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    address = f"{reverse('articles:search')}?{criteria.query_string}"
    return article_entries(describe(criteria), address, results.articles)


def _given(request: HttpRequest) -> QueryDict:
    """The parameters; a form that was sent without words asks for no best match of them."""
    given = request.GET.copy()
    if given.get("order") == Order.RELEVANCE and "q" in given and not str(given["q"]).strip():
        del given["order"]
    return given


def _typed(request: HttpRequest, criteria: Criteria) -> dict[str, str]:
    """What the fields of the form hold: words that were read as a filter or a date are one now, and
    a date that could not be read stays as it was typed."""
    since, until = criteria.since, criteria.until
    return {
        "q": criteria.q,
        "from": since.text if since else request.GET.get("from", "").strip(),
        "to": until.text if until else request.GET.get("to", "").strip(),
    }


def _refused(request: HttpRequest, criteria: Criteria, error: CriteriaError) -> HttpResponse:
    """The form with what was understood, and what was not."""
    found = {"errors": error.errors, "description": ""}
    return _answer(request, criteria, found, status=400)


def _answer(
    request: HttpRequest, criteria: Criteria, found: dict[str, Any], status: int = 200
) -> HttpResponse:
    """The page about ``criteria``; ``found`` is what there is to show beside the form."""
    asks = f"?{criteria.query_string}" if criteria.params else ""
    none: dict[str, Any] = {
        "errors": {},
        "overview": None,
        "results": None,
        "found": "",
        "ranked": 0,
        "hits": [],
        "meant": None,
        "cards": [],
        "groups": [],
    }
    context = none | {
        "typed": _typed(request, criteria),
        "criteria": criteria,
        "notes": criteria.notes,
        "description": describe(criteria) if criteria.params else "",
        "orders": _orders(criteria),
        "chips": chips(criteria),
        "canonical": f"{page_address('search')}{asks}",
        "feed": f"{page_address('search-feed')}{asks}",
        "api": f"{reverse('api:article-list')}{asks}",
    }
    return render(request, "articles/pages/search.html", context | found, status=status)


def _orders(criteria: Criteria) -> list[Choice]:
    """The orders there are; the best match is one of words."""
    return [
        Choice(
            label,
            f"?{replace(criteria, order=order).query_string}",
            order == criteria.order,
        )
        for order, label in _ORDERS.items()
        if order != Order.RELEVANCE or criteria.q
    ]


def _found(results: Results) -> str:
    """How many articles were found, in words."""
    count = results.count
    if not count.number:
        return "nothing found"
    more = "" if count.is_exact else "more than "
    number = number_format(count.number, force_grouping=True)
    return f"{more}{number} article{pluralize(count.number)}"


def _hits(criteria: Criteria, results: Results) -> list[Hit]:
    query = criteria.query
    if not query:
        return [Hit(article, article.headline, article.summary) for article in results.articles]
    return [
        Hit(article, mark(article.headline, query), passage(article.body, query))
        for article in results.articles
    ]


def _cards(criteria: Criteria) -> list[Shown]:
    return [
        Shown(
            card,
            word_for(card.named.parameter),
            page_address(card.named.parameter, card.named.choice.slug),
            f"?{card.criteria.query_string}",
            locator(card.place, ()) if card.place else "",
        )
        for card in cards(criteria)
    ]


def _meant(criteria: Criteria, results: Results, patience: Patience) -> Suggestion | None:
    """What else may have been meant, where next to nothing was found."""
    is_little = results.page == 1 and results.count.is_exact and results.count.number <= FEW
    return did_you_mean(criteria, patience) if is_little else None


def _ranked(criteria: Criteria, results: Results) -> int:
    """How many were ranked, the newest, where more match; 0 where all were, or none is to be."""
    return RANKED if criteria.order == Order.RELEVANCE and not results.count.is_exact else 0


def _page_count(criteria: Criteria, results: Results) -> int:
    """The last page as far as it is known; at least the next one when there is one."""
    last = last_page(criteria.order, results.size)
    count = results.count
    if count.is_exact:
        return min(max(1, -(-count.number // results.size)), max(last, results.page))
    return max(results.page + results.has_next, min(count.number // results.size, last))
