"""What a request may carry: refused by its headers, before anything of its body is read."""

from http import HTTPStatus

from rest_framework.exceptions import APIException, UnsupportedMediaType
from rest_framework.request import Request

from articles.models import ApiKey

LARGEST_JSON = 256 * 1024  # bytes; a comment has at most a few thousand characters
LARGEST_JSON_WITH_KEY = 2 * 1024 * 1024  # the longest article, several times over
LARGEST_UPLOAD_WITH_KEY = 32 * 1024 * 1024  # a picture of the largest size, and what is said of it
LONGEST_QUERY = 8 * 1024  # bytes of a query string, as many servers have it


class TooLarge(APIException):
    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "too_large"


class TooLong(APIException):
    status_code = HTTPStatus.REQUEST_URI_TOO_LONG
    default_code = "too_long"
    default_detail = f"The query string is longer than {LONGEST_QUERY} bytes."


class LengthRequired(APIException):
    status_code = HTTPStatus.LENGTH_REQUIRED
    default_code = "length_required"
    default_detail = "Send the body with a Content-Length, not in chunks."


def refuse_excess(request: Request) -> None:
    """Raise for an address or a body that nothing here would read.

    A body comes as it is, without a coding (RFC 9110, 15.5.16), and says how long it is (15.5.12).
    """
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
        raise TooLong
    coding = request.headers.get("Content-Encoding", "identity")
    if coding.strip().lower() not in ("", "identity"):
        raise UnsupportedMediaType(coding, f"A body is read uncompressed, not as “{coding[:50]}”.")
    if "Transfer-Encoding" in request.headers and not request.headers.get("Content-Length"):
        raise LengthRequired
    if _stated_length(request) > (largest := largest_body(request)):
        raise TooLarge(f"The request's body is larger than {largest} bytes.")


def largest_body(request: Request) -> int:
    """How many bytes the body of ``request`` may have, by its type and by who sends it."""
    if not isinstance(request.auth, ApiKey):
        return LARGEST_JSON
    is_upload = (request.content_type or "").lower().startswith("multipart/")
    return LARGEST_UPLOAD_WITH_KEY if is_upload else LARGEST_JSON_WITH_KEY


def _stated_length(request: Request) -> int:
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if stated.isdecimal() and len(stated) < 19 else 0
