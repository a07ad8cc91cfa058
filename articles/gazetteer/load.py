"""Loads the packaged gazetteer: places with coordinates, other names and their hierarchy."""

import csv
import gzip
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import (
    Containment,
    FormerSlug,
    Place,
    PlaceKind,
    PlaceName,
    VocabularyKind,
    rows,
)
from articles.text.folding import fold
from articles.text.slugs import slugify

PLACES_FILE = Path(__file__).parent / "places.csv.gz"
_PLACE = (
    "name", "slug", "description", "wikidata_id", "is_reviewed", "created_at", "updated_at", "kind",
    "parent", "latitude", "longitude", "country_code", "iso_code", "geonames_id", "population",
    "is_common_word",
)  # fmt: skip
_NAME = ("place", "name", "language", "is_preferred", "is_common_word", "folded")
_WORLD = frozenset({PlaceKind.COUNTRY, PlaceKind.TERRITORY})


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many places a load added, and how many it found already there."""

    added: int
    present: int


@dataclass(frozen=True, slots=True)
class _Row:
    geonames_id: int
    name: str
    kind: str
    parent: int | None
    country: str
    iso: str
    latitude: float | None
    longitude: float | None
    population: int
    is_common_word: bool
    names: tuple[tuple[str, str], ...]


@transaction.atomic
def load(countries: Iterable[str] = ()) -> Loaded:
    """Add the packaged places of these countries (ISO 3166-1 alpha-2), or of all.

    Every country itself is loaded whatever is asked for, since articles name countries from
    anywhere. A place that is already there, known by its GeoNames id, is left as editors made it;
    what lies in one that they merged into another comes to lie in that other.

    Raises ValueError naming a country code that the gazetteer does not have.
    """
    packaged = list(_rows())
    wanted = {code.upper() for code in countries}
    if unknown := wanted - {row.country for row in packaged}:
        raise ValueError(f"the gazetteer has no country {', '.join(sorted(unknown))}")
    if wanted:
        packaged = [row for row in packaged if row.country in wanted or row.kind in _WORLD]
    present = _present()
    new = [row for row in packaged if row.geonames_id not in present]
    slugs = _slugs(new, packaged)
    now = timezone.now()
    for generation in _generations(new, present):
        places = [_place(row, slugs[row.geonames_id], present, now) for row in generation]
        rows.insert(Place, _PLACE, places)
        present = _present()
    names = (_names(row, present[row.geonames_id]) for row in new)
    rows.insert(PlaceName, _NAME, chain.from_iterable(names))
    # As stored, since an editor may have put a place that was there already in another.
    parents = dict(Place.objects.values_list("pk", "parent"))
    added = [present[row.geonames_id] for row in new]
    rows.insert(
        Containment,
        ("inner", "outer", "depth"),
        [
            (inner, outer, depth)
            for inner in added
            for depth, outer in enumerate(_chain(parents[inner], parents), 1)
        ],
    )
    return Loaded(added=len(new), present=len(packaged) - len(new))


def _present() -> dict[int, int]:
    """The places that are there, by their GeoNames ids; for one that was merged into another, that
    other."""
    known = Place.objects.filter(geonames_id__isnull=False).order_by()
    return {
        geonames_id: merged_into or pk
        for geonames_id, pk, merged_into in known.values_list("geonames_id", "pk", "merged_into")
        if geonames_id is not None
    }


def _rows() -> Iterator[_Row]:
    with gzip.open(PLACES_FILE, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _Row(
                geonames_id=int(row["geonameid"]),
                name=row["name"],
                kind=row["kind"],
                parent=int(row["parent"]) if row["parent"] else None,
                country=row["country"],
                iso=row["iso"],
                latitude=float(row["latitude"]) if row["latitude"] else None,
                longitude=float(row["longitude"]) if row["longitude"] else None,
                population=int(row["population"] or 0),
                is_common_word=row["common_word"] == "1",
                names=tuple(
                    (language, name)
                    for language, _, name in (
                        other.partition(":") for other in row["names"].split("|") if other
                    )
                ),
            )


def _generations(remaining: list[_Row], present: dict[int, int]) -> Iterator[list[_Row]]:
    """The rows in groups, each with its parents in the groups before it."""
    known = set(present)
    while remaining:
        ready = [row for row in remaining if row.parent is None or row.parent in known]
        if not ready:
            raise ValueError(f"the gazetteer lacks the parent of {remaining[0].name}")
        yield ready
        known.update(row.geonames_id for row in ready)
        remaining = [row for row in remaining if row.geonames_id not in known]


def _place(row: _Row, slug: str, present: dict[int, int], now: datetime) -> tuple[Any, ...]:
    """The values of ``_PLACE``."""
    parent = present[row.parent] if row.parent else None
    return (
        *(row.name, slug, "", "", True, now, now, row.kind, parent, row.latitude, row.longitude),
        *(row.country, row.iso, row.geonames_id, row.population, row.is_common_word),
    )


def _names(row: _Row, place: int) -> Iterator[tuple[Any, ...]]:
    """The values of ``_NAME`` for each other name of a place."""
    for language, name in dict.fromkeys(row.names):
        yield place, name, language, False, False, fold(name)


def _chain(parent: int | None, parents: dict[int, int | None]) -> Iterator[int]:
    while parent:
        yield parent
        parent = parents.get(parent)


def _slugs(new: list[_Row], packaged: list[_Row]) -> dict[int, str]:
    """The plain slug goes to the best known place of a name: ``hyderabad`` to the one with most
    people, ``hyderabad-sindh`` to the next; a division of its capital's name comes second."""
    by_id = {row.geonames_id: row for row in packaged}
    weight: Counter[int] = Counter()
    for row in packaged:
        weight[row.geonames_id] += row.population
        parent = by_id.get(row.parent or 0)
        if parent and parent.kind == PlaceKind.DIVISION and parent.name != row.name:
            weight[parent.geonames_id] += row.population
    taken = set(Place.objects.values_list("slug", flat=True))
    # An address that once led to a place goes on doing so.
    former = FormerSlug.objects.filter(kind=VocabularyKind.PLACE)
    taken.update(former.values_list("slug", flat=True))
    slugs: dict[int, str] = {}
    parents = {row.geonames_id: row.parent for row in packaged}
    for row in sorted(
        new, key=lambda row: (row.kind not in _WORLD, -weight[row.geonames_id], row.geonames_id)
    ):
        outer = [by_id[pk].name for pk in _chain(row.parent, parents) if pk in by_id]
        plain = slugify(row.name)
        longer = (slugify(f"{row.name} {' '.join(outer[:count])}") for count in (1, 2))
        slug = next(
            (slug for slug in (plain, *longer) if slug and slug not in taken),
            f"{plain}-{row.geonames_id}",
        )
        taken.add(slug)
        slugs[row.geonames_id] = slug
    return slugs
