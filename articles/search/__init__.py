"""Finds articles by words and by what they are about, newest first or by relevance.

Pages, feeds and the API ask with ``parse`` and ``find``; what changes an article calls
``refresh``. The index behind it is SQLite's FTS5 or PostgreSQL's full text, with the same results.
"""

from articles.search.cards import Card, cards
from articles.search.criteria import Criteria, CriteriaError, Filter, Order
from articles.search.facets import FACETS, Branch, Facet, Facets, FacetValue, facets
from articles.search.index import fill, rebuild, refresh, refresh_names
from articles.search.parameters import parse
from articles.search.passages import mark, passage
from articles.search.results import Count, Results, Slice, find, find_after, listing_for
from articles.search.spelling import Suggestion, did_you_mean
from articles.search.vocabulary import Choice
from articles.search.wording import describe

__all__ = [
    "FACETS",
    "Branch",
    "Card",
    "Choice",
    "Count",
    "Criteria",
    "CriteriaError",
    "Facet",
    "FacetValue",
    "Facets",
    "Filter",
    "Order",
    "Results",
    "Slice",
    "Suggestion",
    "cards",
    "describe",
    "did_you_mean",
    "facets",
    "fill",
    "find",
    "find_after",
    "listing_for",
    "mark",
    "parse",
    "passage",
    "rebuild",
    "refresh",
    "refresh_names",
]
