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
from django.utils.encoding import punycode

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
_TAG = re.compile(r"(?<=.)\+[^@]*(?=@)")
_LONGEST_EMAIL = 100


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
    email, network = checked(email=email, network=network, until=until)
    first, last = networks.ends(network) if network else ("", "")
    box, now = _box(email), timezone.now()
    earlier = Standing.objects.in_force().filter(email__in={email, box}, network=network)
    with transaction.atomic():
        for one in earlier:
            _lift(one, by, now)
        standing = Standing.objects.create(
            kind=kind,
            email=email if kind == StandingKind.TRUSTED else box,
            network=network,
            first=first,
            last=last,
            reason=reason[:300],
            until=until,
            created_at=now,
            created_by=by,
        )
        AuditEntry.objects.note(by, VERBS[kind], standing, reason)
    return standing


def checked(*, email: str, network: str, until: datetime | None) -> tuple[str, str]:
    """The e-mail address or domain and the network as they are stored; one of them is empty.
    Raises ValidationError like ``impose``, and stores nothing."""
    email, network = _email(email) if email else "", _network(network) if network else ""
    if bool(email) == bool(network):
        raise ValidationError("Give either an e-mail address or a network.")
    if until is not None and until <= timezone.now():
        raise ValidationError("That moment has passed.")
    return email, network


@transaction.atomic
def lift(standing: Standing, *, by: User | None) -> bool:
    """End a standing now; false when somebody has ended it already."""
    return _lift(standing, by, timezone.now())


@transaction.atomic
def take_back(standing: Standing, *, by: User | None) -> list[Standing] | None:
    """End a standing, and bring back those in whose place it came; returns these, or None when
    somebody has ended it already."""
    if not lift(standing, by=by):
        return None
    # It ended the others at the moment at which it was made.
    ended = Standing.objects.filter(
        lifted_at=standing.created_at,
        lifted_by=standing.created_by_id,
        network=standing.network,
    ).exclude(pk=standing.pk)
    before = [one for one in ended if _box(one.email) == _box(standing.email)]
    Standing.objects.filter(pk__in=[one.pk for one in before]).update(
        lifted_at=None, lifted_by=None
    )
    AuditEntry.objects.note_all(by, "undo", before)
    return before


def _lift(standing: Standing, by: User | None, now: datetime) -> bool:
    in_force = Standing.objects.in_force().filter(pk=standing.pk)
    lifted = in_force.update(lifted_at=now, lifted_by=by)
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
    emails = {name for email, _ in asked for name in names(email)}
    by_email: dict[str, list[Standing]] = {}
    for one in in_force.filter(~Q(email=""), email__in=emails):
        by_email.setdefault(one.email, []).append(one)
    found = {}
    for email, address in asked:
        here = networks.ends(address)[0] if address else ""
        around = (one for one in networks_named if one.first <= here <= one.last)
        named = (
            one
            for name in names(email)
            for one in by_email.get(name, ())
            if one.kind != StandingKind.TRUSTED or name in _own_names(email)
        )
        found[email, address] = _strongest([*named, *around])
    return found


def _strongest(found: Iterable[Standing]) -> Standing | None:
    return min(found, key=lambda one: _STRENGTH[one.kind], default=None)


def names(email: str) -> set[str]:
    """What a standing may call an e-mail address: itself, its box, or its domain."""
    return {*_own_names(email), _box(_plain(email))} if email else set()


def _own_names(email: str) -> set[str]:
    """What trust may call it: nobody is trusted for a tag that anybody can put there."""
    email = _plain(email)
    return {email, f"@{email.rpartition('@')[2]}"} if email else set()


def _plain(email: str) -> str:
    """In small letters, the domain as the domain name system knows it (RFC 5890)."""
    name, at, domain = email.strip().lower().rpartition("@")
    try:
        return f"{name}{at}{punycode(domain)}"
    except UnicodeError:
        return f"{name}{at}{domain}"


def _box(email: str) -> str:
    """Many mail services put what has a plus sign and a tag into the same box (RFC 5233)."""
    return _TAG.sub("", email)


def _by_email(email: str) -> Q:
    by_box = Q(email__in=names(email)) & ~Q(kind=StandingKind.TRUSTED)
    return (by_box | Q(email__in=_own_names(email))) & ~Q(email="")


def _by_address(address: str | None) -> Q:
    if address is None:
        return Q(pk__in=[])
    here, _ = networks.ends(address)
    return Q(first__lte=here, last__gte=here) & ~Q(network="")


def _email(text: str) -> str:
    email = _plain(text)
    if not _DOMAIN.fullmatch(email):
        validate_email(email)
    if len(email) > _LONGEST_EMAIL:
        raise ValidationError(f"This is longer than {_LONGEST_EMAIL} characters.")
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
