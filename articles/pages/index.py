"""Indexes of tags, people, organisations and places: by letter, or the most written about first."""

import string
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from articles.freshness import shows, shows_each
from articles.listings import Listing, Total, listed, most, totals
from articles.models import ListingKind, Organisation, Person, Place, Subject, Tag
from articles.models.prepared import PreparedInstances
from articles.pages.appearances import Appearances, appearances
from articles.pages.leafing import PAGE_SIZE, Leaf, leaf
from articles.pages.paging import Choice, choices, varied

Row = TypeVar("Row", Place, Person, Organisation, Tag)

# What is no longer than this is shown whole; what is longer, letter by letter.
_SHORT = 240
_LETTERS = string.ascii_lowercase
OTHER = "other"
"""The letter of what begins with none of a to z."""

_ORDERS = {"name": "A to Z", "most": "Most written about"}


_SUBJECTS = {
    ListingKind.ORGANISATION: Subject.ORGANISATION,
    ListingKind.PERSON: Subject.PERSON,
    ListingKind.PLACE: Subject.PLACE,
    ListingKind.TAG: Subject.TAG,
}


# What a line shows of an entry.
_SHOWN: dict[ListingKind, QuerySet[Any]] = {
    ListingKind.ORGANISATION: Organisation.objects.only("name", "slug", "kind"),
    ListingKind.PERSON: Person.objects.only("name", "slug"),
    ListingKind.PLACE: Place.objects.select_related("parent").only(
        "name", "slug", "kind", "parent__name", "country_code"
    ),
    ListingKind.TAG: Tag.objects.only("name", "slug"),
}
_by_id: dict[ListingKind, PreparedInstances[Any]] = {
    kind: PreparedInstances(int, lambda *ids, rows=rows: rows.filter(pk__in=ids).order_by())
    for kind, rows in _SHOWN.items()
}


class Line(NamedTuple):
    """An entry of an index with its number of articles; ``note`` tells it from others."""

    name: str
    address: str
    note: str
    number: int


@dataclass(frozen=True, slots=True)
class Index(Generic[Row]):
    """Lines in groups by first letter; ``letter`` is the one asked for, if any.

    Without lines the index is too long to be shown whole, and ``letters`` lead on. The most
    written about stand in one group without a letter.
    """

    groups: list[tuple[str, list[Line]]]
    letters: Sequence[Choice]
    letter: str
    orders: list[Choice]
    leaf: Leaf

    @property
    def is_ranked(self) -> bool:
        return self.orders[-1].is_chosen


def entries(kind: ListingKind) -> QuerySet[Any]:
    """All of ``kind``, with what a line of an index shows."""
    return _SHOWN[kind].all()


def index(
    request: HttpRequest,
    rows: QuerySet[Row],
    kind: ListingKind,
    note: Callable[[Row], str],
    *,
    is_narrowed: bool = False,
) -> Index[Row]:
    """The part of ``rows`` that ``?order=``, ``?letter=``, ``?after=`` and ``?before=`` ask for.

    ``rows`` have a slug, by which they are ordered and found; those without a public article are
    left out, and ``is_narrowed`` says that they are not all of their kind anyway. ``note`` is
    what a line says beside the name. Raises Http404 for a letter or order that there is not.
    """
    shows(_SUBJECTS[kind])
    shows_each(Subject.LISTS, [kind])
    orders = choices(request, "order", _ORDERS)
    letter = request.GET.get("letter", "")
    if orders[-1].is_chosen:
        ranked, way = _ranked(request, rows, kind, is_narrowed=is_narrowed)
        return Index([("", _lines(ranked, note))] if ranked else [], [], "", orders, way)
    rows = listed(rows, kind).order_by("slug")
    if not letter:
        whole = list(rows[: _SHORT + 1])
        if len(whole) <= _SHORT:
            return Index(_grouped(_counted(whole, kind), note), [], "", orders, Leaf("", ""))
        return Index([], _letters(request, ""), "", orders, Leaf("", ""))
    if letter not in [*_LETTERS, OTHER]:
        raise Http404("letter is one of a to z, or other")
    page, way = by_slug(request, rows.filter(_begins_with(letter)))
    lines = _grouped(_counted(page, kind), note)
    return Index(lines, _letters(request, letter), letter, orders, way)


def by_slug(request: HttpRequest, rows: QuerySet[Row]) -> tuple[list[Row], Leaf]:
    """The page of ``rows``, in the order of their slugs, that the request asks for."""

    def read(slug: str, backwards: bool) -> list[Row]:
        if backwards:
            return list(rows.filter(slug__lt=slug).order_by("-slug")[: PAGE_SIZE + 1])[::-1]
        return list(rows.filter(slug__gt=slug).order_by("slug")[: PAGE_SIZE + 1])

    return leaf(request, read, lambda row: row.slug)


def lines_of(kind: ListingKind, found: Sequence[Total]) -> list[Line]:
    """A line for each of these lists of ``kind``, the longest first."""
    return _lines(_with_entries(kind, found), lambda _: "")


def lately(size: int = 12, articles: int = 60) -> Appearances:
    """Whom and what the latest articles of the archive name."""
    return appearances(Listing(ListingKind.ARCHIVE).newest_ids(articles), size=size)


def _ranked(
    request: HttpRequest, rows: QuerySet[Row], kind: ListingKind, *, is_narrowed: bool
) -> tuple[list[tuple[Row, int]], Leaf]:
    among = rows.order_by().values("pk") if is_narrowed else None

    def read(slug: str, backwards: bool) -> list[tuple[Row, int]]:
        beyond = None
        if slug:
            beyond = rows.filter(slug=slug).values_list("pk", flat=True).first()
            if beyond is None:
                raise Http404(f"there is no {slug}")
        found = most(kind, PAGE_SIZE + 1, among, beyond, backwards=backwards)
        return _with_entries(kind, found)

    return leaf(request, read, lambda pair: pair[0].slug)


def _with_entries(kind: ListingKind, found: Sequence[Total]) -> list[tuple[Any, int]]:
    """The entries of these lists with their numbers."""
    entities = {one.pk: one for one in _by_id[kind](*(key for key, _ in found))} if found else {}
    return [(entities[key], count) for key, count in found if key in entities]


def _counted(rows: list[Row], kind: ListingKind) -> list[tuple[Row, int]]:
    counts = totals([kind], [row.pk for row in rows])
    return [(row, counts.get((kind, row.pk), 0)) for row in rows]


def _lines(pairs: list[tuple[Row, int]], note: Callable[[Row], str]) -> list[Line]:
    """The longest list first, those of equal length by name."""
    ordered = sorted(pairs, key=lambda pair: (-pair[1], pair[0].slug))
    return [_line(row, count, note(row)) for row, count in ordered]


def _grouped(
    pairs: list[tuple[Row, int]], note: Callable[[Row], str]
) -> list[tuple[str, list[Line]]]:
    """By first letter; a note is needed only where two have one name."""
    names = Counter(row.name for row, _ in pairs)
    return [
        (
            letter.upper(),
            [_line(row, count, note(row) if names[row.name] > 1 else "") for row, count in group],
        )
        for letter, group in groupby(pairs, lambda pair: pair[0].slug[:1])
    ]


def _line(row: Any, count: int, note: str) -> Line:
    return Line(row.name, row.get_absolute_url(), note, count)


def _letters(request: HttpRequest, chosen: str) -> list[Choice]:
    return [
        Choice(letter.upper() if letter != OTHER else "Other", varied(request, letter=letter),
               letter == chosen)
        for letter in (*_LETTERS, OTHER)
    ]  # fmt: skip


def _begins_with(letter: str) -> Q:
    """A range of slugs, which the index on them serves."""
    if letter == OTHER:
        return Q(slug__lt="a") | Q(slug__gte="zzzz")
    if letter == "z":
        return Q(slug__gte="z", slug__lt="zzzz")
    return Q(slug__gte=letter, slug__lt=_LETTERS[_LETTERS.index(letter) + 1])
