"""Answers to what goes wrong: DRF's, with the parameter's name where there is one."""

from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.views import defaults
from rest_framework.exceptions import ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from articles.api.transport import NotModified
from articles.search import CriteriaError


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to ``error``; None for what is no fault of the request."""
    if isinstance(error, NotModified):
        return Response(status=error.status_code, headers=error.headers)
    if isinstance(error, CriteriaError):
        error = ValidationError(error.errors)
    elif isinstance(error, SuspiciousOperation | UnreadablePostError):
        # More parameters than Django reads, or a client that went away while it sent.
        error = ParseError(str(error) or "The request cannot be read.")
    return exception_handler(error, context)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler of 400, for what is refused before a view is asked, such as a Host that is
    not this site's."""
    if _is_of_api(request):
        return JsonResponse({"detail": "The request cannot be answered here."}, status=400)
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler of 500."""
    if _is_of_api(request):
        detail = "Something went wrong here, and has been noted. X-Request-ID says which request."
        return JsonResponse({"detail": detail}, status=500)
    return defaults.server_error(request)


def _is_of_api(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")
