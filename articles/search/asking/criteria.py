"""What can be asked of ``/search/`` and of the API's article list."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlencode

from articles.models import ListingKind
from articles.search.asking.forms import Forms, widened
from articles.search.asking.periods import Period
from articles.search.asking.vocabulary import ENTITIES, Choice
from articles.search.words import query
from articles.search.words.query import Query

NOT = "-"
"""Before a value: not that one. No slug begins so (see ``articles.text.slugs``)."""

FILTERS = (*ENTITIES, "language")
"""Parameters that may be given several times; all values must be met."""

PARAMETERS = ("q", *FILTERS, "from", "to", "order")

MOST_VALUES = 20
"""Of one parameter."""


class Order(StrEnum):
    NEWEST = "newest"
    OLDEST = "oldest"
    RELEVANCE = "relevance"


class CriteriaError(ValueError):
    """Parameters that cannot be understood: ``errors`` has the messages for each of them,
    ``criteria`` what else was asked, where the parameters themselves were not understood."""

    def __init__(self, errors: Mapping[str, list[str]], criteria: "Criteria | None" = None) -> None:
        self.errors = dict(errors)
        self.criteria = criteria or Criteria()
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
        return NOT * self.excluded + "|".join(choice.slug for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Criteria:
    """What is asked for. Every filter must be met; ``since`` and ``until`` are both included.

    ``notes`` say, in sentences for whoever typed it, what of ``q`` was taken otherwise than it was
    meant; they are no part of what is asked. ``forms`` are those in which articles have its words.
    """

    q: str = ""
    filters: tuple[Filter, ...] = ()
    since: Period | None = None
    until: Period | None = None
    order: Order = Order.NEWEST
    notes: tuple[str, ...] = field(default=(), compare=False)
    forms: Forms = field(default_factory=dict, compare=False, repr=False)

    @property
    def query(self) -> Query:
        """What ``q`` means; empty when it has no word to search for."""
        return widened(query.read(self.q), self.forms)

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

    def takes(self, parameter: str) -> bool:
        """Whether one more value of this parameter may be given."""
        of_one = (one.choices for one in self.filters if one.parameter == parameter)
        return sum(map(len, of_one)) < MOST_VALUES

    def narrowed(self, parameter: str, choice: Choice) -> "Criteria":
        """These criteria and one more value that must be met."""
        return replace(self, filters=(*self.filters, Filter(parameter, (choice,))))

    def without(self, chosen: Filter) -> "Criteria":
        """These criteria but for one filter."""
        return replace(self, filters=tuple(one for one in self.filters if one != chosen))


def listing_of(parameter: str) -> ListingKind:
    """The kind of list that a parameter of an entity stands for."""
    return ENTITIES[parameter][0]


def shorten(text: str) -> str:
    """``text`` on one line, cut to 80 characters."""
    line = " ".join(text.split())
    return line if len(line) <= 80 else f"{line[:79]}…"


def shown(value: str) -> str:
    """A value fit for a message: short and printable."""
    return shorten("".join(character for character in value if character.isprintable()))
