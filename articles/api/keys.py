"""Makes the keys of the API and finds what a client sends among them."""

import hashlib
import re
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from articles.comments import networks
from articles.models import ApiKey, AuditEntry, Scope
from articles.models.prepared import PreparedInstances

_FORM = re.compile(r"nr_([a-z0-9]{8})_([A-Za-z0-9_-]{43})")
_PREFIX = "abcdefghijklmnopqrstuvwxyz0123456789"
_NOTED_AGAIN_AFTER = timedelta(minutes=1)

_in_force = PreparedInstances[ApiKey](
    (str, datetime),
    lambda prefix, now: (
        ApiKey.objects.in_force(now).filter(prefix=prefix).select_related("user").order_by()
    ),
)

KEPT = 1_000
"""Keys that are known without a query, as long as nothing is committed."""


class _Known(NamedTuple):
    """A key that was in force in a state of the database."""

    key: ApiKey
    state: str

    def holds(self, now: datetime) -> bool:
        return self.key.expires_at is None or self.key.expires_at > now


_known: dict[str, _Known] = {}


def make(
    name: str,
    *,
    user: User,
    scopes: Collection[Scope] = (),
    expires_at: datetime | None = None,
    requests_a_minute: int | None = None,
) -> tuple[ApiKey, str]:
    """Store a new key, and return it with its text, which can never be seen again."""
    prefix = "".join(secrets.choice(_PREFIX) for _ in range(8))
    text = f"nr_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        name=name,
        user=user,
        prefix=prefix,
        digest=_digest(text),
        scopes=sorted(set(scopes)),
        expires_at=expires_at,
        requests_a_minute=requests_a_minute,
    )
    return key, text


def find(text: str, state: str | None = None) -> ApiKey | None:
    """The key in force whose text this is, with its account; None if there is none.

    One query; none for a key that was found before while the database was in the same ``state``.
    """
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    digest, now = _digest(text), timezone.now()
    if state and (known := _known.get(digest)) and known.state == state and known.holds(now):
        return known.key
    key = next(iter(_in_force(match[1], now)), None)
    if key is None or not constant_time_compare(key.digest, digest):
        return None
    if state:
        if len(_known) >= KEPT:
            _known.clear()
        _known[digest] = _Known(key, state)
    return key


@transaction.atomic
def revoke(key: ApiKey, *, by: User) -> bool:
    """End a key at once and for good, and record who did; False when it was revoked before."""
    standing = ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True)
    if not standing.update(revoked_at=timezone.now()):
        return False
    AuditEntry.objects.note(by, "revoke", key, f"of {key.user.get_username()}")
    return True


def note_use(key: ApiKey, address: str) -> bool:
    """Note when, and from which network, a key was used last, no more than once a minute; returns
    whether that was written."""
    now, network = timezone.now(), networks.network_of(address)
    is_fresh = key.last_used_at is not None and now - key.last_used_at < _NOTED_AGAIN_AFTER
    if is_fresh and key.last_network == network:
        return False
    ApiKey.objects.filter(pk=key.pk).update(last_used_at=now, last_network=network)
    return True


def _digest(text: str) -> str:
    # What is random and this long needs no slow hash: nobody can try them all.
    return hashlib.sha256(text.encode()).hexdigest()
