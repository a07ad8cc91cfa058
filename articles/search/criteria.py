"""What can be asked: the parameters of ``/search/`` and of the API's article list, read once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import get_language_info

from articles.models import ListingKind
from articles.search import query
from articles.search.periods import Period, read_period
from articles.search.query import Query
from articles.search.vocabulary import ENTITIES, Choice, resolve_all

# Before a value: not that one. No slug begins so (see ``articles.text.slugs``).
_NOT = "-"

FILTERS = (*ENTITIES, "language")
"""Parameters that may be given several times; all values must be met."""

PARAMETERS = ("q", *FILTERS, "from", "to", "order")
MOST_VALUES = 20

# The shape of BCP 47: a language of two or three letters, then script, region and variants.
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,4}")


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    RELEVANCE = "relevance"


class CriteriaError(ValueError):
    """Parameters that cannot be understood: ``errors`` has the messages for each of them."""

    def __init__(self, errors: Mapping[str, list[str]]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(message for of_one in errors.values() for message in of_one))


@dataclass(frozen=True, slots=True)
class Filter:
    """A parameter with the values of which an article must have at least one; ``excluded``, with
    the one that it must not have."""

    parameter: str
    choices: tuple[Choice, ...]
    excluded: bool = False

    @property
    def value(self) -> str:
        """The values as a parameter has them: ``gas|coal``, ``-sport``."""
        return _NOT * self.excluded + "|".join(choice.slug for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked for. Every filter must be met; ``since`` and ``until`` are both included."""

    q: str = ""
    filters: tuple[Filter, ...] = ()
    since: Period | None = None
    until: Period | None = None
    order: Order = Order.NEWEST

    @property
    def query(self) -> Query:
        """What ``q`` means; empty when it has no word to search for."""
        return query.read(self.q)

    @property
    def bounds(self) -> tuple[datetime | None, datetime | None]:
        """The first moment asked for and the first after the last."""
        return (
            self.since.start if self.since else None,
            self.until.end if self.until else None,
        )

    @property
    def params(self) -> list[tuple[str, str]]:
        """The parameters in their canonical order and form, what is by default left out."""
        values: dict[str, list[str]] = {}
        for chosen in self.filters:
            values.setdefault(chosen.parameter, []).append(chosen.value)
        params = {
            "q": self.q,
            **{parameter: ",".join(of_one) for parameter, of_one in values.items()},
            "from": self.since.text if self.since else "",
            "to": self.until.text if self.until else "",
            "order": self.order if self.order != Order.NEWEST else "",
        }
        return [(name, str(params[name])) for name in PARAMETERS if params.get(name)]

    @property
    def query_string(self) -> str:
        """The same search as an address: ``q=gas&place=sui&from=1955``."""
        return urlencode(self.params, safe=",|")

    def narrowed(self, parameter: str, choice: Choice) -> "Criteria":
        """These criteria and one more value that must be met."""
        return replace(self, filters=(*self.filters, Filter(parameter, (choice,))))

    def without(self, chosen: Filter) -> "Criteria":
        """These criteria but for one filter."""
        return replace(self, filters=tuple(one for one in self.filters if one != chosen))


def parse(
    params: QueryDict | Mapping[str, list[str]], *, allowed_extra: Iterable[str] = ()
) -> Criteria:
    """Read parameters; ``allowed_extra`` names those that somebody else reads, such as ``page``.

    An empty value is as good as none, as forms send it. Raises ``CriteriaError`` for an unknown
    parameter, an unknown slug or id, and whatever else would give an answer to another question.
    Costs one query, if any parameter names an entity.
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
    order = _order(given, q, errors)
    if errors:
        raise CriteriaError(errors)
    return Criteria(q, tuple(filters), since, until, order)


def listing_of(parameter: str) -> ListingKind:
    """The kind of list that a parameter of an entity stands for."""
    return ENTITIES[parameter][0]


def shorten(text: str) -> str:
    """``text`` on one line, cut to 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


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
    """``a,b|c,-d`` is a, either of b and c, and not d."""
    groups = [
        group
        for text in given.get(name, [])
        for part in text.split(",")
        if (group := _group(part, name, errors)) and group.values
    ]
    if len(_values(groups)) > MOST_VALUES:
        errors[name] = [f"Too many values: give at most {MOST_VALUES}."]
        return []
    return groups


def _group(text: str, name: str, errors: dict[str, list[str]]) -> _Group | None:
    values = [value for part in text.split("|") if (value := part.strip())]
    excluded = [value for value in values if value.startswith(_NOT)]
    if excluded and len(values) > 1:
        neither = ",".join(f"{_NOT}{value.removeprefix(_NOT)}" for value in values)
        reason = "“|” stands between values of which any will do. For none of them give"
        errors[name] = [f"“{_shown(text)}” cannot be read: {reason} “{_shown(neither)}”."]
        return None
    return _Group(tuple(value.removeprefix(_NOT).strip() for value in values), bool(excluded))


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
                f"There is no {parameter} “{_shown(value)}” (give a slug or an id)."
                for value in dict.fromkeys(unknown)
            ]
            continue
        filters += [
            Filter(
                parameter,
                tuple(dict.fromkeys(known[value] for value in group.values)),
                group.excluded,
            )
            for group in groups
        ]
    return list(dict.fromkeys(filters))


def _language_filters(given: Mapping[str, list[str]], errors: dict[str, list[str]]) -> list[Filter]:
    groups = _groups(given, "language", errors)
    unknown = [value for value in _values(groups) if not _LANGUAGE.fullmatch(value)]
    if unknown:
        errors["language"] = [
            f"“{_shown(value)}” is not a language tag, such as en, ur or en-GB."
            for value in dict.fromkeys(unknown)
        ]
        return []
    return [
        Filter("language", tuple(map(_language, group.values)), group.excluded) for group in groups
    ]


def _language(tag: str) -> Choice:
    try:
        name = str(get_language_info(tag)["name"])
    except KeyError:  # Django does not know every language there is
        name = tag
    return Choice(tag.lower(), tag, name)


def _period(
    given: Mapping[str, list[str]], name: str, errors: dict[str, list[str]]
) -> Period | None:
    text = _last(given, name)
    if not text:
        return None
    try:
        return read_period(text)
    except ValueError:
        errors[name] = [f"“{_shown(text)}” is not a date: give YYYY, YYYY-MM or YYYY-MM-DD."]
        return None


def _order(given: Mapping[str, list[str]], q: str, errors: dict[str, list[str]]) -> Order:
    text = _last(given, "order") or Order.NEWEST
    if text not in set(Order):
        errors["order"] = [f"“{_shown(text)}” is no order. There are: {', '.join(Order)}."]
        return Order.NEWEST
    if text == Order.RELEVANCE and not q:
        errors["order"] = ["The order “relevance” needs words to search for, in q."]
        return Order.NEWEST
    return Order(text)


def _shown(value: str) -> str:
    """A value fit for a message: short and printable."""
    return shorten("".join(character for character in value if character.isprintable()))
