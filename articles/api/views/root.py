"""The way in: what there is, and its description for people and programs."""

from typing import Any

import orjson
from django.urls import reverse
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from articles.api.links import Links
from articles.api.views.base import Endpoint

ENDPOINTS = {
    "articles": "api:article-list",
    "comments": "api:comment-list",
    "places": "api:place-list",
    "people": "api:person-list",
    "organisations": "api:organisation-list",
    "tags": "api:tag-list",
    "sections": "api:section-list",
    "authors": "api:author-list",
    "images": "api:image-list",
    "changes": "api:change-list",
    "months": "api:month-list",
    "schema": "api:schema",
    "docs": "api:docs",
}


class Root(Endpoint):
    """Where everything is."""

    @extend_schema(
        operation_id="root",
        responses={
            200: {
                "type": "object",
                "required": list(ENDPOINTS),
                "properties": {name: {"type": "string", "format": "uri"} for name in ENDPOINTS},
            }
        },
    )
    def get(self, request: Request) -> Response:
        origin = Links(request).origin
        return Response({name: origin + reverse(route) for name, route in ENDPOINTS.items()})


class SchemaRenderer(OpenApiJsonRenderer):
    """The description without the spaces that make it twice as long."""

    format = "json"

    def render(
        self, data: Any, media_type: str | None = None, renderer_context: Any = None
    ) -> bytes:
        return orjson.dumps(data, default=str)


class SchemaYamlRenderer(OpenApiYamlRenderer):
    format = "yaml"


class Schema(Endpoint, SpectacularAPIView):
    """This API as OpenAPI 3.1: JSON, or YAML when that is what is accepted."""

    renderer_classes = [SchemaRenderer, SchemaYamlRenderer]

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        response: Response = super().get(request, *args, **kwargs)  # type: ignore[no-untyped-call]
        response.data["servers"] = [{"url": Links(request).origin}]
        return response


class Nowhere(Endpoint):
    """Every other address below /api/v1/."""

    schema = None

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        self.spend(request, self.cost)
        raise NotFound(f"There is nothing at this address. {reverse('api:root')} lists what is.")
