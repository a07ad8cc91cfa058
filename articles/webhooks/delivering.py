"""Sends deliveries that are due, and tries again later what was not taken."""

import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db import transaction
from django.utils import timezone

from articles.models import Webhook, WebhookDelivery
from articles.webhooks import signing
from articles.webhooks.sending import FAULTS, post

Send = Callable[[str, Mapping[str, str], bytes], int]

AT_ONCE = 20
"""Deliveries of one round."""

LEASE = timedelta(minutes=10)
"""For how long a delivery that a worker has taken is nobody else's to send."""

WAITS = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(hours=12),
    timedelta(hours=24),
)
"""Before each further attempt, and up to a tenth more; after the last one it is given up."""

FAILING_AT_MOST = timedelta(days=5)
"""After which a webhook that has taken nothing since is switched off."""

KEPT = timedelta(days=30)
"""For how long deliveries are kept."""

_CLEARED = 500
_GONE = 410
_JITTER = 0.1


class Outcome(Enum):
    TAKEN = "taken"
    PUT_OFF = "put off"
    GIVEN_UP = "given up"
    LEFT = "left for later"


def deliver(limit: int = AT_ONCE, send: Send = post) -> Counter[Outcome]:
    """Send at most ``limit`` deliveries that are due, by ``send``; what became of how many.

    A webhook that does not take one is left alone until that one is due again, so that it keeps
    nobody else waiting.
    """
    outcomes: Counter[Outcome] = Counter()
    failing: dict[int, datetime] = {}
    for delivery in _claim(limit):
        if again_at := failing.get(delivery.webhook_id):
            _note(delivery, due_at=again_at)
            outcomes[Outcome.LEFT] += 1
            continue
        outcome = _attempt(delivery, send)
        outcomes[outcome] += 1
        if outcome is not Outcome.TAKEN:
            failing[delivery.webhook_id] = delivery.due_at
    return outcomes


def clear_out() -> bool:
    """Delete some of the deliveries that were made long ago; whether there may be more."""
    old = WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEPT).order_by()
    some = list(old.values_list("pk", flat=True)[:_CLEARED])
    WebhookDelivery.objects.filter(pk__in=some).delete()
    return len(some) == _CLEARED


def send_again(deliveries: Sequence[int]) -> int:
    """Make deliveries due now, with all their attempts before them; how many."""
    return WebhookDelivery.objects.filter(pk__in=deliveries).update(
        due_at=timezone.now(), attempts=0, given_up_at=None, delivered_at=None
    )


def _claim(limit: int) -> list[WebhookDelivery]:
    due = WebhookDelivery.objects.filter(
        delivered_at__isnull=True,
        given_up_at__isnull=True,
        due_at__lte=timezone.now(),
        webhook__is_active=True,
    )
    if not due.exists():  # so that looking for work takes no lock
        return []
    with transaction.atomic():
        # PostgreSQL passes by what another worker is just taking; SQLite has one writer at a time.
        claimed = due.select_for_update(skip_locked=True, of=("self",)).select_related("webhook")
        deliveries = list(claimed.order_by("due_at", "pk")[:limit])
        keys = [delivery.pk for delivery in deliveries]
        WebhookDelivery.objects.filter(pk__in=keys).update(due_at=timezone.now() + LEASE)
    return deliveries


def _attempt(delivery: WebhookDelivery, send: Send) -> Outcome:
    body = delivery.body.encode()
    signature = signing.headers(
        delivery.webhook.secret, str(delivery.key), int(timezone.now().timestamp()), body
    )
    headers = {"Content-Type": "application/json", "User-Agent": "Newsroom", **signature}
    began = time.monotonic()
    status, fault = None, ""
    try:
        status = send(delivery.webhook.url, headers, body)
    except FAULTS as error:
        fault = (str(error) or type(error).__name__)[:300]
    taken: dict[str, Any] = {
        "attempts": delivery.attempts + 1,
        "tried_at": timezone.now(),
        "milliseconds": int((time.monotonic() - began) * 1000),
        "status": status,
    }
    if status is not None and 200 <= status < 300:
        _note(delivery, **taken, fault="", delivered_at=timezone.now())
        Webhook.objects.filter(pk=delivery.webhook_id).update(failing_since=None)
        return Outcome.TAKEN
    return _failed(delivery, taken, fault or f"It answered {status}.")


@transaction.atomic
def _failed(delivery: WebhookDelivery, attempt: dict[str, Any], fault: str) -> Outcome:
    now = timezone.now()
    is_last = attempt["status"] == _GONE or delivery.attempts >= len(WAITS)
    wait = WAITS[min(delivery.attempts, len(WAITS) - 1)] * (1 + random.uniform(0, _JITTER))
    delivery.due_at = now + wait
    next_at = {"given_up_at": now} if is_last else {"due_at": delivery.due_at}
    _note(delivery, **attempt, fault=fault, **next_at)
    others = WebhookDelivery.objects.filter(
        webhook=delivery.webhook_id, delivered_at__isnull=True, given_up_at__isnull=True
    )
    # What waits for longer than this one keeps its time.
    others.exclude(pk=delivery.pk).filter(due_at__lt=delivery.due_at).update(due_at=delivery.due_at)
    since = delivery.webhook.failing_since or now
    Webhook.objects.filter(pk=delivery.webhook_id, failing_since=None).update(failing_since=now)
    if attempt["status"] == _GONE:
        _stop(delivery.webhook, "It answered 410 Gone: nothing more is wanted there.")
    elif now - since > FAILING_AT_MOST:
        _stop(delivery.webhook, f"Nothing was taken for {FAILING_AT_MOST.days} days. {fault}"[:300])
    return Outcome.GIVEN_UP if is_last else Outcome.PUT_OFF


def _stop(webhook: Webhook, reason: str) -> None:
    Webhook.objects.filter(pk=webhook.pk).update(is_active=False, stopped_because=reason)


def _note(delivery: WebhookDelivery, **values: Any) -> None:
    """Writes what an attempt came to; the row may be gone, with its webhook."""
    WebhookDelivery.objects.filter(pk=delivery.pk).update(**values)
