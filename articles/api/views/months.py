"""The archive by months, each a file that is read as it is sent."""

import base64
from typing import Any

from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from articles import changes
from articles.api import limits, months, transport
from articles.api.etags import of_plain_content
from articles.api.media_types import JSONRenderer
from articles.api.pagination import Count, Cursor, CursorPagination, Page
from articles.api.parameters import choices
from articles.api.views.base import Endpoint, ListEndpoint

JSON_LINES = "application/x-ndjson"


class MonthSerializer(serializers.Serializer[Any]):
    """A month in which articles were published, in the site's time zone."""

    month = serializers.CharField(help_text="YYYY-MM.")
    count = serializers.IntegerField(help_text="Its public articles.")
    url = serializers.URLField(help_text="All of them, a line each.")


class MonthList(ListEndpoint):
    """The months that have public articles, the newest first."""

    serializer_class = MonthSerializer
    pagination_class = CursorPagination
    renderer_classes = [JSONRenderer]
    filter_backends = []
    scope = "months"

    @extend_schema(operation_id="months_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        paginator = CursorPagination()
        paginator.read_request(request, self.scope)
        counts = months.months()
        page = _page(list(counts), paginator.cursor, paginator.size)
        results = [self._line(month, counts[month]) for month in page.rows]
        return Response(paginator.envelope(page, Count(len(counts)), results))

    def _line(self, month: int, count: int) -> dict[str, Any]:
        text = _text(month)
        return {"month": text, "count": count, "url": self.links.endpoint("month", text)}


class JSONLinesRenderer(JSONRenderer):
    """An article a line."""

    media_type = JSON_LINES
    format = "jsonl"


class MonthDetail(Endpoint):
    """All public articles of a month, the oldest first, with their bodies: JSON Lines."""

    renderer_classes = [JSONLinesRenderer]
    cost = limits.COST_OF_MANY
    parameters = [OpenApiParameter("fields", description="Only these keys of each article.")]

    @extend_schema(
        operation_id="months_retrieve",
        responses={
            (200, JSON_LINES): OpenApiResponse(
                OpenApiTypes.STR,
                description="An article a line, as in `changes/` with its body. `Repr-Digest` is "
                "the SHA-256 of all lines (`Unencoded-Digest` where the answer is compressed).",
            )
        },
    )
    def get(self, request: Request, month: str) -> FileResponse:
        number = months.month_of(month)
        if number is None:
            raise NotFound(f"“{month}” is no month such as 2026-02.")
        fields = choices(request.query_params, "fields", months.LINE) or months.LINE
        changes.read_what_is_written()
        # Before it is read: what changes meanwhile has another tag, and is asked for again.
        etag = f'"{months.state(number, fields, self.links.origin)}"'
        if etag in of_plain_content(request.headers.get("If-None-Match", "")):
            raise transport.NotModified(etag, None)
        file = months.render(number, fields, self.links)
        digest = base64.b64encode(file.sha256).decode()
        return FileResponse(
            file.content,
            content_type=f"{JSON_LINES}; charset=utf-8",
            headers={
                "ETag": etag,
                "Content-Length": str(file.size),
                "Content-Disposition": f'attachment; filename="{month}.jsonl"',
                "Repr-Digest": f"sha-256=:{digest}:",  # RFC 9530
            },
        )

    def perform_content_negotiation(
        self, request: Request, force: bool = False
    ) -> tuple[BaseRenderer, str]:
        """There is one form; who asks for JSON gets lines of it."""
        return JSONLinesRenderer(), JSON_LINES


def _page(all_months: list[int], cursor: Cursor | None, size: int) -> Page:
    """Some hundred months are read whole, and the page taken out of them."""
    if cursor is None:
        rows = all_months[:size]
    elif cursor.backwards:
        rows = [month for month in all_months if month > cursor.position[0]][-size:]
    else:
        rows = [month for month in all_months if month < cursor.position[0]][:size]
    if not rows:
        return Page([], None, None)
    return Page(
        rows,
        Cursor((rows[0],), backwards=True) if rows[0] != all_months[0] else None,
        Cursor((rows[-1],)) if rows[-1] != all_months[-1] else None,
    )


def _text(month: int) -> str:
    return f"{month // 100:04}-{month % 100:02}"
