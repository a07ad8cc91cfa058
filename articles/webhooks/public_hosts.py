"""Where a webhook may lead: to hosts that anybody can reach, never into our own network."""

from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from articles.webhooks.looking_up import look_up

Address = IPv4Address | IPv6Address
Check = Callable[[Address], bool]

HTTPS = 443
PATIENCE = 5.0
"""Seconds in which a host has to be found."""

_FIRST_FREE_PORT = 1024
_GLOBAL_IPV6 = ip_network("2000::/3")  # RFC 4291, 2.4: all else is local, mapped or translated


class NotAllowed(ValueError):
    """The address is none that anything is sent to; the text says why."""


def is_public(address: Address) -> bool:
    """Whether an address is one of the internet at large: not loopback, private, link-local,
    multicast or reserved, nor an IPv6 address that stands for an IPv4 one."""
    if not address.is_global or address.is_multicast:
        return False
    if isinstance(address, IPv4Address):
        return True
    translated = address.sixtofour or address.teredo
    return address in _GLOBAL_IPV6 and not translated


def host_of(url: str) -> tuple[str, int]:
    """The host and port that ``url`` leads to. Raises ``NotAllowed``."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port or HTTPS
    except ValueError:
        raise NotAllowed("This is no address.") from None
    if parts.scheme != "https" or not host:
        raise NotAllowed("The address begins with https://.")
    if parts.username is not None or parts.password is not None:
        raise NotAllowed("The address holds no name and no password.")
    if port != HTTPS and port < _FIRST_FREE_PORT:
        raise NotAllowed(f"The port is {HTTPS}, or one from {_FIRST_FREE_PORT} on.")
    return host, port


def resolve(url: str, allows: Check = is_public, seconds: float = PATIENCE) -> str:
    """An address of the host of ``url``, to connect to and not to be looked up again.

    Raises ``NotAllowed`` when the host has none, or one that ``allows`` does not hold for, or none
    is found within ``seconds``.
    """
    host, port = host_of(url)
    try:
        addresses = look_up(host, port, seconds)
    except TimeoutError:
        raise NotAllowed(f"The host “{host}” was not found in time. Try again later.") from None
    except (OSError, UnicodeError):
        raise NotAllowed(f"There is no host “{host}”.") from None
    for text in addresses:
        if "%" in text or not allows(ip_address(text)):
            raise NotAllowed(f"“{host}” is in a network that nobody outside can reach.")
    return addresses[0]
