"""Reads the parameters of ``/search/`` and of the API's article list, once for both."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import accumulate

from django.http import QueryDict

from articles.search.asking.criteria import (
    MOST_VALUES,
    NOT,
    PARAMETERS,
    Criteria,
    CriteriaError,
    Filter,
    Order,
    shown,
)
from articles.search.asking.field_words import with_field_words
from articles.search.asking.forms import forms_of
from articles.search.asking.languages import is_language_tag, language
from articles.search.asking.periods import Period, read_period
from articles.search.asking.vocabulary import ENTITIES, resolve_all


def parse(
    params: QueryDict | Mapping[str, list[str]], *, allowed_extra: Iterable[str] = ()
) -> Criteria:
    """Read parameters; ``allowed_extra`` names those that somebody else reads, such as ``page``.

    An empty value is as good as none, as forms send it. Raises ``CriteriaError`` for an unknown
    parameter, an unknown slug or id, and whatever else would give an answer to another question.
    What is typed in ``q`` is no error: see ``with_field_words``. Costs one query, if any parameter
    names an entity, one more, if ``q`` does, and one, if ``q`` has words to be found in all forms.
    """
    given = dict(params.lists() if isinstance(params, QueryDict) else params.items())
    given = {name: [value.strip() for value in values] for name, values in given.items()}
    errors: dict[str, list[str]] = {}
    known = {*PARAMETERS, *allowed_extra}
    for name in given.keys() - known:
        errors[name] = [f"No such parameter. There are: {', '.join(sorted(known))}."]
    # A lone half of a surrogate pair could be neither shown nor put in an address.
    q = _last(given, "q").encode("utf-8", "replace").decode("utf-8")
    filters = _entity_filters(given, errors) + _language_filters(given, errors)
    since, until = _period(given, "from", errors), _period(given, "to", errors)
    if since and until and since.start >= until.end:
        errors["to"] = [f"“{until.text}” is before “{since.text}”, where the search begins."]
        until = None
    criteria = Criteria(q, tuple(filters), since, until, _order(given, q, errors))
    if errors:
        raise CriteriaError(errors, criteria)
    return understood(criteria)


def understood(criteria: Criteria) -> Criteria:
    """``criteria`` with the field words of their ``q`` among the filters and dates, and the other
    words in all their forms. Never raises; costs what ``parse`` says of ``q``."""
    criteria = with_field_words(criteria)
    return replace(criteria, forms=forms_of(criteria.query))


def _last(given: Mapping[str, list[str]], name: str) -> str:
    return next((value for value in reversed(given.get(name, [])) if value), "")


@dataclass(frozen=True, slots=True)
class _Group:
    """Values of which one is asked for, or one that is ``excluded``."""

    values: tuple[str, ...]
    excluded: bool


def _groups(
    given: Mapping[str, list[str]], name: str, errors: dict[str, list[str]]
) -> list[_Group]:
    """``a,b|c,-d`` is a, either of b and c, and not d. Of too many the first."""
    groups = [
        group
        for text in given.get(name, [])
        for part in text.split(",")
        if (group := _group(part, name, errors)) and group.values
    ]
    if len(_values(groups)) > MOST_VALUES:
        errors[name] = [f"Too many values: give at most {MOST_VALUES}."]
    counts = accumulate(len(group.values) for group in groups)
    return [group for group, count in zip(groups, counts, strict=True) if count <= MOST_VALUES]


def _group(text: str, name: str, errors: dict[str, list[str]]) -> _Group | None:
    values = [value for part in text.split("|") if (value := part.strip())]
    excluded = [value for value in values if value.startswith(NOT)]
    if excluded and len(values) > 1:
        neither = ",".join(f"{NOT}{value.removeprefix(NOT)}" for value in values)
        reason = "“|” stands between values of which any will do. For none of them give"
        errors[name] = [f"“{shown(text)}” cannot be read: {reason} “{shown(neither)}”."]
        return None
    return _Group(tuple(value.removeprefix(NOT).strip() for value in values), bool(excluded))


def _values(groups: Iterable[_Group]) -> list[str]:
    return [value for group in groups for value in group.values]


def _entity_filters(given: Mapping[str, list[str]], errors: dict[str, list[str]]) -> list[Filter]:
    asked = {parameter: _groups(given, parameter, errors) for parameter in ENTITIES}
    found = resolve_all({name: _values(groups) for name, groups in asked.items()})
    filters = []
    for parameter, groups in asked.items():
        known = found[parameter]
        unknown = [value for value in _values(groups) if value not in known]
        if unknown:
            errors[parameter] = [
                f"There is no {parameter} “{shown(value)}” (give a slug or an id)."
                for value in dict.fromkeys(unknown)
            ]
        filters += [
            Filter(
                parameter,
                tuple(dict.fromkeys(known[value] for value in group.values)),
                group.excluded,
            )
            for group in groups
            if known.keys() >= set(group.values)
        ]
    return list(dict.fromkeys(filters))


def _language_filters(given: Mapping[str, list[str]], errors: dict[str, list[str]]) -> list[Filter]:
    groups = _groups(given, "language", errors)
    unknown = [value for value in _values(groups) if not is_language_tag(value)]
    if unknown:
        errors["language"] = [
            f"“{shown(value)}” is not a language tag, such as en, ur or en-GB."
            for value in dict.fromkeys(unknown)
        ]
    return [
        Filter("language", tuple(map(language, group.values)), group.excluded)
        for group in groups
        if not set(unknown).intersection(group.values)
    ]


def _period(
    given: Mapping[str, list[str]], name: str, errors: dict[str, list[str]]
) -> Period | None:
    text = _last(given, name)
    if not text:
        return None
    try:
        return read_period(text)
    except ValueError:
        errors[name] = [f"“{shown(text)}” is not a date: give YYYY, YYYY-MM or YYYY-MM-DD."]
        return None


def _order(given: Mapping[str, list[str]], q: str, errors: dict[str, list[str]]) -> Order:
    text = _last(given, "order") or Order.NEWEST
    if text not in set(Order):
        errors["order"] = [f"“{shown(text)}” is no order. There are: {', '.join(Order)}."]
        return Order.NEWEST
    if text == Order.RELEVANCE and not q:
        errors["order"] = ["The order “relevance” needs words to search for, in q."]
        return Order.NEWEST
    return Order(text)
