"""Network addresses of readers, and the networks that they stand for: pure functions."""

import ipaddress
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

_NEIGHBOURS = {4: 24, 6: 48}
"""The prefix of the network that usually is one customer's, or one provider's small range."""

_IPV4_IN_IPV6 = 0xFFFF << 32
"""RFC 4291, 2.5.5.2: an IPv4 address as the last 32 bits of ``::ffff:0:0/96``."""


def address(text: str) -> str | None:
    """The address in ``text`` as databases take it, without the zone of a link-local one; None if
    it is none, as behind a Unix socket."""
    found = _parsed(text)
    return str(found) if found else None


@lru_cache(maxsize=4_000)
def network_of(text: str) -> str:
    """The network around an address, ``192.0.2.0/24`` or ``2001:db8::/48``; empty without one."""
    found = _parsed(text)
    if found is None:
        return ""
    return str(ipaddress.ip_network((found, _NEIGHBOURS[found.version]), strict=False))


def network(text: str) -> str:
    """``text`` as a network: ``192.0.2.7`` and ``192.0.2.7/32`` are the same.

    Raises ValueError for what is neither an address nor a network.
    """
    return str(_network(text))


def ends(text: str) -> tuple[str, str]:
    """The first and the last address of a network, each as 32 hexadecimal digits, IPv4 mapped into
    IPv6, so that they sort as text in the order of the addresses.

    Raises ValueError for what is neither an address nor a network.
    """
    whole = _network(text)
    return _digits(whole.network_address), _digits(whole.broadcast_address)


def holds_all_of_ipv4(text: str) -> bool:
    """Whether every IPv4 address, mapped into IPv6, lies between the ends of a network."""
    first, last = ends(text)
    return first <= f"{_IPV4_IN_IPV6:032x}" and f"{_IPV4_IN_IPV6 | 0xFFFFFFFF:032x}" <= last


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    # A socket that serves both families writes IPv4 peers as ::ffff:192.0.2.1.
    return getattr(found, "ipv4_mapped", None) or found


def _network(text: str) -> IPv4Network | IPv6Network:
    whole = ipaddress.ip_network(text.strip(), strict=False)
    if isinstance(whole, IPv6Network) and whole.prefixlen >= 96:
        mapped = whole.network_address.ipv4_mapped
        if mapped is not None:
            return IPv4Network((mapped, whole.prefixlen - 96), strict=False)
    return whole


def _digits(end: IPv4Address | IPv6Address) -> str:
    number = int(end)
    return f"{number | _IPV4_IN_IPV6 if end.version == 4 else number:032x}"
