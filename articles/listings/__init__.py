"""Which public articles stand in which list, in order, and how many in each month.

``refresh`` writes what ``Listing`` reads; ``moving`` gives the whole list of one entry to another.
Nothing else touches these tables.
"""

from articles.listings.calendar import day_bounds, month_bounds, month_of, year_bounds
from articles.listings.counts import Miscount, Mistotal, miscounts, mistotals
from articles.listings.entries import Entry, compare, rebuild, refresh
from articles.listings.lines import lines, lines_with_body
from articles.listings.listing import Listing, ListingPage, years_of
from articles.listings.presence import listed
from articles.listings.related import Listed, Related, RelatedArticle, related
from articles.listings.totals import Total, listed_parts, most, prepared_most, totals

__all__ = [
    "Entry",
    "Listed",
    "Listing",
    "ListingPage",
    "Miscount",
    "Mistotal",
    "Related",
    "RelatedArticle",
    "Total",
    "compare",
    "day_bounds",
    "lines",
    "lines_with_body",
    "listed",
    "listed_parts",
    "miscounts",
    "mistotals",
    "month_bounds",
    "month_of",
    "most",
    "prepared_most",
    "rebuild",
    "refresh",
    "related",
    "totals",
    "year_bounds",
    "years_of",
]
