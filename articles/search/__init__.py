"""Finds articles by words and by what they are about, newest first or by relevance.

Pages, feeds and the API ask with ``parse`` and ``find``; what changes an article calls
``refresh``. The index behind it is SQLite's FTS5 or PostgreSQL's full text, with the same results.
"""

from articles.search.asking.criteria import Criteria, CriteriaError, Filter, Order
from articles.search.asking.parameters import parse
from articles.search.asking.vocabulary import Choice
from articles.search.asking.wording import describe
from articles.search.finding.cards import Card, cards
from articles.search.finding.facets import FACETS, Branch, Facet, Facets, FacetValue, facets
from articles.search.finding.matching import Count
from articles.search.finding.passages import mark, passage
from articles.search.finding.results import Results, find, listing_for
from articles.search.finding.slices import Slice, find_after
from articles.search.finding.spelling import Suggestion, did_you_mean
from articles.search.index.backends.patience import Patience
from articles.search.index.writing import fill, rebuild, refresh, refresh_names, tidy

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
    "Patience",
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
    "tidy",
]
