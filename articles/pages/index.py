"""Alphabetical indexes of tags, people, organisations and places that have articles."""

import string
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from django.core.paginator import EmptyPage, Paginator
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

from articles.listings import Listing, listed
from articles.models import ListingKind
from articles.pages.appearances import Appearances, appearances
from articles.pages.paging import PageLinks, page_number

Row = TypeVar("Row", bound=Model)

PAGE_SIZE = 120
# What is no longer than this is shown whole; what is longer, letter by letter.
_SHORT = 240
_LETTERS = string.ascii_lowercase
OTHER = "other"
"""The letter of what begins with none of a to z."""


@dataclass(frozen=True, slots=True)
class Index:
    """Rows in groups by first letter; ``letter`` is the one asked for, if any.

    Without rows the index is too long to be shown whole, and ``letters`` lead on. ``namesakes``
    are the names that more than one row has.
    """

    groups: list[tuple[str, list[Model]]]
    namesakes: frozenset[str]
    letters: Sequence[str]
    letter: str
    links: PageLinks | None


def index(request: HttpRequest, rows: QuerySet[Row], kind: ListingKind) -> Index:
    """The part of ``rows`` that ``?letter=`` and ``?page=`` ask for.

    ``rows`` have a slug, by which they are ordered and found; those without a public article are
    left out. Raises Http404 for a letter or page that there is not.
    """
    rows = listed(rows, kind).order_by("slug")
    letter = request.GET.get("letter", "")
    letters = [*_LETTERS, OTHER]
    if not letter:
        whole = list(rows[: _SHORT + 1])
        if len(whole) <= _SHORT:
            return Index(_grouped(whole), _namesakes(whole), [], "", None)
        return Index([], frozenset(), letters, "", None)
    if letter not in letters:
        raise Http404("letter is one of a to z, or other")
    page, links = paged(request, rows.filter(_begins_with(letter)))
    return Index(_grouped(page), _namesakes(page), letters, letter, links)


def paged(request: HttpRequest, rows: QuerySet[Row]) -> tuple[list[Row], PageLinks]:
    """The page of ``rows`` that ``?page=`` asks for. Raises Http404 when there is none."""
    paginator = Paginator(rows, PAGE_SIZE)
    try:
        page = paginator.page(page_number(request))
    except EmptyPage as error:
        raise Http404("there is no such page") from error
    return list(page.object_list), PageLinks.of(request, page.number, paginator.num_pages)


def lately(size: int = 12, articles: int = 60) -> Appearances:
    """Whom and what the latest articles of the archive name."""
    latest = Listing(ListingKind.ARCHIVE).entries().values_list("article", flat=True)
    return appearances(latest[:articles], size=size)


def _begins_with(letter: str) -> Q:
    """A range of slugs, which the index on them serves."""
    if letter == OTHER:
        return Q(slug__lt="a") | Q(slug__gte="zzzz")
    if letter == "z":
        return Q(slug__gte="z", slug__lt="zzzz")
    return Q(slug__gte=letter, slug__lt=_LETTERS[_LETTERS.index(letter) + 1])


def _grouped(rows: list[Row]) -> list[tuple[str, list[Model]]]:
    return [
        (letter.upper(), list(group))
        for letter, group in groupby(rows, lambda row: str(getattr(row, "slug", ""))[:1])
    ]


def _namesakes(rows: list[Row]) -> frozenset[str]:
    counts = Counter(str(row) for row in rows)
    return frozenset(name for name, count in counts.items() if count > 1)
