"""Which pages are still as they were: what each shows, and what has changed since.

Whatever reads for a public page says what it reads (``shown``); whatever changes something says
what it changed (``purging``, and ``triggers`` in the database), in the transaction that does it.
Who keeps pages compares the two (``reading``). Nothing here knows where pages are kept.
"""

from articles.freshness.clearing import KEPT, clear_out
from articles.freshness.programs import program
from articles.freshness.purging import (
    Things,
    each,
    purge,
    purge_everything,
    spans,
    whole_lists,
)
from articles.freshness.reading import (
    MOST_READ,
    Purged,
    due_between,
    next_due,
    position,
    purged_since,
    purges_from,
)
from articles.freshness.shown import (
    Collector,
    Span,
    Thing,
    collecting,
    holds_until,
    may_be_kept,
    shows,
    shows_each,
    shows_list,
)

__all__ = [
    "KEPT",
    "MOST_READ",
    "Collector",
    "Purged",
    "Span",
    "Thing",
    "Things",
    "clear_out",
    "collecting",
    "due_between",
    "each",
    "holds_until",
    "may_be_kept",
    "next_due",
    "position",
    "program",
    "purge",
    "purge_everything",
    "purged_since",
    "purges_from",
    "shows",
    "shows_each",
    "shows_list",
    "spans",
    "whole_lists",
]
