"""What every endpoint does: keep to the limits, refuse what cannot be read, answer with an ETag,
list by cursor."""

from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.http import http_date
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiParameter
from rest_framework import generics, status
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from articles.api import bodies, freshness, limits, transport
from articles.api.formats import CSVRenderer, whole_list
from articles.api.links import Links
from articles.api.media_types import JSONRenderer
from articles.api.pagination import CursorPagination, Order, Orders, RowsPagination
from articles.api.parameters import by_key, refuse_unreadable
from articles.search.asking.vocabulary import resolve


class Endpoint(APIView):
    """The base of all. ``parameters`` are what its address may carry, ``repeatable`` and
    ``may_be_empty`` those that may be given twice and without a value, ``typed`` those that may
    hold whatever somebody types; ``cost`` is how many requests one here counts as."""

    parameters: ClassVar[Sequence[OpenApiParameter]] = ()
    repeatable: ClassVar[Collection[str]] = ()
    may_be_empty: ClassVar[Collection[str]] = ()
    typed: ClassVar[Collection[str]] = ()
    cost: ClassVar[int] = 1
    quota: limits.Quota | None = None
    visit: freshness.Visit | None = None

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        # An address is UTF-8, whatever charset the header of a body claims.
        request.encoding = "utf-8"
        return super().initialize_request(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        self.spend(request, self.cost)
        bodies.refuse_excess(request)
        super().initial(request, *args, **kwargs)
        if str(request.method) not in self.allowed_methods:
            self.http_method_not_allowed(request)
        refuse_unreadable(
            request.query_params,
            self.allowed_parameters(),
            repeatable=self.repeatable,
            may_be_empty=self.may_be_empty,
            typed=self.typed,
        )
        if self.quota:
            self.visit = freshness.visit(request, self.quota.allowance, self.cost)

    def spend(self, request: Request, cost: int) -> None:
        """Take ``cost`` from the quota of whoever asks; raises ``TooMany`` when it is used up."""
        self.quota = limits.take(request, cost)
        if self.quota and self.quota.is_exceeded:
            raise limits.TooMany(self.quota.seconds)

    def allowed_parameters(self) -> set[str]:
        """The names of the parameters that are read."""
        return {"format", *(parameter.name for parameter in self.parameters)}

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
        transport.describe(request, final)
        if final.streaming:  # it is sent while it is read
            delivered: Response = self._deliver(request, final)
            return delivered
        final.add_post_render_callback(lambda rendered: self._deliver(request, rendered))
        return final

    def _deliver(self, request: Request, response: HttpResponseBase) -> Any:
        delivered = transport.deliver(request, response)
        is_whole = response.status_code == status.HTTP_200_OK and not response.streaming
        if self.visit and is_whole and "ETag" in delivered.headers:
            self.visit.remember(delivered)
        if self.quota:
            for name, value in self.quota.headers.items():
                delivered.headers[name] = value
        return delivered

    @cached_property
    def links(self) -> Links:
        return Links(self.request)

    def get_serializer_context(self) -> dict[str, Any]:
        return {"links": self.links}


class ListEndpoint(Endpoint, generics.ListAPIView[Any]):
    """A list by cursor, in ``order`` or one of ``orders``; ``scope`` tells its cursors from those
    of other lists."""

    pagination_class: type[CursorPagination] = RowsPagination
    renderer_classes = [JSONRenderer, CSVRenderer]
    filterset_class: ClassVar[type[FilterSet] | None] = None
    order: ClassVar[Order]
    orders: ClassVar[Orders | None] = None
    scope: ClassVar[str]

    def allowed_parameters(self) -> set[str]:
        filters = self.filterset_class.base_filters if self.filterset_class else {}
        return {*super().allowed_parameters(), *self.pagination_class.names(self), *filters}

    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:  # type: ignore[override]
        is_table = isinstance(request.accepted_renderer, CSVRenderer)
        if is_table and "page_size" not in request.query_params:
            self.spend(request, limits.COST_OF_MANY - self.cost)
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
