"""How an answer travels: under a tag, not at all where the client has it, and compressed.

A tag is of the answer's content. Compressed, the same answer is another representation, whose
strong tag has to be another one (RFC 9110, 8.8.3): it ends in the coding's name. What a client
sends back is compared without that end.
"""

from collections.abc import Iterable
from typing import cast

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework import status
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from articles.api import compression
from articles.api.etags import etag_of, of_compressed_content, of_plain_content

# Anybody may keep an answer, but must ask whether it still holds: a change shows at once. What a
# key is answered, only its holder may keep.
_CACHING = "no-cache"
_CACHING_WITH_KEY = "private, no-cache"

_VARYING = ("Accept", "Accept-Encoding", "Authorization")

_TAGS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH")
_TIMES = ("HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE")


class NotModified(APIException):
    """The client has the answer already; raised before it is built."""

    status_code = status.HTTP_304_NOT_MODIFIED

    def __init__(self, etag: str, modified: str | None) -> None:
        super().__init__()
        self.headers = {"ETag": etag, **({"Last-Modified": modified} if modified else {})}


def coding_of(request: Request) -> str:
    """The coding in which ``request`` may be answered."""
    return compression.coding_for(request.headers.get("Accept-Encoding", ""))


def describe(request: Request, response: HttpResponseBase) -> None:
    """Say who may keep an answer, and which headers of the request have shaped it."""
    caching = _CACHING_WITH_KEY if "Authorization" in request.headers else _CACHING
    response.headers.setdefault("Cache-Control", caching)
    patch_vary_headers(response, _VARYING)


def deliver(request: Request, response: HttpResponseBase) -> HttpResponseBase:
    """The answer as it goes out: ``response`` with its tag, a 304 or 412 in its place where the
    request's conditions say so, and compressed if it is worth it."""
    coding = _worthwhile(response, coding_of(request))
    if request.method in ("GET", "HEAD") and response.status_code == status.HTTP_200_OK:
        if isinstance(response, HttpResponse):
            response.headers.setdefault("ETag", etag_of(response.content))
        short = _conditional(request, response)
        if short is not None:
            if coding:
                _mark(short, coding)
            return short
    return _compressed(response, coding) if coding else response


def _conditional(request: Request, response: HttpResponseBase) -> HttpResponseBase | None:
    """The answer without its content, when the conditions of the request do not want it.

    Only its tag decides. Last-Modified is of the object itself, and an answer changes besides with
    what it holds of others: the name of a section, the number of comments.
    """
    for name in _TAGS:
        if name in request.META:
            request.META[name] = of_plain_content(request.META[name])
    for name in _TIMES:
        request.META.pop(name, None)
    answer = get_conditional_response(
        request._request,  # noqa: SLF001 - what Django's own wants
        etag=response.headers.get("ETag"),
        response=cast(HttpResponse, response),  # it only looks at the headers
    )
    return None if answer is response else answer


def _worthwhile(response: HttpResponseBase, coding: str) -> str:
    """``coding``, if ``response`` becomes smaller by it."""
    is_small = isinstance(response, HttpResponse) and len(response.content) < compression.SMALLEST
    return compression.IDENTITY if is_small or "Content-Encoding" in response.headers else coding


def _compressed(response: HttpResponseBase, coding: str) -> HttpResponseBase:
    if isinstance(response, StreamingHttpResponse):
        chunks = cast(Iterable[bytes], response.streaming_content)
        response.streaming_content = compression.compress_stream(chunks, coding)
        del response["Content-Length"]
    elif isinstance(response, HttpResponse):
        response.content = compression.compress(response.content, coding)
    response.headers["Content-Encoding"] = coding
    _mark(response, coding)
    if digest := response.headers.get("Repr-Digest"):
        # It is of what comes out again (draft-ietf-httpbis-unencoded-digest), not of what is sent.
        del response["Repr-Digest"]
        response.headers["Unencoded-Digest"] = digest
    return response


def _mark(response: HttpResponseBase, coding: str) -> None:
    if etag := response.headers.get("ETag"):
        response.headers["ETag"] = of_compressed_content(etag, coding)
