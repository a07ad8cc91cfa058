"""What the page of a section, tag, author, place, person or organisation shows of its articles."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from articles.listings import Listing, ListingPage, year_bounds, years_of
from articles.pages.paging import PageLinks, page_number
from articles.pages.timeline import Timeline, timeline

_FIRST_YEAR, _LAST_YEAR = 1000, 2999


@dataclass(frozen=True, slots=True)
class ArticleList:
    """A page of articles, the links to the other pages, and the bars by year.

    ``year`` is the one that the reader narrowed the list to; ``total`` counts all years.
    """

    page: ListingPage
    links: PageLinks
    timeline: Timeline | None
    total: int
    year: int | None


def article_list(request: HttpRequest, listing: Listing) -> ArticleList:
    """The part of ``listing`` that ``?year=`` and ``?page=`` ask for.

    Raises Http404 for a page or year that there is not.
    """
    year = _year(request)
    months = listing.months()
    years = years_of(months)
    if year is None:
        page, links = listing_page(request, listing, months=months)
    else:
        since, until = year_bounds(year)
        of_year = Listing(listing.kind, listing.key, since=since, until=until)
        page, links = listing_page(request, of_year)
    bars = timeline(years, lambda year: f"?year={year}", chosen=year)
    return ArticleList(page, links, bars, sum(years.values()), year)


def listing_page(
    request: HttpRequest,
    listing: Listing,
    size: int = 20,
    months: dict[int, int] | None = None,
) -> tuple[ListingPage, PageLinks]:
    """The page of ``listing`` that ``?page=`` asks for; ``months`` are its, where they are known.

    Raises Http404 when there is no such page.
    """
    number = page_number(request)
    page = listing.page(number, size=size, months=months)
    if number > 1 and not page.articles:
        raise Http404(f"there is no page {number}")
    return page, PageLinks.of(request, page.number, page.page_count)


def _year(request: HttpRequest) -> int | None:
    value = request.GET.get("year")
    if value is None:
        return None
    if not (value.isascii() and value.isdecimal() and _FIRST_YEAR <= int(value[:5]) <= _LAST_YEAR):
        raise Http404("year is a number of four digits")
    return int(value)
