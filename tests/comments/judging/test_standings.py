import ipaddress
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from articles.comments import networks
from articles.comments.judging import standings
from articles.models import AuditEntry, Standing, StandingKind
from tests.factories import make_user

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
BANNED, HELD, TRUSTED = StandingKind.BANNED, StandingKind.HELD, StandingKind.TRUSTED

addresses = st.ip_addresses(v=4) | st.ip_addresses(v=6)


@st.composite
def networks_around(draw: st.DrawFn, inside: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    """A network that holds ``inside``, of any width that may be named."""
    widest = 8 if inside.version == 4 else 19
    prefix = draw(st.integers(widest, inside.max_prefixlen))
    return str(ipaddress.ip_network((inside, prefix), strict=False))


def is_too_wide(network: str) -> bool:
    """Whether it may not be named: an IPv4 network may be hidden in one of IPv6."""
    prefix = int(networks.network(network).rpartition("/")[2])
    is_ipv4 = ":" not in networks.network(network)
    return prefix < 8 if is_ipv4 else networks.holds_all_of_ipv4(network)


def kind_of(email: str = "", address: str | None = None) -> str | None:
    standing = standings.of(email, address)
    return standing.kind if standing else None


def ban(email: str = "", network: str = "") -> Standing:
    return standings.impose(BANNED, email=email, network=network, reason="Insults.", by=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("subject", "email", "address"),
    [
        ({"email": "a@b.org"}, "a@b.org", None),
        ({"email": " A@B.org "}, "a@b.org", None),
        ({"email": "a@b.org"}, "a+again@b.org", None),
        ({"email": "a+once@b.org"}, "a+again@b.org", None),
        ({"email": "a+once@b.org"}, "a@b.org", None),
        ({"email": "z@münchen.de"}, "z@xn--mnchen-3ya.de", None),
        ({"email": "z@xn--mnchen-3ya.de"}, "Z@München.de", None),
        ({"email": "@münchen.de"}, "z@xn--mnchen-3ya.de", None),
        ({"email": "@b.org"}, "anyone@b.org", None),
        ({"network": "192.0.2.7"}, "", "192.0.2.7"),
        ({"network": "192.0.2.0/24"}, "", "192.0.2.255"),
        ({"network": "192.0.2.77/24"}, "", "192.0.2.0"),
        ({"network": "2001:db8::/32"}, "", "2001:db8:ffff::1"),
        ({"network": "::ffff:192.0.2.0/120"}, "", "192.0.2.9"),
        ({"network": "192.0.2.0/24"}, "", "::ffff:192.0.2.9"),
    ],
)
def test_a_ban_finds_whom_it_names(subject, email, address):
    ban(**subject)
    sender = (email or "z@z.org", address or "198.51.100.1")
    assert kind_of(*sender) == BANNED
    found = standings.of_many([sender])[sender]
    assert found is not None
    assert found.kind == BANNED


@pytest.mark.django_db
def test_nobody_else_is_found():
    ban(email="a@b.org")
    ban(email="@c.org")
    ban(network="192.0.2.0/24")
    assert kind_of("aa@b.org", "192.0.3.0") is None
    assert kind_of("a@sub.c.org", "192.0.1.255") is None
    assert kind_of("", None) is None


@pytest.mark.django_db
def test_a_tag_without_a_name_is_no_ban_of_the_domain():
    assert ban(email="+x@b.org").email == "+x@b.org"


@pytest.mark.django_db
def test_nobody_is_trusted_for_a_tag():
    standings.impose(TRUSTED, email="a@b.org", reason="Our reader.", by=None)
    standings.impose(TRUSTED, email="c+news@b.org", reason="Our reader.", by=None)
    for email, kind in [
        ("a@b.org", TRUSTED),
        ("a+x@b.org", None),
        ("c+news@b.org", TRUSTED),
        ("c@b.org", None),
    ]:
        assert kind_of(email) == kind
        found = standings.of_many([(email, None)])[email, None]
        assert (found.kind if found else None) == kind


@pytest.mark.django_db
def test_what_is_taken_back_brings_back_what_it_took_the_place_of():
    standings.impose(TRUSTED, email="c@b.org", reason="Our reader.", by=None)
    standings.impose(TRUSTED, email="a+x@b.org", reason="Our reader.", by=None)
    banned = ban(email="a+x@b.org")
    assert kind_of("a+x@b.org") == BANNED

    before = standings.take_back(banned, by=None)

    assert [one.email for one in before or []] == ["a+x@b.org"]
    assert kind_of("a+x@b.org") == TRUSTED
    assert kind_of("a@b.org") is None
    assert standings.take_back(banned, by=None) is None


@pytest.mark.django_db
def test_the_stricter_standing_counts():
    standings.impose(TRUSTED, email="a@b.org", reason="Our reader.", by=None)
    standings.impose(HELD, email="@b.org", reason="Many quarrels.", by=None)
    assert kind_of("a@b.org", "192.0.2.1") == HELD
    ban(network="192.0.2.0/24")
    assert kind_of("a@b.org", "192.0.2.1") == BANNED


@pytest.mark.django_db
def test_a_standing_ends_by_itself_and_can_be_lifted_before():
    with time_machine.travel(NOON, tick=False):
        tomorrow = NOON + timedelta(days=1)
        standings.impose(BANNED, email="a@b.org", reason="A day off.", until=tomorrow, by=None)
        lifted = standings.impose(BANNED, email="c@d.org", reason="Mistake.", by=None)
        assert kind_of("a@b.org") == BANNED
        assert standings.lift(lifted, by=None)
        assert not standings.lift(lifted, by=None)
        assert kind_of("c@d.org") is None
    with time_machine.travel(tomorrow, tick=False):
        assert kind_of("a@b.org") is None


@pytest.mark.django_db
def test_a_new_standing_takes_the_place_of_the_one_before_and_both_are_on_record():
    moderator = make_user("mina")
    standings.impose(BANNED, email="a@b.org", reason="Insults.", by=moderator)
    standings.impose(TRUSTED, email="a@b.org", reason="Apologised.", by=moderator)
    assert kind_of("a@b.org") == TRUSTED
    noted = AuditEntry.objects.order_by("pk").values_list("actor", "action", "detail")
    assert list(noted) == [
        ("mina", "ban", "Insults."),
        ("mina", "lift", ""),
        ("mina", "trust", "Apologised."),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "subject",
    [
        {},
        {"email": "a@b.org", "network": "192.0.2.1"},
        {"email": "nobody"},
        {"email": "@"},
        {"network": "192.0.2"},
        {"network": "0.0.0.0/0"},
        {"network": "2000::/3"},
        {"network": "::/64"},
    ],
)
def test_what_names_nobody_or_half_the_world_is_refused(subject):
    with pytest.raises(ValidationError):
        ban(**subject)
    assert not Standing.objects.exists()


@pytest.mark.django_db
def test_a_ban_that_has_ended_before_it_begins_is_refused():
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with pytest.raises(ValidationError):
        standings.impose(BANNED, email="a@b.org", reason="", until=yesterday, by=None)


@pytest.mark.django_db
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_an_address_is_found_just_when_one_of_the_networks_holds_it(data):
    Standing.objects.all().delete()
    here = data.draw(addresses)
    around = data.draw(st.lists(addresses | st.just(here), max_size=5))
    named = [data.draw(networks_around(inside)) for inside in around]
    assume(not any(map(is_too_wide, named)))
    for network in named:
        ban(network=network)

    mapped = getattr(here, "ipv4_mapped", None) or here
    holds = any(mapped in ipaddress.ip_network(networks.network(network)) for network in named)

    assert (kind_of("", str(here)) == BANNED) == holds


@pytest.mark.django_db
def test_one_query_finds_a_standing(django_assert_num_queries):
    ban(email="a@b.org")
    with django_assert_num_queries(1):
        standings.of("a@b.org", "192.0.2.1")
