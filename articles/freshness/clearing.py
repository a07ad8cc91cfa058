"""Removes purges that nobody asks for any more."""

import time
from datetime import timedelta

from django.db.models import Max

from articles.models import Purge

KEPT = timedelta(days=7)
"""How long purges are there to be read; who has not read them for longer begins anew."""

_BATCH = 20_000


def clear_out() -> bool:
    """Delete a batch of purges older than ``KEPT``; returns whether there are more of them. The
    newest stays in any case: positions go by it."""
    newest = Purge.objects.aggregate(newest=Max("pk"))["newest"]
    old = Purge.objects.filter(at__lt=time.time() - KEPT.total_seconds()).exclude(pk=newest)
    keys = list(old.order_by("at").values_list("pk", flat=True)[:_BATCH])
    Purge.objects.filter(pk__in=keys).delete()
    return len(keys) == _BATCH
