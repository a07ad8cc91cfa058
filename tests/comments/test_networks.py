import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.comments import networks

addresses = st.ip_addresses(v=4) | st.ip_addresses(v=6)


@given(addresses, addresses)
def test_ends_sort_as_the_addresses_do(one, other):
    def order(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> int:
        return int(address) | (0xFFFF << 32 if address.version == 4 else 0)

    first, second = networks.ends(str(one)), networks.ends(str(other))
    assert (first < second) == (order(one) < order(other))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("", ""),
        ("unix:", ""),
    ],
)
def test_neighbours_share_a_network(address, network):
    assert networks.network_of(address) == network


@pytest.mark.parametrize(
    ("text", "network"),
    [
        ("192.0.2.7", "192.0.2.7/32"),
        (" 192.0.2.7/24 ", "192.0.2.0/24"),
        ("2001:DB8::1", "2001:db8::1/128"),
        ("::ffff:192.0.2.7/120", "192.0.2.0/24"),
    ],
)
def test_a_network_is_written_in_one_way(text, network):
    assert networks.network(text) == network


@pytest.mark.parametrize("text", ["", "192.0.2", "example.org", "192.0.2.1/33", "fe80::1%eth0/"])
def test_what_is_no_network_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        networks.network(text)
