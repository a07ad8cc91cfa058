"""A complaint that quotes a request id leads to its log lines."""

import json
import logging
import sys

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from newsroom.logs import JsonFormatter, KeyFilter, RequestIdFilter, RequestIdMiddleware


def logged(headers: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The id a request was answered with, and the line that its view logged."""
    lines = []

    def view(request) -> HttpResponse:
        try:
            int("Quetta")
        except ValueError:
            record = logging.LogRecord(
                "articles", logging.ERROR, "", 0, "lost %s", ("کوئٹہ",), sys.exc_info()
            )
        RequestIdFilter().filter(record)
        lines.append(json.loads(JsonFormatter().format(record)))
        return HttpResponse()

    answer = RequestIdMiddleware(view)(RequestFactory().get("/", headers=headers))
    return answer["X-Request-ID"], lines[0]


def test_a_log_line_says_what_when_where_and_in_which_request():
    request_id, line = logged({})

    assert line["request_id"] == request_id
    assert line["message"] == "lost کوئٹہ"
    assert (line["level"], line["logger"]) == ("ERROR", "articles")
    assert line["time"].endswith("+00:00")
    assert "ValueError: invalid literal" in line["traceback"]


@pytest.mark.django_db
def test_a_page_that_was_not_found_is_logged_under_its_request(client, caplog):
    caplog.handler.addFilter(RequestIdFilter())

    answer = client.get("/media/absent")

    assert [record.request_id for record in caplog.records] == [answer["X-Request-ID"]]


def test_every_request_has_an_id_of_its_own():
    assert logged({})[0] != logged({})[0]


def test_an_id_given_by_the_proxy_is_kept():
    assert logged({"X-Request-ID": "edge-4711"})[0] == "edge-4711"


def test_an_id_that_could_forge_log_lines_is_not():
    assert logged({"X-Request-ID": "a\tb"})[0] != "a\tb"
    assert logged({"X-Request-ID": "x" * 1000})[0] != "x" * 1000


KEY = "110.1xXyZ.q-7_Kk"


@pytest.mark.parametrize(
    "address",
    [
        "/comments/mine/KEY/withdraw/",
        "/mail/confirm/KEY/",
        "/mail/stop/KEY/",
        "/mail/mute/KEY/",
        "/privacy/KEY/",
        "/preview/KEY/",
        "/1935/05/31/quake/?held=KEY#comment-7",
        "/1935/05/31/quake/?page=2&mine=KEY",
    ],
)
def test_no_line_has_a_key_that_opens_somebodys_page(address):
    address = address.replace("KEY", KEY)
    try:
        int(address)
    except ValueError:
        fault = sys.exc_info()
    record = logging.LogRecord(
        "django.request", logging.WARNING, "", 0, "%s: %s", ("Bad Request", address), fault
    )

    KeyFilter().filter(record)

    for formatter in (JsonFormatter(), logging.Formatter("{message}", style="{")):
        line = formatter.format(record)
        assert KEY not in line
        assert f"Bad Request: {address.partition(KEY)[0]}…" in line


def test_the_keys_are_taken_out_of_what_is_written(settings):
    assert "keys" in settings.LOGGING["handlers"]["stderr"]["filters"]


def test_an_address_without_a_key_is_logged_as_it_is():
    record = logging.LogRecord("a", logging.INFO, "", 0, "at %s", ("/privacy/",), None)

    KeyFilter().filter(record)

    assert record.getMessage() == "at /privacy/"
