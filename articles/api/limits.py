"""How much may be asked of the API, and how much of it is left.

Everybody has a quota for each window of a minute, which begins with the first request in it: a
network without a key, a key wherever it asks from; reading and writing apart. A 304 counts as much
as the answer that it spares. What is left stands in each answer, as in the IETF's
draft-ietf-httpapi-ratelimit-headers.
"""

import math
from dataclasses import dataclass

from django.conf import settings
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from articles.comments import networks
from articles.models import ApiKey
from newsroom import counters

SECONDS = 60

COST_OF_MANY = 10
"""How many requests an answer counts as that gives thousands of rows at once."""


class TooMany(Throttled):
    """The quota of this minute is used up. ``wait`` is answered as Retry-After."""

    default_detail = "Too many requests."
    extra_detail_singular = "Ask again in {wait} second."
    extra_detail_plural = "Ask again in {wait} seconds."


@dataclass(frozen=True, slots=True)
class Allowance:
    """What somebody may ask in a minute, under the policy of this name; ``who`` is the key of that
    id, or else a network."""

    policy: str
    who: str
    most: int

    def take(self, cost: int) -> "Quota | None":
        """What is left of it, with ``cost`` taken if that fits; None when nothing can be counted
        now, and everything is let through."""
        # What costs more than all there is would never be answered.
        cost = min(cost, self.most)
        name = f"{self.policy}:{self.who}"
        count = counters.take(name, cost, most=self.most, seconds=SECONDS)
        if count is None:
            return None
        return Quota(self, count.used, math.ceil(count.seconds), not count.taken)


@dataclass(frozen=True, slots=True)
class Quota:
    """What is used of an allowance."""

    allowance: Allowance
    used: int
    seconds: int
    """Until all of it is there again."""
    is_exceeded: bool

    @property
    def headers(self) -> dict[str, str]:
        policy, most = self.allowance.policy, self.allowance.most
        left = max(0, most - self.used)
        return {
            "RateLimit-Policy": f'"{policy}";q={most};w={SECONDS}',
            "RateLimit": f'"{policy}";r={left};t={self.seconds}',
        }


def take(request: Request, cost: int = 1) -> Quota | None:
    """The quota of whoever asks, with ``cost`` taken from it if that fits; None when nothing can
    be counted now.

    Raises ``AuthenticationFailed`` for a key that is none, which counts for the network it comes
    from.
    """
    try:
        key = request.auth if isinstance(request.auth, ApiKey) else None
    except AuthenticationFailed:
        if (quota := _allowance(request, None).take(cost)) and quota.is_exceeded:
            return quota
        raise
    return _allowance(request, key).take(cost)


def _allowance(request: Request, key: ApiKey | None) -> Allowance:
    writes = request.method not in SAFE_METHODS
    policy = f"{'key' if key else 'network'}{'-writes' if writes else ''}"
    most = settings.API_REQUESTS_A_MINUTE[policy]
    if key and key.requests_a_minute is not None:
        # What was granted is said of reading; writing goes up and down with it.
        most = max(1, key.requests_a_minute * most // settings.API_REQUESTS_A_MINUTE["key"])
    who = str(key.pk) if key else networks.network_of(request.META.get("REMOTE_ADDR", ""))
    return Allowance(policy, who, most)
