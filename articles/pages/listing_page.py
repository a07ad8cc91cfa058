"""What the page of a section, tag, author, place, person or organisation shows of its articles."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest

from articles.listings import Listing, ListingPage, year_bounds, years_of
from articles.pages.paging import Choice, PageLinks, choices, numbered, page_number, varied
from articles.pages.timeline import Timeline, timeline

_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_ORDERS = {"newest": "Newest first", "oldest": "Oldest first"}


@dataclass(frozen=True, slots=True)
class ArticleList:
    """A page of articles, the links to the other pages, and the bars by year.

    ``year`` is the one that the reader narrowed the list to, and ``listing`` is narrowed to it;
    ``total`` counts all years, which ``all_years`` leads back to.
    """

    listing: Listing
    page: ListingPage
    links: PageLinks
    timeline: Timeline | None
    total: int
    year: int | None
    all_years: str
    orders: list[Choice]

    @property
    def is_whole(self) -> bool:
        """Whether it is the first page, the newest first, of all years."""
        return self.page.number == 1 and self.year is None and self.orders[0].is_chosen


def article_list(request: HttpRequest, listing: Listing) -> ArticleList:
    """The part of ``listing`` that ``?year=``, ``?order=`` and ``?page=`` ask for.

    Raises Http404 for a page, order or year that there is not.
    """
    year = _year(request)
    orders = choices(request, "order", _ORDERS)
    months: dict[int, int] | None = listing.months()
    years = years_of(months or {})
    if year is not None:
        since, until = year_bounds(year)
        listing = Listing(listing.kind, listing.key, since=since, until=until)
        months = None
    page, links = listing_page(
        request, listing, months=months, oldest_first=not orders[0].is_chosen
    )
    bars = timeline(years, numbered(request, "year"), chosen=year)
    all_years = varied(request, year="")
    return ArticleList(listing, page, links, bars, sum(years.values()), year, all_years, orders)


def listing_page(
    request: HttpRequest,
    listing: Listing,
    size: int = 20,
    months: dict[int, int] | None = None,
    *,
    oldest_first: bool = False,
) -> tuple[ListingPage, PageLinks]:
    """The page of ``listing`` that ``?page=`` asks for; ``months`` are its, where they are known.

    Raises Http404 when there is no such page.
    """
    number = page_number(request)
    page = listing.page(number, size=size, months=months, oldest_first=oldest_first)
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
