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
class Quota:
    """What one may ask in a minute under the policy of this name, and what is left of it."""

    policy: str
    most: int
    used: int
    seconds: int
    """Until all of it is there again."""
    is_exceeded: bool

    @property
    def headers(self) -> dict[str, str]:
        left = max(0, self.most - self.used)
        return {
            "RateLimit-Policy": f'"{self.policy}";q={self.most};w={SECONDS}',
            "RateLimit": f'"{self.policy}";r={left};t={self.seconds}',
        }


def take(request: Request, cost: int = 1) -> Quota | None:
    """The quota of whoever asks, with ``cost`` taken from it if that fits.

    None when nothing can be counted now; then everything is let through. Raises
    ``AuthenticationFailed`` for a key that is none, which counts for the network it comes from.
    """
    try:
        key = request.auth if isinstance(request.auth, ApiKey) else None
    except AuthenticationFailed:
        if (quota := _take(request, None, cost)) and quota.is_exceeded:
            return quota
        raise
    return _take(request, key, cost)


def _take(request: Request, key: ApiKey | None, cost: int) -> Quota | None:
    writes = request.method not in SAFE_METHODS
    policy = f"{'key' if key else 'network'}{'-writes' if writes else ''}"
    most = settings.API_REQUESTS_A_MINUTE[policy]
    if key and key.requests_a_minute is not None:
        # What was granted is said of reading; writing goes up and down with it.
        most = max(1, key.requests_a_minute * most // settings.API_REQUESTS_A_MINUTE["key"])
    who = str(key.pk) if key else networks.network_of(request.META.get("REMOTE_ADDR", ""))
    # What costs more than all there is would never be answered.
    count = counters.take(f"{policy}:{who}", min(cost, most), most=most, seconds=SECONDS)
    if count is None:
        return None
    return Quota(policy, most, count.used, math.ceil(count.seconds), not count.taken)
