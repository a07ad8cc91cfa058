"""What a search is narrowed to, each part to be taken back, and what it can be narrowed to."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from articles.search import FACETS, Branch, Criteria, Facets, Filter

_TITLES = {
    "place": "Places",
    "person": "People",
    "organisation": "Organisations",
    "tag": "Topics",
    "section": "Sections",
    "author": "Authors",
    "year": "Years",
}


class Chip(NamedTuple):
    """A part of a search in force, and the search without it."""

    label: str
    address: str


class Group(NamedTuple):
    """Values of one sort to narrow a search by: those chosen already, and others with counts."""

    name: str
    title: str
    chosen: list[Chip]
    tree: Sequence[Branch]


def chips(criteria: Criteria) -> list[Chip]:
    """Every filter in force, and the dates."""
    return [*(_chip(criteria, chosen) for chosen in criteria.filters), *_dates(criteria)]


def groups(criteria: Criteria, counted: Facets) -> list[Group]:
    """The facets with what is chosen of them, those without either left out."""
    trees = {facet.parameter: facet.tree for facet in counted.facets}
    made = [
        Group(name, _TITLES[name], _chosen(criteria, name), trees.get(name, ())) for name in FACETS
    ]
    return [group for group in made if group.chosen or group.tree]


def _chosen(criteria: Criteria, name: str) -> list[Chip]:
    if name == "year":
        return _dates(criteria)
    return [_chip(criteria, one) for one in criteria.filters if one.parameter == name]


def _chip(criteria: Criteria, chosen: Filter) -> Chip:
    names = " or ".join(choice.name for choice in chosen.choices)
    label = f"not {names}" if chosen.excluded else names
    if chosen.parameter == "dateline":
        label = f"filed from {label}"
    return Chip(label, _address(criteria.without(chosen)))


def _dates(criteria: Criteria) -> list[Chip]:
    since, until = criteria.since, criteria.until
    if since and since == until:
        return [Chip(since.text, _address(replace(criteria, since=None, until=None)))]
    found = []
    if since:
        found.append(Chip(f"from {since.text}", _address(replace(criteria, since=None))))
    if until:
        found.append(Chip(f"until {until.text}", _address(replace(criteria, until=None))))
    return found


def _address(criteria: Criteria) -> str:
    return f"?{criteria.query_string}"
