"""The changes of the archive in order, for whoever keeps a copy of it."""

from datetime import datetime
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from articles import changes
from articles.api import loading
from articles.api.media_types import JSONRenderer
from articles.api.pagination import Count, Cursor, CursorPagination, Page
from articles.api.parameters import choices, moment
from articles.api.serializers.changes import ChangeSerializer
from articles.api.views.articles import read_fields
from articles.api.views.base import ListEndpoint
from articles.models import Change, ChangeKind

DOCUMENT = tuple(name for name in loading.IN_LIST if name != "comments")
"""The keys of an article that a copy can follow: no change tells of a comment."""

_SCOPE = "changes"
_NOT_OF_THIS_ARCHIVE = (
    "This cursor is of another state of the archive, such as one before a backup was brought back. "
    "Make the copy anew, and begin without a cursor."
)


class ChangePagination(CursorPagination):
    """The envelope of the changes, with the address that leads on from its end."""

    def read(self, request: Request, since: str | None, kinds: list[str]) -> list[Change]:
        """The changes of the page that is asked for; raises ``ValidationError``."""
        self.read_request(request, _SCOPE)
        beginning = 0 if since is None else changes.position_at(moment("since", since))
        cursor = self.cursor or Cursor((beginning, 0))
        position, stamp = cursor.position
        extent = changes.extent(position)
        if self.cursor and position and _stamp(extent.settled_at) != stamp:
            raise ValidationError({"cursor": [_NOT_OF_THIS_ARCHIVE]})
        stamps = {position: _stamp(extent.settled_at)}
        if cursor.backwards:
            reading = changes.before(position, beginning, self.size, kinds)
        else:
            reading = changes.after(max(position, beginning), extent.end, self.size, kinds)
        stamps |= {change.position: _stamp(change.settled_at) for change in reading.changes}
        is_first = reading.is_end if cursor.backwards else reading.first <= beginning + 1
        is_last = not cursor.backwards and reading.is_end
        self.resume = _cursor(reading.last, stamps)
        self.page = Page(
            reading.changes,
            None if is_first else _cursor(reading.first - 1, stamps, backwards=True),
            None if is_last else self.resume,
        )
        self.count = self._count(beginning, extent.end, kinds)
        return reading.changes

    def _count(self, beginning: int, end: int, kinds: list[str]) -> Count:
        """Positions are given without gaps, so that only those of some kinds have to be counted."""
        if not kinds:
            return Count(max(0, end - beginning))
        if self.wants_exact_count:
            of_kinds = Change.objects.filter(position__gt=beginning, kind__in=kinds)
            return Count(of_kinds.count())
        return Count(len(self.page.rows), is_exact=False)

    def envelope(self, *args: Any) -> dict[str, Any]:
        answer = super().envelope(*args)
        results = answer.pop("results")
        return answer | {"resume": self._link(self.resume), "results": results}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        envelope = super().get_paginated_response_schema(schema)
        envelope["properties"]["resume"] = {
            "type": "string",
            "format": "uri",
            "description": "What comes after this page, now or later: keep it, and ask it again.",
        }
        envelope["required"].append("resume")
        return envelope


class ChangeList(ListEndpoint):
    """Every change of an article before readers, once and in order, the oldest first.

    Keep `resume` of the last page that you have read and ask it again, later: it gives what came
    since. `document` is the article as it stands now, whatever the change was: put it in place of
    yours, or delete yours where it is null. What was taken out of search is removed.
    """

    serializer_class = ChangeSerializer
    pagination_class = ChangePagination
    renderer_classes = [JSONRenderer]
    filter_backends = []
    scope = _SCOPE
    parameters = [
        OpenApiParameter(
            "since",
            description="Begin with what could first be read at this time or later: a date or an "
            "ISO 8601 time.",
        ),
        OpenApiParameter(
            "kinds",
            description="Only changes of these kinds, such as `withdrawn,removed`; a page may then "
            f"hold fewer than `page_size`. Of: {', '.join(f'`{k}`' for k in ChangeKind.values)}.",
        ),
        OpenApiParameter("fields", description="Only these keys of `document`."),
        OpenApiParameter(
            "include", description="More in `document`: `body`, `comments`, `revisions`."
        ),
    ]

    @extend_schema(operation_id="changes_list")
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        params = request.query_params
        fields, included = read_fields(request, DOCUMENT)
        kinds = choices(params, "kinds", ChangeKind.values)
        changes.try_to_settle()
        paginator = ChangePagination()
        found = paginator.read(request, params.get("since"), kinds)
        documents = loading.load(
            list({change.article_id for change in found}),
            fields | {"id"},
            self.links,
            with_comments="comments" in included,
        )
        by_id = {document["id"]: document for document in documents}
        entries = changes.describe(found, by_id.keys(), self.links)
        if "id" not in fields:
            for document in documents:
                del document["id"]
        results = [entry | {"document": by_id.get(entry["article"])} for entry in entries]
        return Response(paginator.envelope(paginator.page, paginator.count, results))


def _cursor(position: int, stamps: dict[int | None, int], *, backwards: bool = False) -> Cursor:
    """A cursor that knows when its place in the order was given, so that it is not taken for one of
    a database that has been set back meanwhile."""
    if position and position not in stamps:
        stamps[position] = _stamp(changes.extent(position).settled_at)
    return Cursor((position, stamps.get(position, 0)), backwards)


def _stamp(settled_at: datetime | None) -> int:
    return int(settled_at.timestamp() * 1_000_000) if settled_at else 0
