"""Writes deliveries: of changes as they come, of a ping at once."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import orjson
from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles import changes
from articles.models import Article, Change, Webhook, WebhookDelivery

BATCH = 100
"""Changes that are made deliveries of at a time."""

MOST_WAITING = 1_000
"""Deliveries that a webhook may have to be sent; further changes wait where they are."""

PING = "ping"


class _Addresses:
    """Addresses of the site, as anybody can use them."""

    def endpoint(self, name: str, key: int) -> str:
        return f"{settings.SITE_URL}{reverse(f'api:{name}-detail', args=[key])}"

    def page(self, path: str) -> str:
        return settings.SITE_URL + quote(path, safe="/?=&#%:@!$'()*+,;~")


def write() -> bool:
    """Make deliveries of the changes that have come since each webhook was last looked at; whether
    there may be more to do at once. Several may do so at a time, each for other webhooks."""
    changes.settle()
    end = changes.last_position()
    behind = Webhook.objects.filter(is_active=True, position__lt=end).order_by("pk")
    keys = list(behind.values_list("pk", flat=True))
    unfinished = [key for key in keys if _write_for(key, end)]
    return bool(unfinished)


@transaction.atomic
def ping(webhook: Webhook) -> WebhookDelivery:
    """Have a message sent that tells of nothing, to try whether it comes."""
    return WebhookDelivery.objects.create(
        webhook=webhook, event=PING, body=_body(PING, {"webhook": webhook.name})
    )


@transaction.atomic
def _write_for(key: int, end: int) -> bool:
    """Whether more is left for this webhook that can be written now."""
    # PostgreSQL passes by what another worker has; SQLite has one writer at a time.
    found = Webhook.objects.select_for_update(skip_locked=True).filter(pk=key, is_active=True)
    webhook = found.first()
    if webhook is None:
        return False
    waiting = webhook.deliveries.filter(delivered_at__isnull=True, given_up_at__isnull=True)
    if waiting.order_by()[:MOST_WAITING].count() == MOST_WAITING:
        return False
    reading = changes.after(webhook.position, end, BATCH, webhook.kinds)
    WebhookDelivery.objects.bulk_create(_deliveries(webhook, reading.changes))
    Webhook.objects.filter(pk=key).update(position=reading.last)
    return not reading.is_end


def _deliveries(webhook: Webhook, of: Sequence[Change]) -> list[WebhookDelivery]:
    ids = {change.article_id for change in of}
    public = Article.objects.public().filter(pk__in=ids, deindexed_at__isnull=True)
    entries = changes.describe(of, set(public.values_list("pk", flat=True)), _Addresses())
    return [
        WebhookDelivery(
            webhook=webhook,
            event=entry["kind"],
            article=entry["article"],
            body=_body(f"article.{entry['kind']}", entry),
        )
        for entry in entries
    ]


def _body(kind: str, data: dict[str, Any]) -> str:
    return orjson.dumps({"type": kind, "timestamp": timezone.now(), "data": data}).decode()
