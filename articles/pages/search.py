"""The search page and its feed."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from articles.models import Article
from articles.pages.feeds import article_entries
from articles.pages.paging import PageLinks, page_number
from articles.search import (
    Criteria,
    CriteriaError,
    Filter,
    Order,
    Results,
    describe,
    facets,
    find,
    mark,
    parse,
    passage,
)
from articles.search.results import MOST_PAGES

PAGE_SIZE = 20
FEED_SIZE = 30
FACET_SAMPLE = 300
"""The newest articles found whose facets are counted: enough to choose by, and quick."""


class Hit(NamedTuple):
    """An article found, with the words searched for marked in its headline and a passage."""

    article: Article
    headline: SafeString | str
    passage: SafeString | str


class Chip(NamedTuple):
    """A filter in force, and the search without it."""

    label: str
    address: str


def search(request: HttpRequest) -> HttpResponse:
    """What the parameters ask for, with counts to narrow it by; 400 when they cannot be read."""
    number = page_number(request)
    try:
        criteria = parse(request.GET, allowed_extra={"page"})
        results = find(criteria, page=number, size=PAGE_SIZE)
    except CriteriaError as error:
        context = {
            "errors": error.errors,
            "given": request.GET,
            "orders": list(Order),
            "criteria": None,
            "description": "",
            "results": None,
            "chips": [],
        }
        return render(request, "articles/pages/search.html", context, status=400)
    query_string = criteria.query_string
    address = reverse("articles:search")
    context = {
        "errors": {},
        "given": request.GET,
        "orders": list(Order),
        "criteria": criteria,
        "description": describe(criteria),
        "results": results,
        "hits": _hits(criteria, results),
        "links": PageLinks(number, _page_count(results), query_string),
        "chips": _chips(criteria),
        "facets": facets(criteria, sample=FACET_SAMPLE),
        "canonical": f"{address}?{query_string}" if query_string else address,
        "feed": f"{address}feed/?{query_string}" if query_string else f"{address}feed/",
    }
    return render(request, "articles/pages/search.html", context)


def search_feed(request: HttpRequest) -> HttpResponse:
    """The newest articles that the parameters ask for, to be followed."""
    try:
        criteria = parse(request.GET)
        results = find(criteria, size=FEED_SIZE)
    except CriteriaError as error:
        return HttpResponse(f"{error}\n", status=400, content_type="text/plain; charset=utf-8")
    address = f"{reverse('articles:search')}?{criteria.query_string}"
    return article_entries(describe(criteria), address, results.articles)


def _hits(criteria: Criteria, results: Results) -> list[Hit]:
    query = criteria.query
    if not query:
        return [Hit(article, article.headline, article.summary) for article in results.articles]
    return [
        Hit(article, mark(article.headline, query), passage(article.body, query))
        for article in results.articles
    ]


def _page_count(results: Results) -> int:
    """The last page as far as it is known; at least the next one when there is one."""
    if results.count_is_exact:
        return min(max(1, -(-results.count // results.size)), max(MOST_PAGES, results.page))
    return max(results.page + results.has_next, min(results.count // results.size, MOST_PAGES))


def _chips(criteria: Criteria) -> list[Chip]:
    return [
        Chip(_label(chosen), f"?{criteria.without(chosen).query_string}")
        for chosen in criteria.filters
    ]


def _label(chosen: Filter) -> str:
    names = " or ".join(choice.name for choice in chosen.choices)
    return f"not {names}" if chosen.excluded else names
