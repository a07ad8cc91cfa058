"""How many reports one network address may send in an hour, counted from what is stored."""

import math
from datetime import datetime, timedelta

from django.db.models import Model, QuerySet
from django.utils import timezone

MOST = 10
"""Reports of one kind from one network address in an hour."""

_HOUR = timedelta(hours=1)


def seconds_to_wait(of_address: QuerySet[Model]) -> int:
    """Whole seconds until an address may send another; 0 when it may now.

    ``of_address`` are the rows that it sent, which have ``created_at``.
    """
    now = timezone.now()
    recent = of_address.filter(created_at__gt=now - _HOUR).order_by("-created_at")
    times: list[datetime] = list(recent.values_list("created_at", flat=True)[MOST - 1 : MOST])
    if not times:
        return 0
    return max(math.ceil((times[0] + _HOUR - now).total_seconds()), 1)
