"""Describes what all writes have in common for the schema."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from articles.api.schema import PROBLEM

_Handler = TypeVar("_Handler", bound=Callable[..., Any])

_SUCCESSES = [200, 201, 204]


def _sent(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, str, OpenApiParameter.HEADER, description=description)


def _answered(
    name: str, description: str, kind: Any = str, statuses: list[int] = _SUCCESSES
) -> OpenApiParameter:
    return OpenApiParameter(
        name, kind, OpenApiParameter.HEADER, description=description, response=statuses
    )


_DRY_RUN = "With `true` all is checked and answered as it would be, and nothing is done."
_IDEMPOTENCY_KEY = (
    "Chosen by you, a UUID for example: the same request with the same key is done once, and "
    "answered alike for 24 hours."
)
_IF_MATCH = _sent(
    "If-Match",
    "The ETag of what you have seen: if the thing is another by now, nothing is done (412).",
)
_ANSWERED = [
    _answered("ETag", "The tag of what a GET answers from now on."),
    _answered("Last-Modified", "When it changed last."),
    _answered("Idempotent-Replayed", "`true` when this was answered before, to the same key."),
    _answered("Dry-Run", "`true` when nothing was done."),
]
_LOCATION = _answered("Location", "Where what was made is.", OpenApiTypes.URI, [201])
_RETRY_AFTER = _answered("Retry-After", "Seconds to wait.", int, [409, 429])

_REFUSALS = {
    401: "There is no key, or one that is unknown, expired or revoked.",
    403: "The key has not the scope, or its account may not do this.",
    404: "There is no such thing, or none that the key may read.",
    409: "As the thing stands this cannot be done, or the same request is still being answered.",
    412: "The thing is no longer what If-Match says.",
    413: "What was sent is too large.",
    415: "What was sent is of a type that is not read here.",
    422: "The Idempotency-Key came with another request before.",
    429: "Too many requests.",
}


def describe_write(
    *,
    request: Any,
    responses: Mapping[int, Any],
    makes: bool = False,
    limit: str = "",
    **more: Any,
) -> Callable[[_Handler], _Handler]:
    """Describe a handler that writes: what it takes, what it answers, and every refusal.

    ``makes`` says that it makes something, so that nothing is there to be matched; ``limit`` when
    it is that it can be tried, or is done once.
    """
    refusals = {
        status: OpenApiResponse(PROBLEM, description=reason)
        for status, reason in _REFUSALS.items()
        if status not in responses and not (makes and status in {404, 412})
    }
    of_its_kind = [_LOCATION] if makes else [_IF_MATCH]
    return extend_schema(
        request=request,
        responses={**responses, **refusals},
        parameters=[
            OpenApiParameter(
                "dry_run", str, enum=["true", "false"], description=f"{_DRY_RUN} {limit}".strip()
            ),
            _sent("Idempotency-Key", f"{_IDEMPOTENCY_KEY} {limit}".strip()),
            *of_its_kind,
            *_ANSWERED,
            _RETRY_AFTER,
        ],
        **more,
    )
