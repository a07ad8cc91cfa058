"""Believes the forwarding headers of trusted proxies, and of nobody else."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

FORWARDING_HEADERS = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_X_REQUEST_ID",
)


class TrustedProxyMiddleware:
    """Gives the rest of the program the reader's address, scheme and host.

    When the peer is one of ``settings.TRUSTED_PROXIES``, ``REMOTE_ADDR`` becomes the last address
    in X-Forwarded-For that is not a trusted proxy itself, and X-Forwarded-Proto and -Host keep the
    value the nearest proxy wrote. From any other peer these headers are removed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.trusted = settings.TRUSTED_PROXIES

    def __call__(self, request: HttpRequest) -> HttpResponse:
        meta = request.META
        peer = _address(meta.get("REMOTE_ADDR", "")) if self.trusted else None
        if peer is not None and self._is_trusted(peer):
            meta["REMOTE_ADDR"] = str(self._client(peer, meta.get("HTTP_X_FORWARDED_FOR", "")))
            for name in ("HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST"):
                if name in meta:
                    meta[name] = meta[name].rpartition(",")[2].strip()
        else:
            for name in FORWARDING_HEADERS:
                meta.pop(name, None)
        return self.get_response(request)

    def _is_trusted(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self.trusted)

    def _client(
        self, peer: IPv4Address | IPv6Address, forwarded_for: str
    ) -> IPv4Address | IPv6Address:
        client = peer
        for hop in reversed(forwarded_for.split(",")):
            address = _address(hop.strip())
            if address is None:
                break
            client = address
            if not self._is_trusted(address):
                break
        return client


def _address(text: str) -> IPv4Address | IPv6Address | None:
    """The address in ``text``, which may carry brackets and a port; None when there is none."""
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    # A socket that serves both families writes IPv4 peers as ::ffff:192.0.2.1.
    return getattr(address, "ipv4_mapped", None) or address
