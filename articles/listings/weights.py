"""How many articles a list has, so roughly that it seldom changes: what weighs by it then keeps."""

from collections.abc import Mapping
from math import log2

from django.db.models import Q

from articles.models import ListingTotal

STEPS = 16
"""Steps in which a length doubles."""


def magnitude(total: int) -> int:
    """The step that a list of ``total`` articles is on; below 0 for an empty one."""
    return round(STEPS * log2(total)) if total > 0 else -1


def reweighed(changes: Mapping[tuple[int, int], int]) -> list[tuple[int, int]]:
    """The lists, by kind and key, that came to another step by ``changes``, which are in their
    totals already. One query."""
    changed = {listing: change for listing, change in changes.items() if change}
    if not changed:
        return []
    rows = ListingTotal.objects.filter(
        Q(kind__in={kind for kind, _ in changed}, key__in={key for _, key in changed})
    )
    return [
        (kind, key)
        for kind, key, total in rows.values_list("kind", "key", "count")
        if magnitude(total) != magnitude(total - changed.get((kind, key), 0))
    ]
