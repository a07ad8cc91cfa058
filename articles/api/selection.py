"""Which articles a list holds, in which order: by search, by time of change, or by address.

Each selection gives a page of ids from a cursor on, with a count. What is a single list is read
from the listings, what has words or several filters from the search index; both are ranges of an
index, as quick on the last page as on the first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, NamedTuple, Protocol

from django.db.models.functions import Greatest
from django.http import QueryDict
from rest_framework.exceptions import ValidationError

from articles import search
from articles.api.pagination import Count, Cursor, Order, Page, page_of, read_page
from articles.api.parameters import moment
from articles.api.visibility import public_article_at, public_articles
from articles.listings import Listing
from articles.search import Criteria, Patience
from articles.search.asking.criteria import PARAMETERS

# Each of these says by itself which articles it means.
_ALONE = ("path", "updated_since")
_EVERYTHING = Criteria()


class Selection(Protocol):
    """Some of the public articles, in an order."""

    @property
    def order(self) -> str:
        """The name of its order."""

    def read(
        self, cursor: Cursor | None, size: int, *, exact: bool, patience: Patience
    ) -> tuple[Page, Count]:
        """The ids of at most ``size`` articles from the cursor on, and how many there are in all,
        to the last if it must be ``exact``; a search ends with the reader's ``patience``."""

    @property
    def criteria(self) -> Criteria | None:
        """The search it answers, if it is one."""


def select(params: QueryDict, *, allowed_extra: Iterable[str]) -> Selection:
    """The articles that ``params`` ask for; ``allowed_extra`` names parameters read elsewhere.

    Raises ``ValidationError`` or ``CriteriaError``.
    """
    for alone in _ALONE:
        others = [name for name in (*PARAMETERS, *_ALONE) if name in params and name != alone]
        if alone in params and others:
            raise ValidationError({alone: [f"Cannot be combined with {', '.join(others)}."]})
    if (path := params.get("path")) is not None:
        if (pk := public_article_at(path)) is None:
            raise ValidationError({"path": [f"There is no public article at “{path}”."]})
        return AtAddress(pk)
    if (since := params.get("updated_since")) is not None:
        return Changed(moment("updated_since", since))
    is_search = any(name in params for name in PARAMETERS)
    criteria = search.parse(params, allowed_extra=allowed_extra) if is_search else _EVERYTHING
    listing = search.listing_for(criteria)
    return Listed(criteria, replace(listing, findable=True)) if listing else Found(criteria)


class _Entry(NamedTuple):
    """An article's place in a list."""

    public_from: datetime
    article_id: int


@dataclass(frozen=True, slots=True)
class Listed:
    """The articles of one list."""

    criteria: Criteria
    listing: Listing

    @property
    def order(self) -> str:
        return self._columns.name

    def read(
        self, cursor: Cursor | None, size: int, *, exact: bool, patience: Patience
    ) -> tuple[Page, Count]:
        backwards = cursor is not None and cursor.backwards
        entries = self.listing.beyond(
            (datetime.fromisoformat(cursor.position[0]), cursor.position[1]) if cursor else None,
            size + 1,
            newest_first=self._columns.descending != backwards,
        )
        page = page_of(list(map(_Entry._make, entries)), self._columns, cursor, size)
        return _ids(page, "article_id"), Count(self.listing.count())

    @property
    def _columns(self) -> Order:
        newest_first = self.criteria.order == search.Order.NEWEST
        return Order(("public_from", "article_id"), descending=newest_first)


@dataclass(frozen=True, slots=True)
class Found:
    """The articles that a search finds."""

    criteria: Criteria

    @property
    def order(self) -> str:
        return f"found by {self.criteria.order}"

    def read(
        self, cursor: Cursor | None, size: int, *, exact: bool, patience: Patience
    ) -> tuple[Page, Count]:
        after, backwards = (cursor.position, cursor.backwards) if cursor else (None, False)
        found = search.find_after(
            self.criteria, after, size=size, backwards=backwards, exact=exact, patience=patience
        )
        page = Page(
            found.article_ids,
            Cursor(found.first, backwards=True) if found.first and found.has_previous else None,
            Cursor(found.last) if found.last and found.has_next else None,
        )
        return page, Count(found.count.number, found.count.is_exact)


@dataclass(frozen=True, slots=True)
class Changed:
    """The articles that changed for readers at a time or later, in the order of that: by what was
    done to them, or by the clock, which made them public."""

    since: datetime
    order: ClassVar[str] = "changed"
    criteria: ClassVar[None] = None

    def read(
        self, cursor: Cursor | None, size: int, *, exact: bool, patience: Patience
    ) -> tuple[Page, Count]:
        changed_at = Greatest("updated_at", "public_from")  # as the index has it
        changed = public_articles().annotate(changed_at=changed_at)
        changed = changed.filter(changed_at__gte=self.since)
        rows = changed.values_list("changed_at", "id", named=True)
        page = read_page(rows, Order(("changed_at", "id")), cursor, size)
        return _ids(page, "id"), Count.of(changed, exact=exact)


@dataclass(frozen=True, slots=True)
class AtAddress:
    """The one article that has, or once had, an address."""

    pk: int
    order: ClassVar[str] = "at an address"
    criteria: ClassVar[None] = None

    def read(
        self, cursor: Cursor | None, size: int, *, exact: bool, patience: Patience
    ) -> tuple[Page, Count]:
        return Page([self.pk], None, None), Count(1)


def _ids(page: Page, column: str) -> Page:
    return replace(page, rows=[getattr(row, column) for row in page.rows])
