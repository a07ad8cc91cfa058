"""Which public articles stand in which list, in order, and how many in each month.

``refresh`` writes what ``Listing`` reads; nothing else touches either table.
"""

from articles.listings.calendar import day_bounds, month_bounds, month_of, year_bounds
from articles.listings.counts import Miscount, Mistotal, miscounts, mistotals
from articles.listings.entries import Entry, compare, rebuild, refresh
from articles.listings.lines import lines, lines_with_body
from articles.listings.listing import Listing, ListingPage, years_of
from articles.listings.presence import listed

__all__ = [
    "Entry",
    "Listing",
    "ListingPage",
    "Miscount",
    "Mistotal",
    "compare",
    "day_bounds",
    "lines",
    "lines_with_body",
    "listed",
    "miscounts",
    "mistotals",
    "month_bounds",
    "month_of",
    "rebuild",
    "refresh",
    "year_bounds",
    "years_of",
]
