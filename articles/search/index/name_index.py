"""Writes the names by which readers look up what articles are about: see ``SearchName``."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, reduce
from itertools import islice
from operator import or_
from typing import Any, NamedTuple

from django.db import connections, router, transaction
from django.db.models import Exists, Manager, OuterRef, Q, QuerySet, Value

from articles.models import (
    Author,
    ListingKind,
    ListingTotal,
    Organisation,
    OrganisationName,
    Person,
    PersonName,
    Place,
    PlaceName,
    SearchName,
    Section,
    Tag,
)
from articles.models.rows import insert_values
from articles.models.search_name import LONGEST_SEARCH_NAME
from articles.search.words.tokens import words

BATCH = 2_000
# Later words of a longer name lead to it no more.
_MOST_WORDS = 12
_START = 2

List = tuple[int, int]
"""Kind and key of a list."""

# Where names are, by the kind of list: the rows, and the columns of the list's key and the name.
_NAMES: tuple[tuple[ListingKind, Manager[Any], str], ...] = (
    (ListingKind.SECTION, Section.objects, "pk"),
    (ListingKind.AUTHOR, Author.objects, "pk"),
    (ListingKind.TAG, Tag.objects, "pk"),
    (ListingKind.PLACE, Place.objects, "pk"),
    (ListingKind.PLACE, PlaceName.objects, "place"),
    (ListingKind.PERSON, Person.objects, "pk"),
    (ListingKind.PERSON, PersonName.objects, "person"),
    (ListingKind.ORGANISATION, Organisation.objects, "pk"),
    (ListingKind.ORGANISATION, OrganisationName.objects, "organisation"),
)
_NAMED = tuple({kind: None for kind, *_ in _NAMES})


class _Row(NamedTuple):
    """The values of a row; ``start`` follows from its text."""

    kind: int
    key: int
    text: bytes
    is_whole: bool
    weight: int


def folded(name: str) -> str:
    """``name`` as it is looked up: the words that the index would have of it, one space between."""
    return " ".join(words(name))


def start_of(text: str) -> bytes:
    """What ``SearchName.start`` is of a folded name."""
    return text[:_START].encode()


def refresh(lists: Iterable[List]) -> None:
    """Bring the names of these lists up to date. Call it outside of any longer transaction, which
    others would wait for that write a name too, and after ``listings.refresh``: only what stands in
    a list is looked up, and what has more articles comes first.

    A constant number of queries for each 2,000 lists; nothing is written where nothing has changed.
    """
    remaining = iter(sorted(set(lists)))
    while batch := list(islice(remaining, BATCH)):
        _refresh(batch)


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Write the names of all lists anew, and return how many lists there are; ``progress`` is
    called with the number done after each batch."""
    surplus = surplus_lists(SearchName.objects.all()).iterator(chunk_size=BATCH)
    while emptied := list(islice(surplus, BATCH)):
        refresh(emptied)
    done = 0
    last: List = (0, -1)
    while batch := _next_batch(last):
        refresh(batch)
        last = batch[-1]
        done += len(batch)
        if progress:
            progress(done)
    return done


def surplus_lists(names: QuerySet[SearchName]) -> QuerySet[SearchName, List]:
    """The lists that ``names`` are of though no article stands in them, each once."""
    filled = ListingTotal.objects.filter(kind=OuterRef("kind"), key=OuterRef("key"), count__gt=0)
    surplus = names.exclude(Exists(filled)).order_by("kind", "key")
    return surplus.values_list("kind", "key").distinct()


def _next_batch(last: List) -> list[List]:
    kind, key = last
    totals = ListingTotal.objects.filter(kind__in=_NAMED, kind__gte=kind)
    totals = totals.filter(Q(kind__gt=kind) | Q(key__gt=key)).order_by("kind", "key")
    return list(totals.values_list("kind", "key")[:BATCH])


def wrong(lists: Iterable[List]) -> set[List]:
    """Those of ``lists`` whose names are not there as they should be. Three queries."""
    of_lists = set(lists)
    if not of_lists:
        return set()
    stored, wanted = _stored(of_lists), _wanted(of_lists)
    differing = {row[:4] for row in stored} ^ {row[:4] for row in wanted}
    return {(kind, key) for kind, key, *_ in differing}


def _refresh(lists: list[List]) -> None:
    stored, wanted = _stored(lists), _wanted(lists)
    kept = {row[:3] for row in wanted}
    gone = [pk for row, pk in stored.items() if row[:3] not in kept]
    new = sorted(wanted - stored.keys())
    connection = connections[router.db_for_write(SearchName)]
    # In one order for all writers, so that two of them cannot wait for each other.
    if gone:
        with transaction.atomic(using=connection.alias, savepoint=False):
            leaving = SearchName.objects.filter(pk__in=gone)
            list(leaving.select_for_update().order_by("kind", "key", "text").values_list("pk"))
            leaving.delete()
    if new:
        with transaction.atomic(using=connection.alias, savepoint=False):
            insert_values(
                connection,
                "articles_searchname (kind, key, text, is_whole, weight, start)",
                "(%s, %s, %s, %s, %s, %s)",
                [(*row, start_of(row.text.decode())) for row in new],
                "ON CONFLICT (kind, key, text) "
                "DO UPDATE SET is_whole = excluded.is_whole, weight = excluded.weight",
            )


def _stored(lists: Iterable[List]) -> dict[_Row, int]:
    """The rows that these lists have, with their keys."""
    columns = ("pk", *_Row._fields)
    return {
        _Row(kind, key, bytes(text), is_whole, weight): pk
        for pk, kind, key, text, is_whole, weight in SearchName.objects.filter(
            among(lists)
        ).values_list(*columns)
    }


def _wanted(lists: Iterable[List]) -> set[_Row]:
    """The rows that they should have: none without an article."""
    counts = ListingTotal.objects.filter(among(lists), count__gt=0)
    return set(
        _rows(
            {
                (kind, key): count.bit_length()
                for kind, key, count in counts.values_list("kind", "key", "count")
            }
        )
    )


def _rows(weights: Mapping[List, int]) -> Iterator[_Row]:
    """The rows of these lists; a name that is the end of another too is whole."""
    texts: dict[List, dict[bytes, bool]] = defaultdict(dict)
    for kind, key, name in names_of(weights):
        of_list = texts[kind, key]
        for text, is_whole in _texts(name):
            of_list[text] = of_list.get(text, False) or is_whole
    for (kind, key), of_list in texts.items():
        for text, is_whole in of_list.items():
            yield _Row(kind, key, text, is_whole, weights[kind, key])


@lru_cache(maxsize=20_000)
def _texts(name: str) -> tuple[tuple[bytes, bool], ...]:
    """``name`` from each of its words on, folded, with whether that is all of it. Kept, for imports
    save articles about the same few thousand names again and again."""
    of_name = words(name)
    ends = [" ".join(of_name[first:]) for first in range(min(len(of_name), _MOST_WORDS))]
    return tuple(
        (text[:LONGEST_SEARCH_NAME].rstrip().encode(), not first) for first, text in enumerate(ends)
    )


def names_of(lists: Iterable[List]) -> Iterable[tuple[int, int, str]]:
    """Every name that readers may read of what these lists are of, by kind and key. One query."""
    keys = defaultdict(set)
    for kind, key in lists:
        keys[kind].add(key)
    parts: list[QuerySet[Any, Any]] = [
        names.filter(**{f"{of}__in": keys[kind]})
        .order_by()
        .values_list(Value(int(kind)), of, "name")
        for kind, names, of in _NAMES
        if keys[kind]
    ]
    if not parts:
        return []
    first, *others = parts
    return first.union(*others, all=True) if others else first


def among(lists: Iterable[List]) -> Q:
    """The rows of a table with a kind and a key that are of these lists, of which there is one."""
    keys = defaultdict(list)
    for kind, key in lists:
        keys[kind].append(key)
    return reduce(or_, (Q(kind=kind, key__in=of_kind) for kind, of_kind in keys.items()))
