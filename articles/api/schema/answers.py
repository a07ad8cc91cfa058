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
    "301": "It goes by another slug now, or is part of another entry: `Location` leads there.",
    "304": "What you have, as `If-None-Match` says it, still holds.",
    "400": "A parameter or field is unknown or has a value that cannot be read; it is named.",
    "401": "The key is unknown, expired or revoked.",
    "403": "The key has not the scope, or its account may not do this.",
    "404": "There is no such object, or none that is public.",
    "405": "That is not done at this address; `Allow` names what is.",
    "406": "None of the forms that `Accept` names is given here.",
    "410": "The article was withdrawn; `detail` is the notice.",
    "411": "The body came in chunks: send it with a `Content-Length`.",
    "413": "What was sent is too large.",
    "414": "The query string is too long.",
    "415": "What was sent is of a type that is not read here.",
    "429": "Too many requests; `Retry-After` says how many seconds to wait.",
}
_NAMES = {
    "301": "MovedPermanently",
    "304": "NotModified",
    "400": "BadRequest",
    "401": "Unauthorized",
    "403": "Forbidden",
    "404": "NotFound",
    "405": "MethodNotAllowed",
    "406": "NotAcceptable",
    "410": "Gone",
    "411": "LengthRequired",
    "413": "TooLarge",
    "414": "AddressTooLong",
    "415": "UnsupportedMediaType",
    "429": "TooManyRequests",
}
_SHAPES = {"301": None, "304": None, "400": "Fault"}


def other_ends(path: str, method: str, *, moves: bool) -> Iterable[tuple[str, Schema]]:
    """The statuses, with their descriptions, with which a request can end but for success.

    ``moves`` says that what is asked for may have another address by now.
    """
    statuses = ["400", "401", "405", "406", "414", "429"]
    if method == "GET":
        statuses += ["301", "304"] if moves else ["304"]
    else:
        statuses += ["411", "413", "415"]
    if "{" in path:
        statuses.append("404")
    if "{article}" in path:
        statuses.append("410")
    return ((status, {"$ref": f"#/components/responses/{_NAMES[status]}"}) for status in statuses)


def responses() -> dict[str, Schema]:
    """What ``other_ends`` refers to."""
    return {name: _other_end(status) for status, name in _NAMES.items()}


def _other_end(status: str) -> Schema:
    answer: Schema = {
        "description": _REASONS[status],
        "headers": {
            name: {"$ref": f"#/components/headers/{name}"} for name in headers("", "GET", status)
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
    "Allow": _header("What is done at this address.", example="GET, HEAD, OPTIONS"),
    "Cache-Control": _header(
        "Whether the answer may be kept, and that it is to be asked for anew."
    ),
    "Content-Disposition": _header(
        "Under what name to keep it.", example='attachment; filename="2026-02.jsonl"'
    ),
    "ETag": _header("The tag of this answer, for `If-None-Match`.", example='"5c1f0a…"'),
    "Last-Modified": _header(
        "When the object itself last changed; whether the answer did, only its `ETag` tells.",
        example="Sun, 01 Feb 2026 12:00:00 GMT",
    ),
    "Link": _header('Where the pages beside this one are: `<…>; rel="next"`, `rel="prev"`.'),
    "Location": _header("Where it is now.", example="/api/v1/places/quetta/"),
    "RateLimit": _header("What is left: `r` requests, of which all are back in `t` seconds."),
    "RateLimit-Policy": _header("What may be asked: `q` requests in `w` seconds."),
    "Repr-Digest": _header(
        "The SHA-256 of all that is sent (RFC 9530).", example="sha-256=:5c1f0a…=:"
    ),
    "Retry-After": _header("After how many seconds to ask again.", "integer", 30),
    "Unencoded-Digest": _header(
        "The SHA-256 in place of `Repr-Digest` where the answer is compressed.",
        example="sha-256=:5c1f0a…=:",
    ),
    "Vary": _header("The headers of the request on which the answer depends.", example="Accept"),
    "WWW-Authenticate": _header("How to send a key.", example='Bearer realm="api"'),
}

_TELL_WHEN_THEY_CHANGED = ("articles", "comments", "places", "people", "organisations", "images")
_OF_ONE = {f"{name}_get": ["Last-Modified"] for name in _TELL_WHEN_THEY_CHANGED} | {
    "months_retrieve": ["Content-Disposition", "Repr-Digest", "Unencoded-Digest"]
}
"""By the name of the operation, what else comes with its success."""
_OF_STATUS = {
    "301": ["Location"],
    "401": ["WWW-Authenticate"],
    "405": ["Allow"],
    "429": ["Retry-After"],
}


def headers(operation: str, method: str, status: str) -> list[str]:
    """The names in ``HEADERS`` of what comes with an answer."""
    names = ["Cache-Control", "Vary", "RateLimit", "RateLimit-Policy"]
    if method == "GET" and status in ("200", "304"):
        names.append("ETag")
    if method == "GET" and status == "200":
        names += ["Link"] if operation.endswith("_list") else _OF_ONE.get(operation, [])
    return names + _OF_STATUS.get(status, [])
