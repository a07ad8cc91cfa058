"""How a request can end: its statuses with their reasons, and the headers of each."""

from collections.abc import Iterable, Mapping
from typing import Any

from drf_spectacular.utils import OpenApiResponse, inline_serializer
from rest_framework import serializers

Schema = dict[str, Any]

PROBLEM = inline_serializer("Problem", {"detail": serializers.CharField()})
COMMENT_REFUSALS = {
    status: OpenApiResponse(PROBLEM, description=reason)
    for status, reason in {
        403: "Comments are closed there, what it answers is gone, or its author is banned.",
        409: "The same comment was received before.",
        429: "Too many comments in a short time; `Retry-After` says how many seconds to wait.",
    }.items()
}

FAULT: Schema = {
    "type": "object",
    "description": "`detail`, or for each parameter or field at fault what is wrong with it.",
    "properties": {"detail": {"type": "string"}},
    "additionalProperties": {"type": "array", "items": {"type": "string"}},
}
COMPONENTS: Mapping[str, Schema] = {
    "Fault": FAULT,
    "Problem": {
        "type": "object",
        "properties": {"detail": {"type": "string"}},
        "required": ["detail"],
    },
}

_REASONS = {
    "304": "What you have, as `If-None-Match` says it, still holds.",
    "400": "A parameter or field is unknown or has a value that cannot be read; it is named.",
    "401": "The key is unknown, expired or revoked.",
    "403": "The key has not the scope, or its account may not do this.",
    "404": "There is no such object, or none that is public.",
    "406": "None of the forms that `Accept` names is given here.",
    "410": "The article was withdrawn; `detail` is the notice.",
    "413": "What was sent is too large.",
    "415": "What was sent is of a type that is not read here.",
    "429": "Too many requests; `Retry-After` says how many seconds to wait.",
}
_NAMES = {
    "304": "NotModified",
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "404": "NotFound",
    "406": "NotAcceptable",
    "410": "Gone",
    "413": "TooLarge",
    "415": "UnsupportedMediaType",
    "429": "TooManyRequests",
}
_SHAPES = {"304": None, "400": "Fault"}


def refusals(path: str, method: str) -> Iterable[tuple[str, Schema]]:
    """The statuses, with their descriptions, with which a request can end but for success."""
    statuses = ["400", "401", "406", "429"]
    if method == "GET":
        statuses.append("304")
    if method in ("POST", "PUT", "PATCH"):
        statuses += ["413", "415"]
    if "{" in path:
        statuses.append("404")
    if "{article}" in path:
        statuses.append("410")
    return ((status, {"$ref": f"#/components/responses/{_NAMES[status]}"}) for status in statuses)


def responses() -> dict[str, Schema]:
    """What ``refusals`` refers to."""
    return {name: _refusal(status) for status, name in _NAMES.items()}


def _refusal(status: str) -> Schema:
    answer: Schema = {
        "description": _REASONS[status],
        "headers": {
            name: {"$ref": f"#/components/headers/{name}"}
            for name in headers("", "GET", status, is_list=False)
        },
    }
    shape = _SHAPES.get(status, "Problem")
    if shape:
        schema = {"$ref": f"#/components/schemas/{shape}"}
        answer["content"] = {"application/json": {"schema": schema}}
    return answer


def _header(description: str, kind: str = "string", example: Any = None) -> Schema:
    header: Schema = {"description": description, "schema": {"type": kind}}
    return header | ({"example": example} if example is not None else {})


HEADERS: Mapping[str, Schema] = {
    "Cache-Control": _header(
        "Whether the answer may be kept, and that it is to be asked for anew."
    ),
    "ETag": _header("The tag of this answer, for `If-None-Match`.", example='"5c1f0a…"'),
    "Last-Modified": _header(
        "When the object itself last changed; whether the answer did, only its `ETag` tells.",
        example="Sun, 01 Feb 2026 12:00:00 GMT",
    ),
    "Link": _header('Where the pages beside this one are: `<…>; rel="next"`, `rel="prev"`.'),
    "RateLimit": _header("What is left: `r` requests, of which all are back in `t` seconds."),
    "RateLimit-Policy": _header("What may be asked: `q` requests in `w` seconds."),
    "Retry-After": _header("After how many seconds to ask again.", "integer", 30),
    "Vary": _header("The headers of the request on which the answer depends.", example="Accept"),
    "WWW-Authenticate": _header("How to send a key.", example='Bearer realm="api"'),
}


def headers(path: str, method: str, status: str, *, is_list: bool) -> list[str]:
    """The names in ``HEADERS`` of what comes with an answer."""
    names = ["Cache-Control", "Vary", "RateLimit", "RateLimit-Policy"]
    if method == "GET" and status in ("200", "304"):
        names.append("ETag")
    if method == "GET" and status == "200":
        names += ["Link"] if is_list else ["Last-Modified"] if path.endswith("}/") else []
    if status == "401":
        names.append("WWW-Authenticate")
    if status == "429":
        names.append("Retry-After")
    return names
