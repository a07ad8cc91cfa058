"""Answers to what goes wrong: DRF's, with the parameter's name where there is one."""

from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from articles.search import CriteriaError


def answer(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to ``error``; None for what is no fault of the request."""
    if isinstance(error, CriteriaError):
        error = ValidationError(error.errors)
    return exception_handler(error, context)
