"""Finds what a person means by a slug, an id or any name of a place, a person and so on."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import F, Q, QuerySet, Value

from articles.models import Organisation, Person, Place
from articles.search.vocabulary import ENTITIES, Choice, known, resolve_all
from articles.text.folding import fold
from articles.text.slugs import slugify

MOST_NAMESAKES = 5
"""Entries of one name, any of which will do: who knows which was meant."""

_READ = 500
_LONGEST_ID = 18
# What has other names, spellings and scripts than its own.
_WITH_NAMES = (Place, Person, Organisation)

Found = dict[str, dict[str, tuple[Choice, ...]]]


def called(asked: Mapping[str, Collection[str]]) -> Found:
    """What each of the values of each parameter means, by value; one that means nothing is left
    out.

    An id goes before a slug and that before a name; case and accents make no difference. Only what
    readers may know of is found. One query, and one and three for each parameter more if there is
    a value that is neither: it may be a slug of old.
    """
    # What cannot be printed is in no name, and databases refuse some of it.
    asked = {name: {v for v in values if v.isprintable()} for name, values in asked.items()}
    found = _named(asked)
    missing = {
        parameter: {value: slugify(value) for value in values if value not in found[parameter]}
        for parameter, values in asked.items()
    }
    if any(missing.values()):
        of_old = resolve_all({parameter: slugs.values() for parameter, slugs in missing.items()})
        for parameter, slugs in missing.items():
            found[parameter] |= {
                value: (of_old[parameter][slug],)
                for value, slug in slugs.items()
                if slug in of_old[parameter]
            }
    return found


def _named(asked: Mapping[str, Collection[str]]) -> Found:
    found: Found = {parameter: {} for parameter in asked}
    for parameter, choices in _read(asked).items():
        for value in asked[parameter]:
            if meant := _meant(value, choices):
                found[parameter][value] = meant
    return found


def _meant(value: str, choices: list[tuple[Choice, str]]) -> tuple[Choice, ...]:
    """Those of the choices, each with a name it has, that ``value`` means."""
    for is_meant in (
        lambda choice, _: str(choice.key) == value,
        lambda choice, _: choice.slug == slugify(value),
        lambda _, name: name == fold(value),
    ):
        if meant := dict.fromkeys(one for one, name in choices if is_meant(one, name)):
            return tuple(meant)[:MOST_NAMESAKES]
    return ()


def _read(asked: Mapping[str, Collection[str]]) -> dict[str, list[tuple[Choice, str]]]:
    """What may be meant, by parameter, each with a name as it is compared. One query."""
    parts = [rows for parameter, values in asked.items() for rows in _rows(parameter, values)]
    if not parts:
        return {}
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    found: dict[str, list[tuple[Choice, str]]] = {parameter: [] for parameter in asked}
    for parameter, pk, slug, name, other_name in rows.order_by("pk")[:_READ]:
        found[parameter].append((Choice(pk, slug, name), other_name or fold(name)))
    return found


def _rows(parameter: str, values: Collection[str]) -> Iterator[QuerySet[Any]]:
    entities = known(parameter, findable=True)
    ids = [int(v) for v in values if v.isascii() and v.isdigit() and len(v) <= _LONGEST_ID]
    of_its_own = Q(slug__in=map(slugify, values)) | Q(name__in=values) | Q(pk__in=ids)
    columns = (Value(parameter), "pk", "slug", "name")
    yield entities.filter(of_its_own).order_by().values_list(*columns, Value(""))
    if issubclass(ENTITIES[parameter][1].model, _WITH_NAMES):
        others = entities.filter(names__folded__in=map(fold, values)).order_by()
        yield others.values_list(*columns, F("names__folded"))
