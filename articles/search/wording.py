"""Says in words what is searched: ``“floods” in Balochistan, 2010 to 2022``."""

from articles.search.criteria import Criteria, Filter, Order, shorten

_LEADS = {
    "place": "in",
    "dateline": "filed from",
    "person": "with",
    "organisation": "with",
    "tag": "tagged",
    "section": "in the section",
    "author": "by",
    "language": "in",
}
_ORDERS = {Order.NEWEST: "", Order.OLDEST: "oldest first", Order.RELEVANCE: "best match first"}


def describe(criteria: Criteria) -> str:
    """``criteria`` as a reader would say them; plain text, to be escaped."""
    subject = f"“{shorten(criteria.q)}”" if criteria.q else "Articles"
    parts = [
        " ".join([subject, *map(_filter, criteria.filters)]),
        _dates(criteria),
        _ORDERS[criteria.order],
    ]
    return ", ".join(part for part in parts if part)


def _filter(chosen: Filter) -> str:
    names = " or ".join(choice.name for choice in chosen.choices)
    lead = _LEADS[chosen.parameter]
    return f"not {lead} {names}" if chosen.excluded else f"{lead} {names}"


def _dates(criteria: Criteria) -> str:
    since, until = criteria.since, criteria.until
    if since and until:
        return since.text if since == until else f"{since.text} to {until.text}"
    if since:
        return f"from {since.text}"
    return f"until {until.text}" if until else ""
