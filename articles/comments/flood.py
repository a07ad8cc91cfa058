"""How quickly readers may post, from what is stored: the same in all processes of a site."""

import math
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from articles.comments import networks
from articles.models import Comment, CommentRules

_HOUR = timedelta(hours=1)


def one_at_a_time(email: str, address: str | None) -> None:
    """Let nobody with this e-mail address or network address post, to whichever article, until the
    transaction ends; so those who post many at once do not all find that nothing was posted yet.

    SQLite has one writer at a time and needs no lock.
    """
    if connection.vendor != "postgresql":
        return
    # In the same order for everybody, so that no two wait for each other.
    readers = sorted({email, address or email})
    locks = ", ".join(["pg_advisory_xact_lock(hashtextextended(%s, 0))"] * len(readers))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {locks}", readers)


def seconds_to_wait(email: str, address: str | None, rules: CommentRules) -> int:
    """Whole seconds until somebody may post again; 0 when it may be now.

    Counted are comments of this e-mail address or network address, and in an hour those of the
    address and of the network around it.
    """
    between = timedelta(seconds=rules.seconds_between)
    # Each in a query of its own: for either of two columns, SQLite would walk a whole index.
    waits = [_wait(Q(author_email=email), 1, between)]
    if address is not None:
        waits.append(_wait(Q(address=address), 1, between))
        waits.append(_wait(Q(address=address), rules.hourly_of_address, _HOUR))
        network = Q(network=networks.network_of(address)) & ~Q(network="")
        waits.append(_wait(network, rules.hourly_of_network, _HOUR))
    return max(waits)


def _wait(who: Q, limit: int, period: timedelta) -> int:
    """Seconds until there are fewer than ``limit`` comments in the last ``period``; off at 0."""
    if not limit or not period:
        return 0
    now = timezone.now()
    recent = Comment.objects.filter(who, created_at__gt=now - period).order_by("-created_at")
    # With the newest so many in the period, the oldest of them has to leave it first.
    times: list[datetime] = list(recent.values_list("created_at", flat=True)[limit - 1 : limit])
    if not times:
        return 0
    return max(math.ceil((times[0] + period - now).total_seconds()), 1)
