"""What every endpoint does: refuse unknown parameters, answer with an ETag, list by cursor."""

import hashlib
from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, status
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.api.formats import CSVRenderer, whole_list
from articles.api.links import Links
from articles.api.media_types import JSONRenderer
from articles.api.pagination import CursorPagination, Order
from articles.api.parameters import by_key, refuse_unknown
from articles.search.vocabulary import resolve


class Endpoint(APIView):
    """The base of all. ``parameters`` are what its address may carry."""

    parameters: ClassVar[Sequence[OpenApiParameter]] = ()

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        # An address is UTF-8, whatever charset the header of a body claims.
        request.encoding = "utf-8"
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        refuse_unknown(request.query_params, self.allowed_parameters())

    def allowed_parameters(self) -> set[str]:
        """The names of the parameters that are read."""
        has_forms = len(self.get_renderers()) > 1
        return {parameter.name for parameter in self.parameters} | (
            {"format"} if has_forms else set()
        )

    def get_renderers(self) -> list[BaseRenderer]:
        """The forms there are to read; what is written is answered in JSON."""
        is_read = self.request.method in ("GET", "HEAD")
        return super().get_renderers() if is_read else [JSONRenderer()]

    def handle_exception(self, exc: Exception) -> Response:
        # What goes wrong is said in JSON, in whatever form the answer would have been.
        renderer = JSONRenderer()
        self.request.accepted_renderer = renderer
        self.request.accepted_media_type = renderer.media_type
        return super().handle_exception(exc)

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        final = super().finalize_response(request, response, *args, **kwargs)
        # Anybody may keep an answer, but must ask whether it still holds: a change shows at once.
        final.headers.setdefault("Cache-Control", "no-cache")
        if not isinstance(final, Response):
            return final  # one that is sent while it is read
        final.add_post_render_callback(lambda rendered: _conditional(request, rendered))
        return final

    @cached_property
    def links(self) -> Links:
        return Links(self.request)

    def get_serializer_context(self) -> dict[str, Any]:
        return {"links": self.links}


class ListEndpoint(Endpoint, generics.ListAPIView[Any]):
    """A list by cursor, in ``order``; ``scope`` tells its cursors from those of other lists."""

    pagination_class = CursorPagination
    renderer_classes = [JSONRenderer, CSVRenderer]
    filterset_class: ClassVar[type[FilterSet] | None] = None
    order: ClassVar[Order]
    scope: ClassVar[str]

    def allowed_parameters(self) -> set[str]:
        filters = self.filterset_class.base_filters if self.filterset_class else {}
        return {*super().allowed_parameters(), *CursorPagination.parameters, *filters}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        is_table = isinstance(request.accepted_renderer, CSVRenderer)
        if is_table and "page_size" not in request.query_params:
            return whole_list(self, request)
        response = super().get(request, *args, **kwargs)
        if links := _links_header(response.data):
            response.headers["Link"] = links
        return response


class DetailEndpoint(Endpoint, generics.RetrieveAPIView[Any]):
    """One object by its id, or by its slug where it has one.

    ``modified`` names the column that says when it last changed, if there is one. ``parameter``
    is what a search calls it, if it is an entry of the vocabulary: a slug that it once had, and
    the slug or id of what was merged into it, lead on.
    """

    modified: ClassVar[str] = ""
    parameter: ClassVar[str] = ""

    def get_object(self) -> Any:
        key = self.kwargs["key"]
        condition = {"pk": key} if isinstance(key, int) else by_key(key)
        # A NUL is in no slug, and PostgreSQL refuses to look for one.
        found = None if "\0" in str(key) else self.get_queryset().filter(**condition).first()
        if found is None:
            raise Http404
        return found

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        try:
            found = self.get_object()
        except Http404:
            if moved := self._moved():
                return moved
            raise
        response = Response(self.get_serializer(found).data)
        if self.modified:
            response.headers["Last-Modified"] = http_date(getattr(found, self.modified).timestamp())
        return response

    def _moved(self) -> Response | None:
        """A permanent redirect to where the object has gone."""
        key, match = str(self.kwargs["key"]), self.request.resolver_match
        entry = resolve(self.parameter, [key]).get(key) if self.parameter else None
        if entry is None or match is None:
            return None
        address = reverse(match.view_name, args=[entry.key if key.isdecimal() else entry.slug])
        query = self.request.META.get("QUERY_STRING", "")
        return Response(
            status=status.HTTP_301_MOVED_PERMANENTLY,
            headers={"Location": f"{address}?{query}" if query else address},
        )


def _links_header(envelope: Any) -> str:
    """Where the pages beside this one are (RFC 8288), for forms that have no room to say it."""
    named = (("next", envelope["next"]), ("prev", envelope["previous"]))
    return ", ".join(f'<{address}>; rel="{name}"' for name, address in named if address)


def _conditional(request: HttpRequest, response: HttpResponse) -> HttpResponseBase | None:
    """The answer with its ETag, or 304 when the client has it already."""
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return None
    etag = f'"{hashlib.blake2b(response.content, digest_size=12).hexdigest()}"'
    response.headers["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)
