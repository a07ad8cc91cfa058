"""Lists as CSV (RFC 4180): a row for each thing, a column for each key, in UTF-8 with a header."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.http import QueryDict, StreamingHttpResponse
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

Row = Mapping[str, Any]

_PARTS = {
    "dateline": ("place", "text", "date", "year_is_guess"),
    "comments": ("open", "count", "url"),
    "image": ("file", "alt_text", "caption", "credit", "rights", "may_be_reused"),
    "author": ("name", "website"),
    "focal_point": ("x", "y"),
}
"""Keys that hold several things, each of which has a column, such as ``dateline_text``."""

_SHORT = ("slug", "name", "url", "text")
"""What stands for a thing within a cell: the first of these that it has."""

LONGEST = 10_000
"""Rows that come in one answer; a longer list comes a page at a time."""

_PAGE_SIZE = 100
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


class CSVRenderer(BaseRenderer):
    """One page of a list."""

    media_type = "text/csv"
    format = "csv"
    charset = "utf-8"
    render_style = "text"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> str:
        view = (renderer_context or {})["view"]
        return "".join(lines([data["results"]], keys_of(view)))


def whole_list(view: Any, request: Request) -> StreamingHttpResponse:
    """The list of ``view`` from its cursor to its end, sent a page at a time as it is read.

    Raises ``ValidationError`` for a list of more than ``LONGEST``.
    """
    query = request.query_params.copy()
    query["page_size"] = str(_PAGE_SIZE)
    first = _page(view, request, query)
    if first["count_relation"] == "gte" or first["count"] > LONGEST:
        reason = (
            f"The list has more than {LONGEST} rows. Narrow it, or ask for a page of up to"
            f" {_PAGE_SIZE} at a time and follow the header Link."
        )
        raise ValidationError({"page_size": [reason]})

    def pages() -> Iterator[Sequence[Row]]:
        answer = first
        yield answer["results"]
        while answer["next"]:
            answer = _page(view, request, QueryDict(urlsplit(answer["next"]).query))
            yield answer["results"]

    kind = f"{CSVRenderer.media_type}; charset=utf-8"
    return StreamingHttpResponse(lines(pages(), keys_of(view)), content_type=kind)


def _page(view: Any, request: Request, query: QueryDict) -> Any:
    """What ``view`` answers to ``query``, as when a client follows ``next``."""
    # Where DRF's request has its parameters.
    request._request.GET = query  # type: ignore[assignment]  # noqa: SLF001
    return view.list(request, *view.args, **view.kwargs).data


def keys_of(view: Any) -> list[str]:
    """The keys that the things in the list of ``view`` have, for a list with nothing in it."""
    return list(view.get_serializer().fields)


def lines(pages: Iterable[Sequence[Row]], keys: Sequence[str]) -> Iterator[str]:
    """The table, a page of rows at a time. ``keys`` are the columns where there is no row."""
    columns: list[tuple[str, str]] = []
    for page in pages:
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        if not columns:
            columns = [pair for key in (page[0] if page else keys) for pair in _columns(key)]
            writer.writerow([f"{key}_{part}" if part else key for key, part in columns])
        for row in page:
            writer.writerow([_cell(_value(row, key, part)) for key, part in columns])
        yield buffer.getvalue()


def _columns(key: str) -> list[tuple[str, str]]:
    return [(key, part) for part in _PARTS.get(key, ("",))]


def _value(row: Row, key: str, part: str) -> Any:
    value = row.get(key)
    return value.get(part) if part and isinstance(value, Mapping) else value


def _cell(value: Any) -> str:
    """``value`` as text. A program for tables takes what begins like a formula for one, so that
    text which does has an apostrophe before it; a number has none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = _text(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _text(value: Any) -> str:
    match value:
        case date():  # and a moment
            return value.isoformat()
        case Mapping():
            key = next((key for key in _SHORT if key in value), None)
            return str(value[key]) if key else orjson.dumps(value).decode()
        case list() | tuple():
            # An article may name somebody in two roles.
            return "|".join(dict.fromkeys(_text(each) for each in value))
        case _:
            return str(value)
