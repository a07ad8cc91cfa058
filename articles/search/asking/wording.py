"""Says in words what is searched: ``“floods” near “Quetta” without “sport” in Balochistan``."""

from collections.abc import Iterable, Sequence

from articles.search.asking.criteria import Criteria, Filter, Order, shorten
from articles.search.words import query
from articles.search.words.query import Query, Term
from articles.search.words.typed import USUAL_DISTANCE

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
_IN_HEADLINE = " in the headline"
# Of what is said of operators; longer, what was typed says it better.
_LONGEST = 200


def describe(criteria: Criteria) -> str:
    """``criteria`` as a reader would say them; plain text, to be escaped."""
    subject = _subject(criteria.q) if criteria.q else "Articles"
    if criteria.filters and subject.endswith(_IN_HEADLINE):
        subject += ","
    parts = [
        " ".join([subject, *map(_filter, criteria.filters)]),
        _dates(criteria),
        _ORDERS[criteria.order],
    ]
    return ", ".join(part for part in parts if part)


def _subject(q: str) -> str:
    asked = query.read(q)
    said = _wanted(asked)
    if asked.excluded:
        said = f"{said or 'Articles'} without {_any(asked.excluded)}"
    return said if said and len(said) <= _LONGEST else f"“{shorten(q)}”"


def _wanted(asked: Query) -> str:
    """What must be there: plain words together as they were typed, the rest with what it means."""
    near = {(each.first, each.second): each.distance for each in asked.near}
    said: list[str] = []
    plain: list[Term] = []
    for number, group in enumerate(asked.groups):
        distance = near.get((asked.groups[number - 1], group)) if number else None
        if distance is not None:
            said[-1] += f" {_distance(distance)} {_any(group)}"
        elif _is_plain(group) and not any(group == first for first, _ in near):
            plain += group
            continue
        else:
            said += [*_together(plain), _any(group)]
        plain = []
    return " and ".join([*said, *_together(plain)])


def _is_plain(group: Sequence[Term]) -> bool:
    return len(group) == 1 and not (group[0].in_headline or group[0].is_prefix or group[0].is_exact)


def _together(plain: Sequence[Term]) -> list[str]:
    return [f"“{shorten(' '.join(map(_typed, plain)))}”"] if plain else []


def _any(terms: Iterable[Term]) -> str:
    """Any of ``terms``."""
    return " or ".join(map(_term, terms))


def _term(term: Term) -> str:
    said = f"“{shorten(_typed(term))}{'…' if term.is_prefix else ''}”"
    if term.is_exact:
        said = f"{'the phrase' if len(term.words) > 1 else 'exactly'} {said}"
    return f"{said}{_IN_HEADLINE}" if term.in_headline else said


def _typed(term: Term) -> str:
    return term.typed.strip("()*")


def _distance(words: int) -> str:
    if words == USUAL_DISTANCE:
        return "near"
    if words == 0:
        return "next to"
    return f"within {words} word{'s' * (words > 1)} of"


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
