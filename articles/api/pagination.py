"""Moves through lists by cursor: any page costs what the first costs, and none is skipped.

A cursor says after (or before) which position a page begins, not how many rows to skip. Rows
added or withdrawn meanwhile therefore move nothing: what has been read stays read, what is still
to come is still to come.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.core.signing import BadSignature, Signer
from django.db.models import Q, QuerySet
from django.http import QueryDict
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.api.links import Links
from articles.api.parameters import choices, whole_number

DEFAULT_PAGE_SIZE = 20
LARGEST_PAGE_SIZE = 100
COUNTED_EXACTLY = 10_000


@dataclass(frozen=True, slots=True)
class Order:
    """One or two columns, the last of them unique, both in the same direction."""

    columns: tuple[str, ...]
    descending: bool = False

    @property
    def name(self) -> str:
        return ("-" if self.descending else "") + ",".join(self.columns)

    def position(self, row: Any) -> tuple[Any, ...]:
        values = (getattr(row, column) for column in self.columns)
        return tuple(v.isoformat() if isinstance(v, datetime) else v for v in values)

    def apply(self, rows: QuerySet[Any, Any], cursor: Cursor | None) -> QuerySet[Any, Any]:
        """``rows`` beginning at the cursor, in reverse when it leads backwards."""
        backwards = cursor is not None and cursor.backwards
        descending = self.descending != backwards
        sign = "-" if descending else ""
        rows = rows.order_by(*(sign + column for column in self.columns))
        return rows.filter(self._beyond(cursor.position, descending)) if cursor else rows

    def _beyond(self, position: tuple[Any, ...], descending: bool) -> Q:
        comparison = "lt" if descending else "gt"
        first, *rest = self.columns
        strictly = Q((f"{first}__{comparison}", position[0]))
        if not rest:
            return strictly
        # The bound on the first column alone is what lets the index find the place.
        return Q((f"{first}__{comparison}e", position[0])) & (
            strictly | Q((f"{rest[0]}__{comparison}", position[1]))
        )


@dataclass(frozen=True, slots=True)
class Orders:
    """The orders that a list is given in, by the names to ask for them; by itself in the first.

    ``of_parameter`` names orders that there are with a parameter only, which then are the usual.
    """

    named: Mapping[str, Order]
    of_parameter: Mapping[str, str] = field(default_factory=dict)

    def read(self, params: QueryDict) -> Order:
        """The order that ``params`` ask for; raises ``ValidationError`` for one that is none."""
        usual = [name for name, needed in self.of_parameter.items() if params.get(needed)]
        name = params.get("order") or next(iter([*usual, *self.named]))
        if name not in self.named:
            reason = f"“{name}” is no order of this list. There are: {', '.join(self.named)}."
            raise ValidationError({"order": [reason]})
        if name in self.of_parameter and name not in usual:
            reason = f"The order “{name}” needs the parameter {self.of_parameter[name]}."
            raise ValidationError({"order": [reason]})
        return self.named[name]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A position in a list and the direction to read from there."""

    position: tuple[Any, ...]
    backwards: bool = False

    def encode(self, scope: str) -> str:
        """Opaque text, signed, so that only cursors we gave out come back; ``scope`` names the
        list and its order."""
        return _signer(scope).sign_object([self.backwards, *self.position])

    @classmethod
    def decode(cls, text: str, scope: str) -> Cursor:
        """Raises ``ValidationError`` for anything but a cursor of this list."""
        try:
            backwards, *position = _signer(scope).unsign_object(text)
        except (BadSignature, ValueError) as error:
            raise ValidationError(
                {"cursor": ["Not a cursor of this list. Take “next” and “previous” as they are."]}
            ) from error
        return cls(tuple(position), backwards)


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and the cursors that lead on and back; None where the list ends."""

    rows: list[Any]
    previous: Cursor | None
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows a list has, or at least has."""

    number: int
    is_exact: bool = True

    @classmethod
    def of(cls, rows: QuerySet[Any, Any], *, exact: bool) -> Count:
        """Count ``rows``, giving up at ``COUNTED_EXACTLY`` unless it must be ``exact``."""
        rows = rows.order_by()
        if exact:
            return cls(rows.count())
        counted = rows[: COUNTED_EXACTLY + 1].count()
        return cls(min(counted, COUNTED_EXACTLY), is_exact=counted <= COUNTED_EXACTLY)


def read_page(rows: QuerySet[Any, Any], order: Order, cursor: Cursor | None, size: int) -> Page:
    """At most ``size`` rows from the cursor on, in the list's own order either way."""
    return page_of(list(order.apply(rows, cursor)[: size + 1]), order, cursor, size)


def page_of(found: list[Any], order: Order, cursor: Cursor | None, size: int) -> Page:
    """The page that begins at the cursor, of ``found``: what stands there in the direction it
    leads to, one row more than ``size`` if there are as many."""
    has_more = len(found) > size
    del found[size:]
    backwards = cursor is not None and cursor.backwards
    if backwards:
        found.reverse()
    if not found:
        return Page([], None, None)
    has_next = has_more or backwards
    has_previous = has_more if backwards else cursor is not None
    return Page(
        found,
        Cursor(order.position(found[0]), backwards=True) if has_previous else None,
        Cursor(order.position(found[-1])) if has_next else None,
    )


class CursorPagination(BasePagination):
    """The paging of every list: ``cursor``, ``page_size`` and ``count``."""

    parameters = {
        "cursor": "Where the page begins: take “next” or “previous” of an answer as they are.",
        "page_size": f"How many to a page, 1 to {LARGEST_PAGE_SIZE}.",
        "count": "With “exact” the list is counted to its end, however long it is.",
    }

    @classmethod
    def names(cls, view: Any) -> set[str]:  # noqa: ARG003 -- what others read depends on it
        """The parameters that are read of a list of ``view``."""
        return set(cls.parameters)

    def read_request(self, request: Request, scope: str) -> None:
        """Read the paging parameters; raises ``ValidationError`` naming the one that is wrong."""
        params = request.query_params
        self.request = request
        self.scope = scope
        self.size = whole_number(
            params, "page_size", default=DEFAULT_PAGE_SIZE, lowest=1, highest=LARGEST_PAGE_SIZE
        )
        self.wants_exact_count = bool(choices(params, "count", ["exact"]))
        text = params.get("cursor")
        self.cursor = None if text is None else Cursor.decode(text, scope)

    def envelope(self, page: Page, count: Count, results: Sequence[Any]) -> dict[str, Any]:
        """The answer of every list; ``results`` are the rows of ``page`` as they are given."""
        return {
            "count": count.number,
            "count_relation": "eq" if count.is_exact else "gte",
            "next": self._link(page.next),
            "previous": self._link(page.previous),
            "results": results,
        }

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": ["string", "null"], "format": "uri"}
        properties = {
            "count": {"type": "integer", "minimum": 0},
            "count_relation": {
                "type": "string",
                "enum": ["eq", "gte"],
                "description": "Whether the list has as many, or at least as many.",
            },
            "next": link,
            "previous": link,
            "results": schema,
        }
        return {"type": "object", "required": list(properties), "properties": properties}

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        schemas: dict[str, dict[str, Any]] = {
            "cursor": {"type": "string"},
            "page_size": {
                "type": "integer",
                "minimum": 1,
                "maximum": LARGEST_PAGE_SIZE,
                "default": DEFAULT_PAGE_SIZE,
            },
            "count": {"type": "string", "enum": ["exact"]},
        }
        return [
            {"name": name, "in": "query", "description": text, "schema": schemas[name]}
            for name, text in self.parameters.items()
        ]

    def _link(self, cursor: Cursor | None) -> str | None:
        if cursor is None:
            return None
        params = {**dict(self.request.query_params.lists()), "cursor": cursor.encode(self.scope)}
        query = urlencode(params, doseq=True)
        return f"{Links(self.request).origin}{self.request.path}?{query}"


class RowsPagination(CursorPagination):
    """The paging of a queryset, in one of the view's ``orders`` or in its only ``order``, and with
    the keys in ``fields`` alone."""

    @classmethod
    def names(cls, view: Any) -> set[str]:
        return {*super().names(view), "fields", *(["order"] if view.orders else [])}

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        params = request.query_params
        order = view.orders.read(params) if view.orders else view.order
        self.fields = choices(params, "fields", _keys(view))
        self.read_request(request, scope=f"{view.scope} {order.name}")
        self.page = read_page(queryset, order, self.cursor, self.size)
        self.count = Count.of(queryset, exact=self.wants_exact_count)
        return self.page.rows

    def get_paginated_response(self, data: Sequence[Any]) -> Response:
        if self.fields:
            data = [{key: row[key] for key in row if key in self.fields} for row in data]
        return Response(self.envelope(self.page, self.count, data))

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        keys = ", ".join(_keys(view))
        described = [
            {
                "name": "fields",
                "in": "query",
                "description": f"Only these keys, with commas between, of: {keys}.",
                "schema": {"type": "string"},
            }
        ]
        if orders := getattr(view, "orders", None):
            described.append(
                {
                    "name": "order",
                    "in": "query",
                    "description": "".join(
                        f"`{name}` needs `{needed}`, and is then the usual. "
                        for name, needed in orders.of_parameter.items()
                    ).strip(),
                    "schema": {"type": "string", "enum": list(orders.named)},
                }
            )
        return super().get_schema_operation_parameters(view) + described


def _keys(view: Any) -> list[str]:
    """What each thing in the list of ``view`` has."""
    return list(view.get_serializer().fields)


def _signer(scope: str) -> Signer:
    return Signer(salt=f"articles.api.cursor {scope}", sep=".")
