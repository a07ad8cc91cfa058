"""The description of the API as OpenAPI 3.1, where it says more than the views show."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, inline_serializer
from rest_framework import serializers

from articles.search import Order
from articles.search.facets import FACETS


def _parameter(
    name: str, description: str, enum: list[str] | None = None, kind: type | OpenApiTypes = str
) -> OpenApiParameter:
    return OpenApiParameter(name, kind, description=description, enum=enum)


def _entity(name: str, articles: str) -> OpenApiParameter:
    return _parameter(
        name, f"Articles {articles}, by slug or id. `a,b` is both of them, `a|b` either."
    )


ARTICLE_FIELDS = [
    _parameter("fields", "Only these keys, such as `headline,html_url`."),
    _parameter("include", "More than the list has by itself: `body`, `comments`, `revisions`."),
]
ARTICLE_PARAMETERS = [
    _parameter("q", 'Words that stand in it; `"words in quotes"`, `this OR that`, `-not`, `beg*`.'),
    _entity("place", "about a place, or that mention it; the places inside it included"),
    _entity("dateline", "filed from a place"),
    _entity("person", "that name a person"),
    _entity("organisation", "that name an organisation"),
    _entity("tag", "with a tag"),
    _entity("section", "of a section"),
    _entity("author", "by an author"),
    _parameter("language", "In a language, such as `en` or `ur`."),
    _parameter("from", "Published on this date or later: YYYY, YYYY-MM or YYYY-MM-DD."),
    _parameter("to", "Published on this date or earlier: YYYY, YYYY-MM or YYYY-MM-DD."),
    _parameter("order", "`relevance` needs `q`.", enum=list(Order)),
    _parameter(
        "updated_since",
        "Changed at this time or later, in the order of change: a date or an ISO 8601 time.",
    ),
    _parameter("path", "The article that has, or once had, this public address."),
    *ARTICLE_FIELDS,
    _parameter("facets", f"Counts to narrow by, of: `{','.join(FACETS)}`."),
]

PROBLEM = inline_serializer("Problem", {"detail": serializers.CharField()})
COMMENT_REFUSALS = {
    status: OpenApiResponse(PROBLEM, description=reason)
    for status, reason in {
        403: "Comments are closed there, what it answers is gone, or its author is banned.",
        409: "The same comment was received before.",
        429: "Too many comments in a short time; `Retry-After` says how many seconds to wait.",
    }.items()
}

_FAULT = {
    "type": "object",
    "description": "`detail`, or for each parameter or field at fault what is wrong with it.",
    "properties": {"detail": {"type": "string"}},
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
_FAULTS = {
    "400": "A parameter or field is unknown or has a value that cannot be read; it is named.",
    "404": "There is no such object, or none that is public.",
    "410": "The article was withdrawn; `detail` is the notice.",
}


class Description(AutoSchema):
    """Describes an endpoint with its ``parameters`` and the ways in which it can fail."""

    def get_override_parameters(self) -> list[Any]:
        return list(getattr(self.view, "parameters", ())) if self.method == "GET" else []

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        operation = super().get_operation(*args, **kwargs)
        if operation is None:
            return None
        for status in self._faults():
            operation["responses"].setdefault(
                status,
                {
                    "description": _FAULTS[status],
                    "content": {"application/json": {"schema": _FAULT}},
                },
            )
        return operation

    def _faults(self) -> list[str]:
        if "{" not in self.path:
            return ["400"]
        return ["400", "404", "410"] if "{article}" in self.path else ["400", "404"]


def let_fields_be_left_out(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """Make no key of an article required, for ``fields`` may leave out any of them."""
    result["components"]["schemas"]["Article"].pop("required")
    return result
