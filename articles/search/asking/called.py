"""Finds what a person means by a slug, an id or any name of a place, a person and so on."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from articles.models import ListingKind, SearchName
from articles.search.asking.vocabulary import ENTITIES, Choice, resolve_all
from articles.search.index.name_index import folded
from articles.text.slugs import slugify

MOST_NAMESAKES = 5
"""Entries of one name, any of which will do, for who knows which was meant."""

_READ = 20  # of one name

Found = dict[str, dict[str, tuple[Choice, ...]]]


def called(asked: Mapping[str, Collection[str]]) -> Found:
    """What each of the values of each parameter means, by value; one that means nothing is left
    out.

    An id goes before a slug and that before a name; case, accents and spaces make no difference.
    Only what readers may know of is found, and by a name only what stands in a list. One query,
    and where a value is no slug two more, and three for each such parameter.
    """
    slugs = {
        parameter: {value: value if value.isdigit() else slugify(value) for value in values}
        for parameter, values in asked.items()
    }
    standing = resolve_all({parameter: of_one.values() for parameter, of_one in slugs.items()})
    found: Found = {}
    missing: dict[str, set[str]] = {}
    for parameter, of_one in slugs.items():
        known = standing[parameter]
        found[parameter] = {
            value: (known[slug],) for value, slug in of_one.items() if slug in known
        }
        missing[parameter] = of_one.keys() - found[parameter].keys()
    if any(missing.values()):
        for parameter, by_name in _by_name(missing).items():
            found[parameter] |= by_name
    return found


def _by_name(asked: Mapping[str, Collection[str]]) -> Found:
    """The same by names alone, of one name those that are most written about. Two queries."""
    names = {(_kind(parameter), folded(value)) for parameter in asked for value in asked[parameter]}
    first, *others = (
        SearchName.objects.filter(
            pk__in=SearchName.objects.filter(kind=kind, text=text.encode(), is_whole=True)
            .order_by("-weight", "key")
            .values("pk")[:_READ]
        ).values_list("kind", "text", "weight", "key")
        for kind, text in names
    )
    keys: dict[tuple[ListingKind, str], list[str]] = defaultdict(list)
    rows = first.union(*others, all=True)
    for kind, text, _, key in sorted(rows, key=lambda row: (-row[2], row[3])):
        keys[ListingKind(kind), bytes(text).decode()].append(str(key))
    meant = {
        parameter: {value: keys.get((_kind(parameter), folded(value)), []) for value in values}
        for parameter, values in asked.items()
    }
    known = resolve_all(
        {
            parameter: {key for of_value in of_one.values() for key in of_value}
            for parameter, of_one in meant.items()
        }
    )
    found: Found = {parameter: {} for parameter in asked}
    for parameter, of_one in meant.items():
        for value, of_value in of_one.items():
            if choices := [known[parameter][key] for key in of_value if key in known[parameter]]:
                found[parameter][value] = tuple(choices[:MOST_NAMESAKES])
    return found


def _kind(parameter: str) -> ListingKind:
    """Of the list whose names these are: articles are filed from places."""
    return ListingKind.PLACE if parameter == "dateline" else ENTITIES[parameter][0]
