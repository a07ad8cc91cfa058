"""Who and what synthetic articles name: real places, invented everybody else."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from random import Random
from typing import NamedTuple, TypeVar

from articles.gazetteer.load import load as load_gazetteer
from articles.models import (
    Author,
    Containment,
    EntityKind,
    ListingKind,
    Organisation,
    Person,
    Place,
    PlaceName,
    Section,
    Tag,
)
from articles.models.article_facets import list_number
from articles.search.words.tokens import words
from articles.synthetic.prose import Prose
from articles.synthetic.rows import Row
from articles.synthetic.texts import Name
from articles.text.slugs import slugify

_SECTIONS, _AUTHORS, _TAGS, _PLACES, _PEOPLE, _ORGANISATIONS = 8, 60, 2000, 3000, 3000, 800

Lists = tuple[int, ...]
"""Lists of articles, by the numbers that ``ArticleFacets`` has of them."""

_MENTIONED = (EntityKind.PLACE, EntityKind.PERSON, EntityKind.ORGANISATION)

_Model = TypeVar("_Model", Author, Organisation, Person, Section, Tag)
_Any = TypeVar("_Any")


class Named(NamedTuple):
    """What an article names, with all that follows from it."""

    key: int
    name: str
    in_text: Name
    quoted: str
    """The name in JSON."""
    mentioned: Row
    """The kind, and the keys as a place, a person and an organisation, as a mention has them."""
    names: dict[str, str]
    """The name and each other one, with the words that they are searched by."""
    lists: Lists
    """Those that an article stands in which names it."""
    datelines: Lists = ()
    """Those that an article stands in which was filed from there."""


class Cast(NamedTuple):
    """Everybody and everything there is to be named, the most often named first."""

    sections: list[Named]
    authors: list[Named]
    tags: list[Named]
    places: list[Named]
    people: list[Named]
    organisations: list[Named]

    @classmethod
    def make(cls, prose: Prose) -> "Cast":
        """Write the entries of all into an archive that has at most places; without any, those of
        the packaged gazetteer."""
        if not Place.objects.exists():
            load_gazetteer()
        places = list(Place.objects.order_by("-population", "geonames_id")[:_PLACES])
        return cls(
            sections=_named(_invented(Section, prose, _SECTIONS, 1), ListingKind.SECTION),
            authors=_named(_invented(Author, prose, _AUTHORS, 2), ListingKind.AUTHOR),
            tags=_named(_invented(Tag, prose, _TAGS, 1), ListingKind.TAG),
            places=_real(places),
            people=_named(
                _invented(Person, prose, _PEOPLE, 2), ListingKind.PERSON, EntityKind.PERSON
            ),
            organisations=_named(
                _invented(Organisation, prose, _ORGANISATIONS, 3),
                ListingKind.ORGANISATION,
                EntityKind.ORGANISATION,
            ),
        )


def some(random: Random, among: Sequence[_Any], bounds: tuple[int, int]) -> list[_Any]:
    """Different ones, the first of them all far more often than the last."""
    chance = random.random
    least, most = bounds
    count = least + int((most - least + 1) * chance())
    chosen: dict[int, None] = {}
    while len(chosen) < count:
        chosen[int(len(among) * chance() ** 3)] = None
    return [among[index] for index in chosen]


def _invented(model: type[_Model], prose: Prose, count: int, parts: int) -> list[_Model]:
    """So many entries of a kind, their names of so many words and a number."""
    instances: list[_Model] = []
    for number in range(1, count + 1):
        name = prose.name(parts)
        instances.append(model(name=f"{name} {number}", slug=f"{slugify(name)}-{number}"))
    return model.objects.bulk_create(instances)


def _named(instances: Iterable[_Model], listing: ListingKind, kind: str = "") -> list[Named]:
    return [_entry(one.pk, kind, [one.name], (list_number(listing, one.pk),)) for one in instances]


def _real(places: Sequence[Place]) -> list[Named]:
    """Places with their other names and with the lists of what they lie in."""
    ids = [place.pk for place in places]
    others = defaultdict(list)
    rows = PlaceName.objects.filter(place__in=ids).order_by("pk")
    for pk, name in rows.values_list("place", "name"):
        others[pk].append(name)
    around = defaultdict(list)
    for inner, outer in Containment.objects.filter(inner__in=ids).values_list("inner", "outer"):
        around[inner].append(outer)
    return [
        _entry(
            place.pk,
            EntityKind.PLACE,
            [place.name, *others[place.pk]],
            _lists(ListingKind.PLACE, ListingKind.PLACE_ITSELF, place.pk, around[place.pk]),
            _lists(ListingKind.DATELINE, ListingKind.DATELINE_ITSELF, place.pk, around[place.pk]),
        )
        for place in places
    ]


def _lists(kind: ListingKind, itself: ListingKind, key: int, around: Iterable[int]) -> Lists:
    return (list_number(itself, key), *(list_number(kind, one) for one in (key, *around)))


def _entry(key: int, kind: str, names: Sequence[str], lists: Lists, datelines: Lists = ()) -> Named:
    return Named(
        key=key,
        name=names[0],
        in_text=Name.of(names[0]),
        quoted=json.dumps(names[0]),
        mentioned=(str(kind), *(key if kind == one else None for one in _MENTIONED)),
        names={name: " ".join(words(name)) for name in names},
        lists=lists,
        datelines=datelines,
    )
