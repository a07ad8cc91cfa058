"""What a proxy says of the reader counts only when the proxy is trusted."""

from ipaddress import ip_network

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from newsroom.proxies import TrustedProxyMiddleware

FORWARDED = {
    "X-Forwarded-For": "198.51.100.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "archive.example.org",
}


@pytest.fixture(autouse=True)
def behind_proxies(settings):
    settings.ALLOWED_HOSTS = ["archive.example.org", "testserver"]
    settings.TRUSTED_PROXIES = [ip_network("127.0.0.1"), ip_network("10.0.0.0/8")]


def seen(peer: str, headers: dict[str, str]) -> HttpRequest:
    """The request as the program sees it, when it came from ``peer`` with ``headers``."""
    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR=peer)
    TrustedProxyMiddleware(lambda request: HttpResponse())(request)
    return request


def test_a_trusted_proxy_is_believed():
    request = seen("127.0.0.1", FORWARDED)

    assert request.META["REMOTE_ADDR"] == "198.51.100.7"
    assert request.build_absolute_uri() == "https://archive.example.org/"


def test_anybody_else_is_not():
    request = seen("203.0.113.9", FORWARDED)

    assert request.META["REMOTE_ADDR"] == "203.0.113.9"
    assert request.build_absolute_uri() == "http://testserver/"
    assert not {name for name in request.META if name.startswith("HTTP_X_FORWARDED")}


def test_nobody_is_believed_when_no_proxy_is_named(settings):
    settings.TRUSTED_PROXIES = []

    assert seen("127.0.0.1", FORWARDED).META["REMOTE_ADDR"] == "127.0.0.1"


@pytest.mark.parametrize(
    ("forwarded_for", "client"),
    [
        # What the reader made up stands to the left of what the proxies added.
        ("192.0.2.66, 198.51.100.7", "198.51.100.7"),
        ("192.0.2.66, 198.51.100.7, 10.1.2.3", "198.51.100.7"),
        ("10.9.9.9, 10.1.2.3", "10.9.9.9"),
        ("198.51.100.7:4711", "198.51.100.7"),
        ("[2001:db8::7]:4711", "2001:db8::7"),
        ("2001:db8::7", "2001:db8::7"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("<script>", "10.0.0.1"),
        ("198.51.100.7, unknown", "10.0.0.1"),
        ("", "10.0.0.1"),
    ],
)
def test_the_reader_is_the_last_address_that_is_not_a_proxy(forwarded_for, client):
    request = seen("10.0.0.1", {"X-Forwarded-For": forwarded_for})

    assert request.META["REMOTE_ADDR"] == client


def test_a_scheme_the_reader_made_up_is_overruled_by_the_proxy():
    assert not seen("127.0.0.1", {"X-Forwarded-Proto": "https, http"}).is_secure()
