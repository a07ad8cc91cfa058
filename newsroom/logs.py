"""Log lines that carry the id of the request they belong to."""

import json
import logging
import re
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

request_id: ContextVar[str] = ContextVar("request_id", default="-")

_KEYS = re.compile(
    r"(/comments/mine/|/mail/(?:confirm|stop|mute)/|/privacy/|/preview/|\b(?:held|mine)="
    r"|\bnr_[a-z0-9]{8}_|(?i:\bBearer ))"
    r"[^/\s?&#\"'<>]+"
)
"""Before what opens a page to whoever has it, in an address, and before the secret of a key of the
API, wherever it stands."""

ACCEPTED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class RequestIdMiddleware:
    """Names each request, by the id a trusted proxy gave it or one of our own.

    It is answered in X-Request-ID, so that a reader's complaint can be found in the logs.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        name = given if ACCEPTED_ID.fullmatch(given) else secrets.token_hex(8)
        # Stays set after the answer: Django logs a 404 only when all middleware is done with it.
        request_id.set(name)
        response = self.get_response(request)
        response["X-Request-ID"] = name
        return response


class RequestIdFilter(logging.Filter):
    """Adds ``request_id`` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


class KeyFilter(logging.Filter):
    """Takes the keys out of the addresses in a record: whoever reads the log shall not be able to
    withdraw a reader's comment, or to have a reader's data removed."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        masked = _without_keys(said)
        if masked != said:
            record.msg, record.args = masked, ()
        if record.exc_info:
            # Formatters take this for the traceback when it is there.
            record.exc_text = _without_keys(_traceback.formatException(record.exc_info))
        return True


def _without_keys(text: str) -> str:
    return _KEYS.sub(r"\1…", text)


_traceback = logging.Formatter()


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, request_id, message, and any traceback."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["traceback"] = record.exc_text or self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)
