"""Who is banned, always held or trusted: by e-mail address, domain or network, for a time."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.comments import networks
from articles.models import AuditEntry, Standing, StandingKind

VERBS = {
    StandingKind.BANNED: "ban",
    StandingKind.HELD: "always hold",
    StandingKind.TRUSTED: "trust",
}
"""What gives somebody each standing, as the audit log says it."""

MOST_NETWORKS = 5_000
"""Networks that are compared with many addresses at once."""

_STRENGTH = {kind.value: strength for strength, kind in enumerate(VERBS)}
_WIDEST = {4: 8, 6: 19}
"""The widest networks that registries give to anybody; wider is a slip of the keyboard."""

_DOMAIN = re.compile(r"@[^@\s]+\.[^@\s.]+")
_TAG = re.compile(r"\+[^@]*(?=@)")


def impose(
    kind: StandingKind,
    *,
    email: str = "",
    network: str = "",
    reason: str,
    until: datetime | None = None,
    by: User | None,
) -> Standing:
    """Give one subject a standing until a moment, or for good, in place of the one it has.

    ``email`` is an address, or ``@`` and a domain; ``network`` an address or a network. Just one
    of them is given. Raises ValidationError, in words for the newsroom, for what is neither and
    for a moment that has passed.
    """
    email, network = _email(email) if email else "", _network(network) if network else ""
    if bool(email) == bool(network):
        raise ValidationError("Give either an e-mail address or a network.")
    if until is not None and until <= timezone.now():
        raise ValidationError("That moment has passed.")
    first, last = networks.ends(network) if network else ("", "")
    with transaction.atomic():
        for earlier in Standing.objects.in_force().filter(email=email, network=network):
            lift(earlier, by=by)
        standing = Standing.objects.create(
            kind=kind,
            email=email,
            network=network,
            first=first,
            last=last,
            reason=reason[:300],
            until=until,
            created_by=by,
        )
        AuditEntry.objects.note(by, VERBS[kind], standing, reason)
    return standing


@transaction.atomic
def lift(standing: Standing, *, by: User | None) -> bool:
    """End a standing now; false when somebody has ended it already."""
    in_force = Standing.objects.in_force().filter(pk=standing.pk)
    lifted = in_force.update(lifted_at=timezone.now(), lifted_by=by)
    if lifted:
        AuditEntry.objects.note(by, "lift", standing)
    return bool(lifted)


def of(email: str, address: str | None) -> Standing | None:
    """The standing of whoever comments with this e-mail address from this network address, in one
    query. A ban weighs more than a hold, and a hold more than trust."""
    return _strongest(Standing.objects.in_force().filter(_by_email(email) | _by_address(address)))


def of_many(
    senders: Iterable[tuple[str, str | None]],
) -> dict[tuple[str, str | None], Standing | None]:
    """The same for many e-mail and network addresses, in two queries."""
    in_force = Standing.objects.in_force()
    networks_named = list(in_force.exclude(network="")[:MOST_NETWORKS])
    asked = set(senders)
    emails = {name for email, _ in asked for name in _names(email)}
    by_email: dict[str, list[Standing]] = {}
    for one in in_force.filter(~Q(email=""), email__in=emails):
        by_email.setdefault(one.email, []).append(one)
    found = {}
    for email, address in asked:
        here = networks.ends(address)[0] if address else ""
        around = (one for one in networks_named if one.first <= here <= one.last)
        named = (one for name in _names(email) for one in by_email.get(name, ()))
        found[email, address] = _strongest([*named, *around])
    return found


def _strongest(found: Iterable[Standing]) -> Standing | None:
    return min(found, key=lambda one: _STRENGTH[one.kind], default=None)


def _names(email: str) -> set[str]:
    """What a standing may call an e-mail address."""
    email = email.lower()
    # Many mail services put what has a plus sign and a tag into the same box (RFC 5233).
    return {email, _TAG.sub("", email), f"@{email.rpartition('@')[2]}"} if email else set()


def _by_email(email: str) -> Q:
    return Q(email__in=_names(email)) & ~Q(email="")


def _by_address(address: str | None) -> Q:
    if address is None:
        return Q(pk__in=[])
    here, _ = networks.ends(address)
    return Q(first__lte=here, last__gte=here) & ~Q(network="")


def _email(text: str) -> str:
    email = text.strip().lower()
    if not _DOMAIN.fullmatch(email):
        validate_email(email)
    return email


def _network(text: str) -> str:
    try:
        network = networks.network(text)
    except ValueError:
        raise ValidationError(
            "This is no network. One looks like 192.0.2.0/24, a single address like 192.0.2.7."
        ) from None
    version = 6 if ":" in network else 4
    width = int(network.rpartition("/")[2])
    if width < _WIDEST[version] or networks.holds_all_of_ipv4(network):
        raise ValidationError(
            f"This network is too wide: /{_WIDEST[version]} is the widest that can be named."
        )
    return network
